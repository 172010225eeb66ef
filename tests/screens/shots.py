"""The pictures of the README, made from scripted sessions: ``python -m tests.screens.shots [FOLDER]``.

Needs chromium and the font Fira Code (Debian: chromium fonts-firacode). Nothing in them is of a real host, user or key.
"""

from __future__ import annotations

import asyncio
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from tests.journeys.walk import NARROW, WIDE, walking
from tests.screens.places import ENDINGS, STEPS


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, where it is taken, its size and its look."""

    name: str
    place: str
    size: tuple[int, int] = NARROW
    theme: str = "dark"


SHOTS = (
    *(Shot(f"{number}-{place}", place) for number, place in enumerate(STEPS, 1)),
    Shot("wide", "cause", WIDE),
    Shot("light", "fix", theme="light"),
    Shot("terminal-colours", "cause", theme="terminal"),
    Shot("healthy", "healthy"),
    Shot("unknown", "unknown"),
    Shot("command", "command"),
    Shot("help", "help"),
)


async def picture(shot: Shot) -> str:
    """The screen as SVG."""
    name, keys = (STEPS | ENDINGS)[shot.place]
    with tempfile.TemporaryDirectory() as folder:
        async with walking(name, Path(folder), shot.size, shot.theme) as walk:
            await walk.press(*keys)
            return walk.app.export_screenshot(title="unsnarl")


def plain_picture() -> str:
    """Plain mode as SVG: the first lines of a visit."""
    from tests.journeys.test_plain import talk

    with tempfile.TemporaryDirectory() as folder:
        _, said, _ = talk("base-url", Path(folder), "1", "q")
    text = said[said.index("Step 3") :].rpartition("\n  1  ")[0]
    console = Console(record=True, width=80, file=io.StringIO(), force_terminal=False)
    console.print(Text(text))
    return console.export_svg(title="unsnarl --plain")


def png(svg: str, target: Path) -> None:
    """Draw an SVG with chromium, which draws it exactly."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if box is None:
        raise ValueError("not a picture")
    width, height = (int(float(number) + 0.99) for number in box.groups())
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("chromium is needed to draw pictures (Debian: apt-get install chromium fonts-firacode)")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "picture.svg"
        source.write_text(svg, encoding="utf-8")
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        options += ["--hide-scrollbars", "--force-device-scale-factor=1.5", f"--window-size={width},{height}"]
        options += [f"--user-data-dir={folder}/profile", f"--screenshot={target.resolve()}", source.as_uri()]
        subprocess.run([browser, *options], check=True, capture_output=True)


def main(arguments: list[str]) -> int:
    """Make all pictures, or those whose names are given after the folder."""
    target = Path(arguments[0] if arguments else "screenshots")
    wanted = set(arguments[1:])
    target.mkdir(exist_ok=True)
    os.environ.pop("NO_COLOR", None)
    os.environ["COLORTERM"] = "truecolor"
    with tempfile.TemporaryDirectory() as state:
        os.environ["XDG_STATE_HOME"] = state
        for shot in SHOTS:
            if not wanted or shot.name in wanted:
                png(asyncio.run(picture(shot)), target / f"{shot.name}.png")
        if not wanted or "plain" in wanted:
            png(plain_picture(), target / "plain.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
