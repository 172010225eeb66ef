"""Parts of the README that are made from the code."""

from __future__ import annotations

from tui.core.rules import RULES

BEGIN, END = "<!-- causes:begin -->", "<!-- causes:end -->"


def causes_table() -> str:
    """The table of causes, grouped like their folders."""
    lines = ["| code | cause |", "| --- | --- |"]
    group = ""
    for rule in RULES:
        folder = rule.check.__module__.split(".")[3].replace("_", " ")
        if folder != group:
            group = folder
            lines.append(f"| **{group}** | |")
        lines.append(f"| `{rule.code}` | {rule.title} |")
    return "\n".join(lines)


def rewritten(readme: str) -> str:
    """The README with its table of causes made anew. Raises ValueError where the marks are missing."""
    head, _, rest = readme.partition(BEGIN)
    _, mark, tail = rest.partition(END)
    if not mark:
        raise ValueError("the marks of the table of causes are missing")
    return f"{head}{BEGIN}\n{causes_table()}\n{END}{tail}"
