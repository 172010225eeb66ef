"""The lines of the settings screen: a name with its value in force, a place that sets it, and who gets which."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from tui import words
from tui.core.inventory import Inventory
from tui.core.model import Setting, Standing
from tui.core.report.provenance import Provenance
from tui.core.report.provenance_text import gets, name_of
from tui.core.secret import Secret, visible
from tui.theme import glyphs
from tui.widgets.choices import Choices
from tui.widgets.sheet import hang, heading, join, pair, say, shorten, stack
from tui.widgets.stages import cell

NOTE = 18  # columns of "3 places differ"
ROOMY = 64  # columns from which a name has room for its value beside it


class Names(Choices):
    """The names; Enter goes to the places of one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Places", key_display="enter", id="names.select"),
        Binding("slash", "screen.filter", "Filter", key_display="/", id="names.filter"),
    ]


class Places(Choices):
    """The places of a name; Enter gives one another value."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Edit", key_display="enter", id="places.select"),
        Binding("v", "screen.reveal", "Reveal", id="places.reveal"),
        Binding("o", "screen.open", "Open", id="places.open"),
    ]


def name_lines(inventory: Inventory, item: Provenance, active: bool, width: int, mark: str) -> list[Content]:
    """One name: a sign where its places disagree, the value in force, and how many places there are. ``active`` is
    true while the keys go to this list."""
    mark = marked(mark, active)
    differ, decision, winner = inventory.conflicts(item), inventory.decision(item), inventory.winner(item)
    sign = say(f"{glyphs().warn} ", "$warning") if differ else say("  ")
    note = words.places(len(item.places), differ) if decision.known else words.PLACES_UNKNOWN
    room = width - 4 - NOTE
    if width < ROOMY:
        return [join(say(f"{mark} "), sign, cell(shorten(item.name, room - 1), room), say(note, "$quiet"))]
    wide = min(36, room // 2)
    value = brief(winner) if winner else words.NOT_IN_FORCE
    return [
        join(
            say(f"{mark} "),
            sign,
            cell(shorten(item.name, wide - 1), wide),
            cell(shorten(value, room - wide - 2), room - wide, "" if winner else "$quiet"),
            say(note, "$quiet"),
        )
    ]


def place_lines(
    inventory: Inventory, item: Provenance, active: bool, number: int, uncovered: int, width: int, mark: str
) -> list[Content]:
    """One place: its number, its value, where it stands, and why it is not in force. ``uncovered`` is for how many
    more seconds its secret is shown; 0 for covered."""
    mark = marked(mark, active)
    setting, decision = item.places[number], inventory.decision(item)
    decides = number == decision.place
    state = (words.IN_FORCE if decision.known else words.MAYBE_IN_FORCE) if decides else ""
    lead = join(
        say(f"{mark} "), say(f"{'*' if decides else ' '} {number + 1}  ", "bold $mark" if decides else "$quiet")
    )
    value = say(text_of(setting), "bold" if decides else "")
    if uncovered and isinstance(setting.value, Secret):
        value = say(visible(setting.value.reveal()), "bold $warning")
    lines = pair(value, say(state, "$success" if decision.known else "$warning"), width, lead)
    indent = " " * lead.cell_length
    if uncovered:
        lines += hang(say(words.REVEALED.format(seconds=uncovered), "$warning"), width, indent)
    lines += hang(say(str(setting.origin), "$mark"), width, indent)
    why = "" if decides else inventory.why_not(item, setting)
    return lines + (hang(say(why, "$quiet"), width, indent) if why else [])


def who_lines(inventory: Inventory, item: Provenance, width: int) -> list[Content]:
    """Which place every client gets in every context, and the rule that decided for the chosen one."""
    clients = list(dict.fromkeys(d.client for d in item.decisions))
    column = max(len(name_of(client)) for client in clients) + 2
    rule = words.DECIDED.format(rule=inventory.decision(item).rule)
    groups = [hang(say(rule), width), heading(words.WHO_GETS)]
    for client in clients:
        rows = hang(say(gets(item, client)), width, " " * column)
        groups.append([join(cell(name_of(client), column, "$quiet"), rows[0][column:]), *rows[1:]])
    return stack(*groups)


def text_of(setting: Setting) -> str:
    """A value as it may be shown, in full."""
    if setting.standing is Standing.NO_VALUE:
        return words.NO_VALUE
    return setting.shown or words.EMPTY


def brief(setting: Setting) -> str:
    """The same on less room: a secret without its length and fingerprint."""
    text = text_of(setting)
    return text.partition(" (")[0] if isinstance(setting.value, Secret) else text


def marked(mark: str, active: bool) -> str:
    """The sign beside a line: another one in the list to which the keys do not go."""
    return mark if active or not mark.strip() else glyphs().dot


def place_of(setting: Setting) -> str:
    """``file:line``, as editors and compilers write a place; empty where there is no file."""
    origin = setting.origin
    return "" if origin.path is None else f"{origin.path}:{origin.line}" if origin.line else origin.path


def shown_place(setting: Setting) -> str:
    """The same for people, with ``~`` for the home."""
    origin = setting.origin
    path = origin.shown or origin.path or str(origin)
    return f"{path}:{origin.line}" if origin.line else path


def matches(item: Provenance, wanted: str) -> bool:
    """True if a name, a value as shown or a file of it contains the text; upper and lower case are alike."""
    wanted = wanted.casefold()
    texts = [item.name, *(text for s in item.places for text in (text_of(s), str(s.origin)))]
    return any(wanted in text.casefold() for text in texts)
