"""A message that a client prints is recognised, whatever a terminal, a log or a person does to it. It never decides."""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from tests.session.machine import KNOWN, Machine
from tui.core import judge
from tui.core.facts import Facts
from tui.core.model import Confidence, Evidence, Finding
from tui.core.pasted import LIMIT, Pasted, Phrase
from tui.core.rules import RULES
from tui.core.rules.rule import Judgement, Rule
from tui.core.symptoms import hinted, recognise

MESSAGES = tomllib.loads(Path(__file__).with_name("messages.toml").read_text("utf-8"))
CASES: dict[str, str] = MESSAGES["cases"]
UNKNOWN: dict[str, str] = MESSAGES["unknown"]
PRINTED: list[str] = [*MESSAGES["catalogue"], *MESSAGES["observed"], *MESSAGES["codes"]]
FOLDER = resources.files("tui.core.knowledge").joinpath("symptoms")
ROWS = {
    entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text("utf-8"))["symptom"]
    for entry in FOLDER.iterdir()
    if entry.name.endswith(".toml")
}


def _boxed(text: str, columns: int) -> str:
    """A terminal's frame in colour: the text is cut hard at its border, in the middle of words."""
    inner = columns - 4
    lines = [text[at : at + inner] for at in range(0, len(text), inner)]
    rows = [f"\x1b[2m│\x1b[0m \x1b[38;5;211m{line:<{inner}}\x1b[39m \x1b[2m│\x1b[0m" for line in lines]
    return "\r\n".join([f"╭{'─' * (columns - 2)}╮", *rows, f"╰{'─' * (columns - 2)}╯"])


def _logged(text: str) -> str:
    """A log whose every line begins with a container, a time and a level."""
    lines = [text[at : at + 40] for at in range(0, len(text), 40)]
    return "\n".join(f"app-1  | 2026-05-01T10:00:{n:02d}.123Z ERROR {line}" for n, line in enumerate(lines))


DRESSES: dict[str, Callable[[str], str]] = {
    "80 columns": lambda text: _boxed(text, 80),
    "40 columns": lambda text: _boxed(text, 40),
    "a log": _logged,
    "JSON in JSON": lambda text: json.dumps(json.dumps({"level": "error", "text": f"\x1b[31m{text}\x1b[0m"})),
    "a web page": lambda text: f"<pre>{html.escape(text)}</pre>",
    "an editor's quotes": lambda text: f"“{text.replace(chr(39), '’').replace(' ', chr(0xA0))}”",
    "zero-width characters": lambda text: "\ufeff" + "\u200b".join(text),
    "Markdown": lambda text: f"> `{text}`".replace("_", r"\_"),
    "lost colours": lambda text: f"[1;31m✖[0m {text}[22m",
    "Chinese": lambda text: f"运行 claude 时出现以下错误，请帮忙看看：{text}。谢谢！",
    "Russian": lambda text: f"Помогите, пожалуйста! После обновления вижу:\n{text}\nЧто делать?",
    "a screen": lambda text: (
        f" ✻ Welcome!\n ⎿  {text}\n\n? for shortcuts     Context left: 93%\n╰───╯ \n$ echo $?\n1\n"
    ),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_no_dress_changes_what_is_recognised(dress: str) -> None:
    for text in PRINTED:
        bare = recognise(KNOWN.symptoms, text)
        assert bare, text
        assert recognise(KNOWN.symptoms, DRESSES[dress](text))[:1] == bare[:1], text


@pytest.mark.parametrize("dress", [None, "80 columns", "40 columns", "a screen"])
def test_every_wording_of_the_tables_is_found(dress: str | None) -> None:
    """Alone and dressed; with a host in the place of "…" and a digit in the place of "#"."""
    written = {phrase: row["says"] for rows in ROWS.values() for row in rows for phrase in row["says"]}
    patterns = {phrase.pattern for symptom in KNOWN.symptoms for phrase in symptom.says}
    assert len(patterns) == sum(len(symptom.says) for symptom in KNOWN.symptoms), "a wording stands in two places"
    for phrase, says in written.items():
        text = phrase.replace("…", "api.anthropic.com").replace("#", "0")
        found = recognise(KNOWN.symptoms, DRESSES[dress](text) if dress else text)
        assert tuple(map(Phrase.of, says)) in [symptom.says for symptom in found], phrase


def test_the_cases_of_the_trackers_are_recognised() -> None:
    known = {name for name, text in CASES.items() if recognise(KNOWN.symptoms, text)}
    assert known == CASES.keys() - UNKNOWN.keys()
    assert len(known) >= 110


@pytest.mark.parametrize(
    ("text", "likeliest", "words"),
    [
        ("Failed to connect to api.anthropic.com: ERR_BAD_REQUEST", "region-blocked", "up to 2.1.221"),
        ("Failed to connect to platform.claude.com: Status 403", "region-blocked", "from 2.1.222"),
        ("Failed to connect to platform.claude.com: Status 404", "http-captive-portal", "400 to 499"),
        ("Failed to connect to api.anthropic.com: Status 407", "proxy-auth-required", "password"),
        ("Failed to connect to api.anthropic.com: Status 503", "proxy-upstream-fail", "server error"),
        ("Failed to connect to api.anthropic.com: ERR_BAD_RESPONSE", "proxy-upstream-fail", "500 or higher"),
        ("Failed to connect to api.anthropic.com: ENOTFOUND", "dns-nxdomain", "look up a name"),
        ("Failed to connect to api.anthropic.com: ESERVFAIL", "dns-server-failure", "server for names"),
        ("Connection to api.anthropic.com timed out after 10 seconds", "tcp-timeout", "in time"),
        ("Checking connectivity...", "tcp-timeout", "waits"),
        ("SSL certificate error (SELF_SIGNED_CERT_IN_CHAIN)", "tls-intercepted-untrusted", "root"),
        ("Unable to connect to API: SSL certificate has expired", "tls-expired", "clock"),
        ("Unable to connect to API (ConnectionRefused)", "cfg-proxy-stale", "refused"),
        ("Unable to connect to API (UnsupportedProxyProtocol)", "cfg-proxy-socks-unsupported", "socks5"),
        ("Unable to connect to API (EPROTO)", "cfg-base-url-scheme", "TLS"),
        ("anthropic.APIConnectionError: Connection error.", "cfg-credential-malformed", "not the network"),
        ("LocalProtocolError: Illegal header value b'Bearer '", "cfg-credential-malformed", "nothing at all"),
        ("There's an issue with the selected model (x).", "cfg-base-url-path", "every 404"),
        ("Invalid API key · Fix external API key", "auth-invalid-key", "401"),
        (
            "Invalid API key · Fix external API key · Invalid X-Api-Key header value: it contains",
            "cfg-credential-malformed",
            "sent nothing",
        ),
        ("API Error: 401 Invalid bearer token", "auth-wrong-header", "outranks"),
        ("Credit balance is too low", "cfg-key-overrides-login", "subscription"),
        ('API Error: 403 {"error":{"message":"分组 default 已被弃用"}}', "gw-group-denied", "rule of its own"),
        ('{"message":"\\u65e0\\u6548\\u7684\\u4ee4\\u724c"}', "auth-invalid-gateway-key", "token"),
        ("API Error: 403 Request not allowed", "region-blocked", "edge"),
        ("API Error: 502 Bad Gateway", "gw-upstream-down", "behind it"),
        ("API Error: Repeated 529 Overloaded errors", "api-overloaded", "capacity"),
        ("API Error: Connection error.", "gw-not-running", "hides the reason"),
    ],
)
def test_a_message_means_what_it_was_seen_to_mean(text: str, likeliest: str, words: str) -> None:
    assert hinted(KNOWN.symptoms, text)[0] == likeliest
    assert words in recognise(KNOWN.symptoms, text)[0].meaning


def test_of_several_messages_the_most_specific_comes_first() -> None:
    screen = """
        Unable to connect to Anthropic services
        Failed to connect to api.anthropic.com: UNABLE_TO_GET_ISSUER_CERT_LOCALLY
        Please check your internet connection and network settings.
        Note: Claude Code might not be available in your country."""
    found = recognise(KNOWN.symptoms, screen)
    assert "does not trust" in found[0].means
    assert [symptom.general for symptom in found] == sorted(symptom.general for symptom in found)
    assert hinted(KNOWN.symptoms, screen)[-1] == "region-blocked"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "all is well",
        "took 529 ms for 15293 tokens",
        "ERR",
        "│ ─ │",
        "\x1b[31m\x1b[0m",
        "�" * 9,
        "\ud800",
        "403",
        "Permission denied",
        "an unsupported protocol",
    ],
)
def test_what_is_no_message_is_not_recognised(text: str) -> None:
    assert recognise(KNOWN.symptoms, text) == ()


def test_a_word_begins_and_ends_where_the_text_says_so() -> None:
    for text in ("status code 5029", "XECONNRESET", "ECONNRESETS", "the cause not found", "messag\ne: not found"):
        assert recognise(KNOWN.symptoms, text) == (), text
    assert recognise(KNOWN.symptoms, "ENOT\nFOUND")
    assert Pasted.of("a\u200bb 分c").edges == {0, 2, 3, 4}
    assert not Phrase.of("to … : Status").stands_in(Pasted.of(f"to {'x' * 61} Status"))
    assert Phrase.of("to … : Status").stands_in(Pasted.of(f"to {'x' * 60} Status"))


@pytest.mark.parametrize(
    "unit",
    [
        "Failed to connect to ",
        "\\",
        "\\u",
        "\x1b]",
        "\x1b[",
        "^[",
        "&#9",
        "\n",
        " ",
        "[0;",
        "a-1 |",
        "10:00:00 ",
        "5",
        "分",
        "\ufdfa",
    ],
)
def test_a_huge_hostile_paste_is_bounded_and_hides_nothing(unit: str) -> None:
    """No wording repeats a repetition, and the last characters of a paste are the ones that are looked at."""
    flood = unit * (2 * LIMIT // len(unit))
    found = recognise(KNOWN.symptoms, f"{flood}\n\nAPI Error: Credit balance is too low\n")
    assert "no credit" in found[0].means


def test_only_bounded_gaps_repeat_in_a_wording() -> None:
    for symptom in KNOWN.symptoms:
        for phrase in symptom.says:
            rest, gaps = re.subn(r"\.\{0,60\}\?", "", phrase.pattern.pattern)
            assert gaps <= 1, phrase
            assert re.fullmatch(r"(?:[0-9a-z\u4e00-\u9fff]|\[0-9\])+", rest), phrase
            assert not phrase.pattern.pattern.startswith("."), phrase


def test_the_tables_are_whole() -> None:
    assert len(KNOWN.symptoms) == sum(map(len, ROWS.values())), "a file of the folder is not read"
    codes = {rule.code for rule in RULES}
    for symptom in KNOWN.symptoms:
        assert set(symptom.causes) <= codes, symptom.means
        assert len(set(symptom.causes)) == len(symptom.causes), symptom.means
        assert bool(symptom.decides) >= (len(symptom.causes) > 1), symptom.means
        assert symptom.means.endswith("."), symptom.means
        assert symptom.decides.endswith(("", ".")[bool(symptom.decides)]), symptom.decides
        assert all(re.fullmatch(r"|\d+\.\d+\.\d+", version) for version in (symptom.since, symptom.until))


def test_the_meaning_names_versions_and_what_decides() -> None:
    symptom = replace(KNOWN.symptoms[0], means="It failed.", decides="The status decides.", since="1.0.1", until="")
    assert symptom.meaning == "It failed. Claude Code from 1.0.1 prints it. The status decides."
    assert replace(symptom, decides="", since="").meaning == "It failed."
    both = replace(symptom, decides="", until="2.0.0")
    assert both.meaning == "It failed. Claude Code from 1.0.1 up to 2.0.0 prints it."


def _finds(code: str, confidence: Confidence) -> Rule:
    def check(_: Facts) -> Judgement:
        yield Finding(code, code, "", (Evidence("seen", "so"),), confidence=confidence)

    return Rule(code, check, frozenset(), "")


def test_a_message_never_outweighs_what_was_observed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names a cause that was only suspected; the one that was proven stays the root, and nothing is added."""
    weak, strong = Confidence.LIKELY, Confidence.PROVEN
    monkeypatch.setattr(judge, "RULES", (_finds("tcp-refused", strong), _finds("tls-reset", weak)))
    facts = Machine(tmp_path).facts(symptom="API Error: Connection dropped (ECONNRESET)")
    assert hinted(facts.known.symptoms, facts.symptom)[0] == "tls-reset"
    assert [r.finding.code for r in judge.judge(facts).ranked] == ["tcp-refused", "tls-reset"]
