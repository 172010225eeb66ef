"""Provenance for people: the places, numbered, and below them who gets which.

ANTHROPIC_BASE_URL
  1  https://gw.corp.test    ~/.claude/settings.json line 4
  2  https://old.test        ~/.bashrc line 3
     Claude Code 2.1.330     terminal 1, new terminal 1, editor 1, CI –
     Python SDK 2.12.0       terminal 2, new terminal 2, editor –, CI –
     Claude Code in this terminal: user settings over the inherited environment
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.core.model import Client, Context, Setting
from tui.core.report.provenance import Decision, Provenance
from tui.core.secret import Secret, mask

_CONTEXTS = {
    Context.TERMINAL: "terminal",
    Context.NEW_TERMINAL: "new terminal",
    Context.EDITOR: "editor",
    Context.CI: "CI",
}
_CLIENTS = {"claude-code": "Claude Code", "python-sdk": "Python SDK", "typescript-sdk": "TypeScript SDK"}
_NOTHING = "–"
_WIDEST = 44


def render(traced: Iterable[Provenance], client: Client, context: Context, reveal: bool = False) -> str:
    """Return the whole list as text."""
    blocks = ["\n".join(lines(item, client, context, reveal)) for item in traced]
    return "\n\n".join(blocks) + "\n" if blocks else "No setting was found.\n"


def lines(item: Provenance, client: Client, context: Context, reveal: bool = False) -> list[str]:
    """One name as lines."""
    if not item.places:
        return [item.name, "     nothing sets it"]
    chosen = item.of(client, context)
    values = [text_of(setting, reveal) for setting in item.places]
    width = max([min(len(value), _WIDEST) for value in values] or [0])
    made = [item.name]
    for number, (setting, value) in enumerate(zip(item.places, values, strict=True)):
        mark = "*" if number == chosen.place and chosen.known else " "
        why = f"; {setting.standing}" if setting.standing else ""
        made.append(f"{mark} {number + 1}  {value:<{width}}  {setting.origin}{why}")
    title = max(len(name_of(d.client)) for d in item.decisions)
    for one in dict.fromkeys(d.client for d in item.decisions):
        made.append(f"     {name_of(one):<{title}}  {gets(item, one)}")
    made.append(f"     {name_of(client)}, {context_of(context)}: {chosen.rule}")
    return made


def gets(item: Provenance, client: Client) -> str:
    """What one client gets, context by context."""
    return ", ".join(f"{context_of(d.context)} {who(d)}" for d in item.decisions if d.client == client)


def context_of(context: Context) -> str:
    """A context in words."""
    return _CONTEXTS[context]


def name_of(client: Client) -> str:
    """A client with its version."""
    return f"{_CLIENTS[client.name]} {client.version}"


def who(decision: Decision) -> str:
    """The number of the place that a client gets; ``?`` where only the running shell knows the value."""
    if decision.place is None:
        return _NOTHING
    return str(decision.place + 1) + ("" if decision.known else "?")


def text_of(setting: Setting, reveal: bool = False) -> str:
    """A value on one line; a secret masked, unless it is to be shown."""
    text = setting.text if reveal or not isinstance(setting.value, Secret) else mask(setting.value)
    text = text.replace("\n", "⏎").replace("\r", "␍").replace("\t", "⇥") or "(empty)"
    return text if reveal or len(text) <= _WIDEST or isinstance(setting.value, Secret) else text[: _WIDEST - 1] + "…"
