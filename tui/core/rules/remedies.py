"""Remedies. The origin of the value in force decides their kind: a file is edited, an environment gets a command,
a policy has an owner (pure)."""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Applicability, ClientName, Edit, EditOp, OriginKind, Remedy, Setting
from tui.core.secret import Secret, mask

_FILES = (
    OriginKind.DOTENV,
    OriginKind.LOCAL_SETTINGS,
    OriginKind.PROJECT_SETTINGS,
    OriginKind.USER_SETTINGS,
    OriginKind.STATE,
)
Value = str | Secret


def steps(identity: str, title: str, *lines: str) -> Remedy:
    """Steps for whoever owns the thing."""
    return Remedy(identity, title, Applicability.MANUAL, steps=lines)


def run(identity: str, title: str, *commands: str) -> Remedy:
    """Commands that the user runs."""
    return Remedy(identity, title, Applicability.MANUAL, commands=commands)


def give(
    facts: Facts, setting: Setting, value: Value, identity: str, title: str, how: Applicability = Applicability.SAFE
) -> Remedy:
    """Give a setting another value where it stands."""
    if setting.origin.kind in _FILES:
        edits = (_edit(setting, EditOp.SET, value),)
        return Remedy(identity, title, how, edits, reopen=("client",), environment=((setting.name, value),))
    if setting.origin.kind is OriginKind.MANAGED_SETTINGS:
        return _administrator(identity, title, setting)
    commands = (export(facts, setting.name, value),)
    return _command(identity, title, commands, ((setting.name, value),))


def drop(facts: Facts, setting: Setting, identity: str, title: str, how: Applicability = Applicability.SAFE) -> Remedy:
    """Remove a setting, and what would come into force instead if it has the same value."""
    twins = [s for s in facts.all_of(setting.name) if s.text == setting.text and s.origin.kind in _FILES]
    if setting.origin.kind in _FILES:
        edits = tuple(_edit(s, EditOp.UNSET) for s in dict.fromkeys((setting, *twins)))
        return Remedy(identity, title, how, edits, reopen=("client",), environment=((setting.name, None),))
    if setting.origin.kind is OriginKind.MANAGED_SETTINGS:
        return _administrator(identity, title, setting)
    return _command(identity, title, (unset(facts, setting.name),), ((setting.name, None),))


def move(facts: Facts, setting: Setting, name: str, identity: str, title: str) -> Remedy:
    """Keep the value and give it another name."""
    value = Secret(setting.text.strip())
    if setting.origin.kind in _FILES:
        taken = [s for s in facts.all_of(name) if s.origin.path == setting.origin.path]
        if taken:
            edits: tuple[Edit, ...] = (_edit(taken[0], EditOp.SET, value), _edit(setting, EditOp.UNSET))
        else:
            edits = (_edit(setting, EditOp.RENAME, name),)
        environment = ((setting.name, None), (name, value))
        return Remedy(identity, title, Applicability.SAFE, edits, reopen=("client",), environment=environment)
    if setting.origin.kind is OriginKind.MANAGED_SETTINGS:
        return _administrator(identity, title, setting)
    commands = (copy_variable(facts, setting.name, name), unset(facts, setting.name))
    return _command(identity, title, commands, ((setting.name, None), (name, value)))


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
    if beside is not None and beside.origin.kind in _FILES and beside.origin.path:
        address = (*beside.origin.address[:-1], name)
        edit = Edit(beside.origin.path, beside.origin.shown, EditOp.SET, address, value)
    elif beside is None and facts.client.name is ClientName.CLAUDE_CODE and facts.state.origin_path:
        edit = user_settings(facts, ("env", name), value)
    else:
        return _command(identity, title, (export(facts, name, value),), ((name, value),))
    return Remedy(identity, title, how, (edit,), reopen=("client",), environment=((name, value),))


def user_settings(facts: Facts, address: tuple[str, ...], value: Value) -> Edit:
    """An edit of the user's Claude Code settings, which may not exist yet."""
    path = next((f for f in facts.files if f.kind is OriginKind.USER_SETTINGS), None)
    folder = facts.state.origin_path.rpartition("/")[0]
    shown = facts.state.origin_shown.rpartition("/")[0]
    if path is not None:
        return Edit(path.path, path.shown, EditOp.SET, address, value)
    return Edit(f"{folder}/.claude/settings.json", f"{shown}/.claude/settings.json", EditOp.SET, address, value)


def _edit(setting: Setting, op: EditOp, value: Value | None = None) -> Edit:
    origin = setting.origin
    assert origin.path is not None
    return Edit(origin.path, origin.shown, op, origin.address or (setting.name,), value)


def _command(
    identity: str,
    title: str,
    commands: tuple[str, ...],
    environment: tuple[tuple[str, Value | None], ...],
) -> Remedy:
    names = ", ".join(dict.fromkeys(name for name, _ in environment))
    lines = (
        f"{names}: the value lives in the environment of this terminal, which no other program can change.",
        "Run the command here, and change the file or tool that sets it, so that new terminals get it too.",
    )
    return Remedy(
        identity,
        title,
        Applicability.MANUAL,
        commands=commands,
        steps=lines,
        reopen=("this-terminal",),
        environment=environment,
    )


def _administrator(identity: str, title: str, setting: Setting) -> Remedy:
    line = f"{setting.name} is set by your administrator in {setting.origin}; only they can change it."
    return Remedy(identity, title, Applicability.MANUAL, steps=(line,))


def export(facts: Facts, name: str, value: Value) -> str:
    """The command that sets a variable in this terminal; a secret is never written out."""
    text = mask(value) if isinstance(value, Secret) else value
    if facts.platform == "win32":
        return f"$env:{name} = '{text.replace(chr(39), chr(39) * 2)}'"
    safe = text and all(c.isalnum() or c in "_./:@%+,=-" for c in text)
    return (
        f"export {name}={text}" if safe else f"export {name}='{text.replace(chr(39), chr(39) + chr(92) + chr(39) * 2)}'"
    )


def unset(facts: Facts, name: str) -> str:
    """The command that removes a variable from this terminal."""
    return f"Remove-Item Env:{name}" if facts.platform == "win32" else f"unset {name}"


def copy_variable(facts: Facts, name: str, other: str) -> str:
    """The command that gives ``other`` the value of ``name`` without showing it."""
    return f"$env:{other} = $env:{name}" if facts.platform == "win32" else f'export {other}="${name}"'
