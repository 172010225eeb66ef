"""Text, Markdown and JSON lines: golden files, and nothing that a stranger says breaks out of its place."""

from __future__ import annotations

import html.parser
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lab.canary import Canary
from tests.lab.certificates import Pki
from tests.lab.golden import Golden
from tests.report import sessions
from tests.session.scene import Scene
from tui.core.events import RunEvent
from tui.core.report import formats

STORIES = {"broken": sessions.broken, "healthy": sessions.healthy, "interrupted": sessions.interrupted}


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize("name", STORIES)
def test_golden(name: str, form: str, tmp_path: Path, golden: Golden) -> None:
    text = formats.render(sessions.made(STORIES[name](tmp_path)), form)
    golden(f"tests/report/golden/{name}.{formats.SUFFIXES[form]}", text)


@pytest.mark.parametrize("story", STORIES.values())
def test_json_lines_parse_one_by_one(story: Callable[[Path], list[RunEvent]], tmp_path: Path) -> None:
    made = sessions.made(story(tmp_path))
    lines = [json.loads(line) for line in formats.render(made, "jsonl").splitlines()]
    assert lines[0]["type"] == "session"
    assert lines[0]["schema"] == "unsnarl.session/1"
    kinds = [line["type"] for line in lines[1:]]
    assert kinds.count("stage") == len(made["stages"])
    assert kinds.count("finding") == len(made["findings"])
    assert kinds.count("setting") == len(made["settings"])
    assert kinds.count("change") == len(made["changes"])


def test_unknown_format(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        formats.render(sessions.made(sessions.healthy(tmp_path)), "pdf")


NASTY = [
    sessions.STRANGER,
    "```\nafter the fence",
    "`" * 7,
    "` `",
    "|---|---|\n| a | b |",
    "<img src=x onerror=alert(1)>",
    "<!-- comment",
    "\n\n# Heading\n\n- item",
    "[link](http://evil.test)",
    "![image](http://evil.test/x.png)",
    "www.evil.test and http://evil.test",
    "\\`\\|\\",
    "a\u2028b\u2029c\x85d",
    "ends with a backslash\\",
    "",
]


FENCE = re.compile(r"(?ms)^(`{3,})[a-z]*\n.*?^\1`*$")


def spans_removed(markdown: str) -> str:
    """Markdown without its code spans and fences, read as CommonMark reads them: the same number of ticks."""
    return re.sub(r"(?<![`\\])(`+)(?!`)(.*?)(?<!`)\1(?!`)", "", FENCE.sub("", markdown))


class Tags(html.parser.HTMLParser):
    """Collects the tags that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)

    def handle_comment(self, data: str) -> None:
        self.seen.append("comment")


@pytest.mark.parametrize("said", NASTY)
def test_markdown_cannot_be_broken(said: str, tmp_path: Path) -> None:
    made = sessions.made(sessions.broken(tmp_path))
    plain = formats.render(made, "markdown")
    text = json.dumps(made).replace(json.dumps(sessions.STRANGER)[1:-1], json.dumps(said)[1:-1])
    changed = json.loads(text)
    changed["summary"] = changed["findings"][0]["title"] = changed["findings"][0]["explanation"] = said
    changed["settings"][0]["value"] = changed["settings"][0]["origin"]["path"] = said
    changed["stages"][0]["target"] = changed["target"]["base_url"] = said
    changed["target"]["models"] = [said]
    changed["findings"][0]["evidence"][0]["claim"] = said
    changed["findings"][0]["remedies"][0]["title"] = said
    changed["findings"][0]["remedies"][0]["diff"] = f"+{said}"
    changed["findings"][0]["remedies"][1]["commands"] = [said]
    changed["untested"] = [said]
    shown = formats.render(changed, "markdown")
    outside = spans_removed(shown)
    headings = [line for line in outside.splitlines() if line.startswith("#")]
    assert len(headings) == len([line for line in spans_removed(plain).splitlines() if line.startswith("#")])
    assert not re.search(r"(?<!\\)!?\[[^\]]*(?<!\\)\]\(", outside)
    tags = Tags()
    tags.feed(re.sub(r"\\[<>]", "", outside))
    assert tags.seen == []
    widths = {
        len(re.findall(r"(?<!\\)\|", line)) for line in FENCE.sub("", shown).splitlines() if line.startswith("| ")
    }
    assert widths == {5}
    assert all(line.isprintable() for line in shown.splitlines() if line)


@pytest.mark.parametrize("said", ["\x1b[2J\x1b]0;x\x07", "a\x9b31mb", "\u202eevil", "\r overwritten", "a\0b"])
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_saved_session_of_a_stranger_commands_no_terminal(said: str, form: str, tmp_path: Path) -> None:
    made = sessions.made(sessions.broken(tmp_path))
    made = json.loads(json.dumps(made).replace("HTTP 404", json.dumps(f"HTTP {said} 404")[1:-1]))
    made["summary"] = said
    made["findings"][0]["remedies"][0]["diff"] = f"+{said}\n"
    made["findings"][0]["remedies"][1]["commands"] = [said]
    shown = formats.render(made, form)
    assert all(c.isprintable() or c == "\n" for c in shown)


@pytest.mark.parametrize("mode", ["terminal-escapes", "raw-escapes"])
async def test_strangers_words_end_to_end(mode: str, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        await scene.gateway(mode)
        await scene.run()
        assert scene.session is not None
        for form in ("text", "markdown"):
            assert all(c.isprintable() or c == "\n" for c in scene.session.export(form))


@pytest.mark.parametrize("value", ["https://h\x1b[2J", "https://h\u202e", "a\x9bb"])
async def test_settings_of_a_stranger_command_no_terminal(value: str, tmp_path: Path) -> None:
    """A repository that was cloned brings its own .env."""
    from tests.session.machine import Machine, run

    machine = Machine(tmp_path)
    machine.write("project/.env", f'ANTHROPIC_BASE_URL="{value}"\nANTHROPIC_MODEL="{value}"\n')
    session = machine.session("python-sdk", offline=True)
    await run(session)
    for form in ("text", "markdown"):
        assert all(c.isprintable() or c == "\n" for c in session.export(form))
    assert "\x1b" not in session.export("json")
