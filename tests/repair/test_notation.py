from __future__ import annotations

import pytest

from tui.core.repair.notation import Notation, guess


@pytest.mark.parametrize(
    ("path", "notation"),
    [
        (".env", Notation.DOTENV),
        ("/p/.env.local", Notation.DOTENV),
        ("prod.env", Notation.DOTENV),
        ("/h/.claude/settings.local.json", Notation.JSON),
        ("/h/.claude.json", Notation.JSON),
        ("x.jsonc", Notation.JSONC),
        ("/h/.bashrc", Notation.BASH),
        ("/h/.profile", Notation.BASH),
        ("/h/.zshenv", Notation.ZSH),
        ("/h/.config/fish/config.fish", Notation.FISH),
        ("C:\\Users\\a\\Documents\\PowerShell\\profile.ps1", Notation.POWERSHELL),
        ("/p/.envrc", Notation.ENVRC),
        ("/h/.config/environment.d/10-proxy.conf", Notation.ENVIRONMENT_D),
        ("/etc/environment", Notation.ENVIRONMENT),
        ("/etc/profile", Notation.BASH),
        ("/etc/profile.d/proxy.sh", Notation.BASH),
        ("/etc/bash.bashrc", Notation.BASH),
        ("/etc/bashrc", Notation.BASH),
        ("/etc/zsh/zshenv", Notation.ZSH),
        ("/etc/zprofile", Notation.ZSH),
        ("/h/.zlogin", Notation.ZSH),
        ("/h/.zlogout", Notation.ZSH),
        ("/h/.oh-my-zsh/custom/proxy.zsh", Notation.ZSH),
        ("/h/.kshrc", Notation.BASH),
        ("/h/.mkshrc", Notation.BASH),
        ("/h/.bash_aliases", Notation.BASH),
        ("/h/.bash_logout", Notation.BASH),
        ("/h/.xprofile", Notation.BASH),
        ("/h/.xsessionrc", Notation.BASH),
        ("env.bash", Notation.BASH),
        ("/p/scripts/env.sh", Notation.BASH),
        ("/h/.config/Code/User/settings.json", Notation.JSONC),
        ("/h/.config/Code/User/profiles/1a2b/settings.json", Notation.JSONC),
        ("/h/Library/Application Support/Cursor/User/settings.json", Notation.JSONC),
        ("C:\\Users\\a\\AppData\\Roaming\\Code - Insiders\\User\\settings.json", Notation.JSONC),
        ("/p/.vscode/settings.json", Notation.JSONC),
        ("/p/.vscode/launch.json", Notation.JSONC),
        ("/p/.devcontainer/devcontainer.json", Notation.JSONC),
        ("/p/.devcontainer.json", Notation.JSONC),
        ("/p/x.code-workspace", Notation.JSONC),
        ("/p/User/settings.json", Notation.JSON),
        ("/h/Code/p/.claude/settings.json", Notation.JSON),
        ("/p/.vscode/x/settings.json", Notation.JSON),
    ],
)
def test_the_name_of_a_file_tells_its_notation(path: str, notation: Notation) -> None:
    assert guess(path) is notation


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "nginx.conf",
        "/h/.npmrc",
        "environment.d",
        "envrc",
        "/p/environment",
        "/p/profile",
        "zshrc",
        "/etc/hosts",
        "/etc/x/profile",
    ],
)
def test_other_names_tell_nothing(path: str) -> None:
    assert guess(path) is None
