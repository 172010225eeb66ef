"""Remedies. The origin of the value in force decides their kind: a file is edited, an environment gets a command,
a policy has an owner (pure)."""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Applicability, ClientName, Context, Edit, EditOp, OriginKind, Remedy, Setting, Standing
from tui.core.repair import shell_commands
from tui.core.secret import Secret

_FILES = (
    OriginKind.DOTENV,
    OriginKind.LOCAL_SETTINGS,
    OriginKind.PROJECT_SETTINGS,
    OriginKind.USER_SETTINGS,
    OriginKind.STATE,
    OriginKind.SHELL,
    OriginKind.DIRENV,
    OriginKind.ENVIRONMENT_D,
    OriginKind.EDITOR,
    OriginKind.CONTAINER,
    OriginKind.PROFILE,
)
_REOPEN = {
    OriginKind.SHELL: "new-terminal",
    OriginKind.DIRENV: "new-terminal",
    OriginKind.ENVIRONMENT_D: "login-session",
    OriginKind.EDITOR: "editor",
    OriginKind.CONTAINER: "container",
}
Value = str | Secret


def steps(identity: str, title: str, *lines: str) -> Remedy:
    """Steps for whoever owns the thing."""
    return Remedy(identity, title, Applicability.MANUAL, steps=lines)


def run(identity: str, title: str, *commands: str) -> Remedy:
    """Commands that the user runs."""
    return Remedy(identity, title, Applicability.MANUAL, commands=commands)


def home_of(facts: Facts, setting: Setting) -> Setting | None:
    """The line of a file that gave this value to the terminal: the one that a new terminal would get it from."""
    if setting.origin.kind in _FILES:
        return setting if _editable(setting) else None
    if setting.origin.kind is not OriginKind.ENVIRONMENT:
        return None
    resolution = facts.contexts.get(Context.NEW_TERMINAL, {}).get(setting.name)
    line = resolution.winner if resolution else None
    return line if line is not None and _editable(line) and line.text == setting.text else None


def _editable(setting: Setting) -> bool:
    """True where an editor can change the very place; a list of the editor's settings is not one."""
    listed = setting.origin.kind is OriginKind.EDITOR and not setting.origin.address[0].startswith(
        "terminal.integrated"
    )
    computed = setting.standing is Standing.COMPUTED  # a password manager's command is never replaced by its output
    return setting.origin.path is not None and setting.origin.kind in _FILES and not (listed or computed)


def give(
    facts: Facts, setting: Setting, value: Value, identity: str, title: str, how: Applicability = Applicability.SAFE
) -> Remedy:
    """Give a setting another value where it stands."""
    line = home_of(facts, setting)
    if line is not None:
        edits = (_edit(facts, line, EditOp.SET, value),)
        here = () if line is setting else (export(facts, setting.name, value),)
        return _in_file(line, identity, title, how, edits, here, ((setting.name, value),))
    if setting.origin.kind is OriginKind.MANAGED_SETTINGS:
        return _administrator(identity, title, setting)
    commands = (export(facts, setting.name, value),)
    return _command(identity, title, setting, commands, ((setting.name, value),))


def drop(facts: Facts, setting: Setting, identity: str, title: str, how: Applicability = Applicability.SAFE) -> Remedy:
    """Remove a setting, and what would come into force instead if it has the same value."""
    line = home_of(facts, setting)
    if line is not None:
        counted = [s for s in facts.all_of(setting.name) if s.text == line.text and s.standing is Standing.SURE]
        twins = [s for s in counted if _editable(s) and s.origin.kind not in (OriginKind.CONTAINER, OriginKind.EDITOR)]
        edits = tuple(dict.fromkeys(_edit(facts, s, EditOp.UNSET) for s in (line, *twins)))
        here = () if line is setting else (unset(facts, setting.name),)
        return _in_file(line, identity, title, how, edits, here, ((setting.name, None),))
    if setting.origin.kind is OriginKind.MANAGED_SETTINGS:
        return _administrator(identity, title, setting)
    return _command(identity, title, setting, (unset(facts, setting.name),), ((setting.name, None),))


def _in_file(
    line: Setting,
    identity: str,
    title: str,
    how: Applicability,
    edits: tuple[Edit, ...],
    here: tuple[str, ...],
    environment: tuple[tuple[str, Value | None], ...],
) -> Remedy:
    """An edit; ``here`` are the commands that bring a terminal up to date that has read the file already."""
    reopen = _REOPEN.get(line.origin.kind, "client")
    return Remedy(identity, title, how, edits, here, _asking(here), (reopen,), environment)


def _asking(commands: tuple[str, ...]) -> tuple[str, ...]:
    """What to say of commands that ask for a secret."""
    line = "The command waits for the value: paste it, then press Enter. It does not stay in the history."
    return (line,) if any(shell_commands.asks(command) for command in commands) else ()


def move(facts: Facts, setting: Setting, name: str, identity: str, title: str) -> Remedy:
    """Keep the value and give it another name."""
    value = Secret(setting.text.strip())
    commands = (copy_variable(facts, setting.name, name), unset(facts, setting.name))
    environment = ((setting.name, None), (name, value))
    line = home_of(facts, setting)
    if line is not None:
        taken = [s for s in facts.all_of(name) if s.origin.path == line.origin.path]
        if taken:
            edits: tuple[Edit, ...] = (_edit(facts, taken[0], EditOp.SET, value), _edit(facts, line, EditOp.UNSET))
        else:
            edits = (_edit(facts, line, EditOp.RENAME, name),)
        here = () if line is setting else commands
        return _in_file(line, identity, title, Applicability.SAFE, edits, here, environment)
    if setting.origin.kind is OriginKind.MANAGED_SETTINGS:
        return _administrator(identity, title, setting)
    return _command(identity, title, setting, commands, environment)


def add(
    facts: Facts,
    name: str,
    value: Value,
    identity: str,
    title: str,
    beside: Setting | None = None,
    how: Applicability = Applicability.SAFE,
) -> Remedy:
    """Set a name that nothing sets yet: beside a related setting in its file, else in the client's own settings."""
    line = home_of(facts, beside) if beside is not None else None
    here: tuple[str, ...] = ()
    if beside is not None and line is not None and line.origin.path:
        address = (*line.origin.address[:-1], name)
        edit = Edit(line.origin.path, line.origin.shown, EditOp.SET, address, value, kind=kind_of(facts, line))
        here = () if line is beside else (export(facts, name, value),)
        return _in_file(line, identity, title, how, (edit,), here, ((name, value),))
    if beside is None and facts.client.name is ClientName.CLAUDE_CODE and facts.state.origin_path:
        edit = user_settings(facts, ("env", name), value)
        return Remedy(identity, title, how, (edit,), reopen=("client",), environment=((name, value),))
    return _command(identity, title, beside, (export(facts, name, value),), ((name, value),))


def user_settings(facts: Facts, address: tuple[str, ...], value: Value) -> Edit:
    """An edit of the user's Claude Code settings, which may not exist yet."""
    path = next((f for f in facts.files if f.kind is OriginKind.USER_SETTINGS), None)
    folder = facts.state.origin_path.rpartition("/")[0]
    shown = facts.state.origin_shown.rpartition("/")[0]
    if path is not None:
        return Edit(path.path, path.shown, EditOp.SET, address, value)
    return Edit(f"{folder}/.claude/settings.json", f"{shown}/.claude/settings.json", EditOp.SET, address, value)


def _edit(facts: Facts, setting: Setting, op: EditOp, value: Value | None = None) -> Edit:
    origin = setting.origin
    assert origin.path is not None
    # Of several assignments in a start-up file the one is meant that decides; all go where the name goes.
    line = origin.line if op is EditOp.SET and origin.kind in (OriginKind.SHELL, OriginKind.DIRENV) else None
    address = origin.address or (setting.name,)
    return Edit(origin.path, origin.shown, op, address, value, line, kind_of(facts, setting))


def kind_of(facts: Facts, setting: Setting) -> str:
    """How a start-up file is written: a file that another one reads in may have any name."""
    loaded = setting.origin.kind is OriginKind.SHELL and setting.standing is not Standing.NOT_LOADED
    return notation(facts.shell.name) if loaded else ""


def notation(shell: str) -> str:
    """How the start-up files of a shell are written."""
    return {"zsh": "zsh", "fish": "fish", "pwsh": "powershell", "powershell": "powershell"}.get(shell, "bash")


_OWNERS = {
    OriginKind.SHELL: "what a command in a start-up file prints; change it where that command gets it from",
    OriginKind.ENVIRONMENT: "the environment of this terminal, which no other program can change",
    OriginKind.TMUX: "the tmux server, which gives it to every new pane (tmux set-environment -gu NAME forgets it)",
    OriginKind.SYSTEM_ENVIRONMENT: "a file of the system, which only an administrator changes",
    OriginKind.SERVICE_MANAGER: "the service manager's configuration",
    OriginKind.WINDOWS_USER: "the Windows user environment (Settings, “Edit environment variables for your account”)",
    OriginKind.WINDOWS_MACHINE: "the Windows system environment, which an administrator changes",
    OriginKind.EDITOR: "a list in the editor's settings; change it there",
}


def _command(
    identity: str,
    title: str,
    setting: Setting | None,
    commands: tuple[str, ...],
    environment: tuple[tuple[str, Value | None], ...],
) -> Remedy:
    names = ", ".join(dict.fromkeys(name for name, _ in environment))
    owner = _OWNERS.get(
        setting.origin.kind if setting else OriginKind.ENVIRONMENT, str(setting.origin) if setting else ""
    )
    where = f" ({setting.origin})" if setting and setting.origin.path else ""
    lines = (
        *_asking(commands),
        f"{names}: the value lives in {owner}{where}.",
        "Run the command here, and change the file or tool that sets it, so that new terminals get it too.",
    )
    return Remedy(identity, title, Applicability.MANUAL, (), commands, lines, ("this-terminal",), environment)


def _administrator(identity: str, title: str, setting: Setting) -> Remedy:
    line = f"{setting.name} is set by your administrator in {setting.origin}; only they can change it."
    return Remedy(identity, title, Applicability.MANUAL, steps=(line,))


def export(facts: Facts, name: str, value: Value) -> str:
    """The command that sets a variable in this terminal; for a secret one that asks for it."""
    return shell_commands.give(facts.shell.name, facts.platform, name, value)


def unset(facts: Facts, name: str) -> str:
    """The command that removes a variable from this terminal."""
    return shell_commands.drop(facts.shell.name, facts.platform, name)


def copy_variable(facts: Facts, name: str, other: str) -> str:
    """The command that gives ``other`` the value of ``name`` without showing it."""
    return shell_commands.copy(facts.shell.name, facts.platform, name, other)
