"""Lines of text that know their width: hanging indents, two columns that fold into one, wide characters counted right.

Everything that came from the machine enters here as ``Content``; nothing is ever parsed as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.content import Content
from textual.css.styles import RulesMap
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from tui.theme import fit

Build = Callable[[int], list[Content]]
BLANK = Content("")
GUTTER = 3  # spaces between two columns


def say(text: str, style: str = "") -> Content:
    """Text as content; never markup."""
    shown = fit(text)
    return Content.styled(shown, style) if style else Content(shown)


def join(*parts: Content) -> Content:
    """One line of several parts."""
    return Content.assemble(*parts)


def hang(content: Content, width: int, first: str | Content = "") -> list[Content]:
    """Wrap to ``width``; the first line starts with ``first``, the others with as many spaces."""
    lead = first if isinstance(first, Content) else Content(first)
    indent = Content(" " * lead.cell_length)
    lines = content.wrap(max(8, width - lead.cell_length))
    return [(indent if number else lead) + line for number, line in enumerate(lines)] or [lead]


def pair(
    left: Content, right: Content, width: int, first: str | Content = "", deeper: int = 0, end: Content = BLANK
) -> list[Content]:
    """Left and right on one line where they fit, else the right one below, indented, and ``deeper`` where asked.

    ``end`` keeps its place at the end of the first line in any case.
    """
    lead = first if isinstance(first, Content) else Content(first)
    inner = width - end.cell_length
    indent = " " * (lead.cell_length + deeper)
    room = inner - lead.cell_length - left.cell_length - right.cell_length
    if right and room >= GUTTER and "\n" not in left.plain + right.plain:
        lines = [join(lead, left, Content(" " * room), right)]
    else:
        lines = hang(left, inner, lead) + (hang(right, width, indent) if right else [])
    if end:
        lines[0] = join(lines[0], Content(" " * (inner - lines[0].cell_length)), end)
    return lines


def shorten(text: str, width: int) -> str:
    """Shorten in the middle, where a path or a host says least."""
    if Content(text).cell_length <= width:
        return text
    dots = fit("…")
    head, tail = (width - len(dots)) // 2, width - len(dots) - (width - len(dots)) // 2
    start, end = text[:head], text[len(text) - tail :]
    while start + end and Content(start + end).cell_length > width - len(dots):  # wide characters take two cells
        start, end = (start[:-1], end) if len(start) > len(end) else (start, end[1:])
    return start + dots + end


def heading(text: str) -> list[Content]:
    """A title above a group of lines, with air before it."""
    return [BLANK, say(text, "bold")]


class Lines(Visual):
    """Lines built anew for each width, and once for each."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._width, self._content = 0, BLANK

    def content(self, width: int) -> Content:
        """All lines as one content."""
        width = max(1, width)
        if width != self._width:
            self._width, self._content = width, Content("\n").join(self._build(width))
        return self._content

    def replaces(self, other: object) -> bool:
        """True if the other lines, which were shown, look the same; they then go on with what these know."""
        if not isinstance(other, Lines) or not other._width:
            return False
        same = self.content(other._width).is_same(other._content)
        if same:
            other._build = self._build
        return same

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return self.content(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        return self.content(width).plain.count("\n") + 1


class Sheet(Static):
    """A page of lines. The text can be selected with the mouse and copied."""

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(Content(""), id=id, classes=classes)

    def show(self, build: Build) -> None:
        """Show other lines; the same lines again cost no layout."""
        lines = Lines(build)
        if not lines.replaces(self.visual):
            self.update(lines)

    def title(self, text: str) -> None:
        """Show a title only."""
        self.update(say(text, "bold"))

    @property
    def plain(self) -> str:
        """The text as it stands on the screen."""
        visual = self.visual
        return visual.content(self.content_size.width or 80).plain if isinstance(visual, Lines) else ""

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        return selection.extract(self.plain), "\n"


def stack(*parts: Iterable[Content]) -> list[Content]:
    """Several groups of lines below each other, without air at the top."""
    lines = [line for part in parts for line in part]
    while lines and not lines[0]:
        lines.pop(0)
    return lines
