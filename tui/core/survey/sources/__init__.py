"""The places beyond the shell that set variables: one module per kind. Each reads, and none decides who wins.

session      what a login session gives to every program: /etc/environment, environment.d, systemd, launchd
tmux         what a tmux server stored when it was started
direnv       the .envrc of the project
editors      VS Code and its relatives, JetBrains
containers   devcontainer.json, compose files
windows      the registry, and the Windows side of WSL
profiles     profile files of the SDKs
"""
