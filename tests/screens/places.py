"""The screens worth a picture: which script, and which keys lead there."""

from __future__ import annotations

STEPS = {
    "look": ("base-url", ()),
    "check": ("hang", ("enter",)),
    "cause": ("base-url", ("enter",)),
    "fix": ("base-url", ("enter", "enter")),
    "proof": ("base-url", ("enter", "enter", "y")),
}
ENDINGS = {
    "healthy": ("healthy", ("enter",)),
    "unknown": ("unknown", ("enter",)),
    "stopped": ("hang", ("enter", "escape", "enter")),
    "checked": ("base-url", ("enter", "escape")),
    "command": ("proxy", ("enter", "enter")),
    "steps": ("401", ("enter", "enter")),
    "choice": ("onboarding", ("enter", "enter")),
    "undone": ("base-url", ("enter", "enter", "y", "u")),
    "page": ("base-url", ("enter", "d")),
    "report": ("base-url", ("enter", "x")),
    "help": ("base-url", ("enter", "question_mark")),
}
