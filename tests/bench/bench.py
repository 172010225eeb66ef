"""What a person feels, as medians of fresh processes in one run: ``make bench`` (``ARGS="-n 21"``).

check against a refused port   whole process of ``unsnarl check``    / ``python -c "import httpx"``
first paint                    pty bytes until the wizard shows text / the same for a bare Textual app
settings of a messy home       ``unsnarl settings --json`` beyond the same in an empty home, and beyond ``--version``
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.paint import NotMeasured, first_paint
from tests.lab.faults import refused_port
from tests.survey import messy

ROOT = Path(__file__).resolve().parents[2]
UNSNARL = [sys.executable, "-m", "tui"]
BARE = [sys.executable, "-m", "tests.bench.bare_app"]


def environment(home: str) -> dict[str, str]:
    """A home of its own, one fake key, nothing of this machine."""
    return {
        "HOME": home,
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "PYTHONPATH": str(ROOT),
        "ANTHROPIC_API_KEY": "sk-ant-api03-bench-0000000000000000000000000000",
    }


def whole_process(command: list[str], env: dict[str, str]) -> float:
    """Seconds from start to end of a process."""
    start = time.perf_counter()
    done = subprocess.run(
        command, env=env, cwd=env["HOME"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    taken = time.perf_counter() - start
    if "Traceback" in done.stderr or done.returncode == 2:
        raise NotMeasured(f"{command} ended with {done.returncode}: {done.stderr[-200:]!r}")
    return taken


def compare(
    title: str, runs: int, ours: Callable[[], float], theirs: Callable[[], float], names: tuple[str, str]
) -> None:
    """Measure both alternately, so that a busy machine hurts both, and print medians and their ratio."""
    try:
        ours(), theirs()  # the first of each fills the caches
        pairs = [(ours(), theirs()) for _ in range(runs)]
    except NotMeasured as error:
        print(f"{title}: not measured. {error}")
        return
    mine, yours = (statistics.median(column) for column in zip(*pairs, strict=True))
    spread = sorted(a / b for a, b in pairs)
    print(
        f"{title}: {mine / yours:.2f} x   ({names[0]} {mine * 1000:.0f} ms, {names[1]} {yours * 1000:.0f} ms; "
        f"medians of {runs}; pairs from {spread[0]:.2f} to {spread[-1]:.2f})"
    )


def messy_home(runs: int) -> None:
    """Print what reading every kind of place costs: beyond an empty home, and beyond bare start-up."""
    with tempfile.TemporaryDirectory(prefix="unsnarl-bench-") as folder:
        machine = messy.build(Path(folder))
        empty = Path(folder, "empty")
        empty.mkdir()
        env = {**environment(str(machine.home)), "SHELL": "/bin/bash"}
        settings = [*UNSNARL, "settings", "--json", "--project"]
        commands = (
            ([*settings, str(machine.project)], env),
            ([*settings, str(empty)], {**env, "HOME": str(empty)}),
            ([*UNSNARL, "--version"], env),
        )
        try:
            rows = [[whole_process(*command) for command in commands] for _ in range(runs + 1)][1:]
        except NotMeasured as error:
            print(f"settings of a messy home: not measured. {error}")
            return
    whole, none, bare = (statistics.median(column) * 1000 for column in zip(*rows, strict=True))
    print(
        f"settings of a messy home: {whole - none:.0f} ms beyond an empty home ({whole:.0f} against {none:.0f} ms), "
        f"{whole - bare:.0f} ms beyond --version ({bare:.0f} ms); medians of {runs}"
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", "--runs", type=int, default=9, help="processes of each kind (default: 9)")
    runs = parser.parse_args().runs
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="unsnarl-bench-") as home, refused_port() as refused:
        env = environment(home)
        check = ["check", "--no-canary", "--connect-to", f"api.anthropic.com:443:{refused.address}"]
        compare(
            "check against a refused port",
            runs,
            lambda: whole_process([*UNSNARL, *check], env),
            lambda: whole_process([sys.executable, "-c", "import httpx"], env),
            ("unsnarl check", "import httpx"),
        )
        compare(
            "first paint",
            runs,
            lambda: first_paint(UNSNARL, env, "Look"),
            lambda: first_paint(BARE, env, "Look"),
            ("wizard", "bare Textual app"),
        )
    messy_home(runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
