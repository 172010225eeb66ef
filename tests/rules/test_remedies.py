"""The remedy follows ownership, does what it says, and what it mends is then gone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.rules.answers import hello, tcp_bad
from tests.rules.cases import BY_CODE
from tests.rules.looks import direct
from tests.rules.story import Story, Told, story, tell, tell_on
from tests.rules.worlds import KEY, Given, user
from tui.core import judge
from tui.core.model import Applicability, Context, Finding, Remedy
from tui.core.repair.plan import make_plan
from tui.core.rules import RULES
from tui.core.secret import plain
from tui.core.seen import Error

Run = Callable[[Story], Told]
PROXY = "http://127.0.0.1:3128"


def stale(given: Given) -> Story:
    """A proxy that is not there, set wherever ``given`` sets it."""
    return story(given, direct(hello()), tcp=tcp_bad(Error.REFUSED, "127.0.0.1"))


def found(told: Told, code: str) -> Finding:
    """The finding of this code."""
    return next(r.finding for r in judge.judge(told.facts).ranked if r.finding.code == code)


def apply(remedy: Remedy, code: str) -> None:
    """Write what the plan says."""
    for file in make_plan(remedy, code).files:
        if file.after is None:
            Path(file.real).unlink()
        else:
            Path(file.real).parent.mkdir(parents=True, exist_ok=True)
            Path(file.real).write_bytes(file.after)


def edits() -> list[str]:
    """The codes of the cases whose first remedy is an edit."""
    return [
        "cfg-base-url-invalid",
        "cfg-base-url-path",
        "cfg-base-url-scheme",
        "cfg-base-url-typo",
        "cfg-settings-unreadable",
        "cfg-settings-shadow",
        "cfg-proxy-url-invalid",
        "cfg-proxy-scheme-mismatch",
        "cfg-proxy-stale",
        "cfg-no-proxy-form",
        "cfg-no-proxy-missing",
        "cfg-no-proxy-overbroad",
        "cfg-preflight-blocked",
        "cfg-credential-malformed",
        "cfg-credential-conflict",
        "cfg-cert-store",
        "proxy-port-denied",
        "tls-hostname-mismatch",
        "gw-html-frontend",
        "gw-redirect",
        "gw-model-not-configured",
        "auth-wrong-header",
        "model-not-found",
        "api-bad-request",
        "cfg-dotenv-syntax",
        "cfg-dotenv-not-read",
        "cfg-dotenv-ambiguous",
        "cfg-env-not-exported",
        "cfg-rc-not-loaded",
        "cfg-context-gap",
        "cfg-key-overrides-login",
        "cfg-key-not-approved",
        "cfg-credential-wrong-kind",
        "cfg-credential-host-mismatch",
        "cfg-provider-flag",
        "cfg-managed-policy",
        "cfg-headers-malformed",
        "cfg-betas-rejected",
        "cfg-timeout-value",
        "cfg-model-retired",
        "cfg-tls-verification-off",
    ]


def test_the_list_of_edits_is_whole(ends: dict[str, Told]) -> None:
    first = {code: found(end, code).remedies for code, end in ends.items()}
    assert [rule.code for rule in RULES if first[rule.code] and first[rule.code][0].kind == "edit"] == edits()


@pytest.mark.parametrize("code", edits())
def test_an_applied_edit_mends(code: str, tmp_path: Path) -> None:
    """Each edit on offer, applied alone: the cause is gone, and the client's environment is what was promised."""
    case = BY_CODE[code].story
    before = tell(case, tmp_path / "first")
    for number, _ in enumerate(r for r in found(before, code).remedies if r.edits):
        folder = tmp_path / str(number)
        told = tell(case, folder)
        remedy = [r for r in found(told, code).remedies if r.edits][number]
        apply(remedy, code)
        after = tell_on(case, told, folder)
        assert code not in {r.finding.code for r in judge.judge(after.facts).ranked}, remedy.title
        for name, value in remedy.environment:
            old = told.facts.winner(name)
            later = after.facts.contexts[Context.NEW_TERMINAL].get(name)
            now = after.facts.winner(name)
            if "new-terminal" in remedy.reopen:
                now = later.winner if later else None
            if value is None:  # what it hid, elsewhere, may be in force now
                assert now is None or (old and now.origin.path != old.origin.path), remedy.title
            else:
                assert now is not None
                assert now.text == plain(value), remedy.title


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_manual_remedies_edit_nothing(code: str, ends: dict[str, Told]) -> None:
    """What nobody but the owner can do is words; what we can do has an edit and says what to reopen."""
    for remedy in found(ends[code], code).remedies:
        assert bool(remedy.edits) == (remedy.applicability > Applicability.MANUAL)
        assert not remedy.edits or remedy.reopen


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        (Given(settings=user(HTTPS_PROXY=PROXY, **KEY)), "edit", "~/.claude/settings.json"),
        (Given(local=user(HTTPS_PROXY=PROXY, **KEY)), "edit", "~/project/.claude/settings.local.json"),
        (Given(state={"hasCompletedOnboarding": True, "env": {"HTTPS_PROXY": PROXY, **KEY}}), "edit", "~/.claude.json"),
        (Given(env={"HTTPS_PROXY": PROXY, **KEY}), "command", "unset HTTPS_PROXY"),
        (Given(env={"HTTPS_PROXY": PROXY, **KEY}, platform="win32"), "command", "Remove-Item Env:HTTPS_PROXY"),
        (Given(managed=user(HTTPS_PROXY=PROXY), settings=user(**KEY)), "steps", "set by your administrator"),
        (
            Given(
                client="python-sdk@2.12.0",
                dotenv=f"HTTPS_PROXY={PROXY}\nANTHROPIC_API_KEY={KEY['ANTHROPIC_API_KEY']}\n",
            ),
            "edit",
            "~/project/.env",
        ),
    ],
    ids=["user settings", "local settings", "state", "environment", "windows", "managed", "dotenv"],
)
def test_the_origin_of_the_value_in_force_decides(given: Given, kind: str, words: str, run: Run) -> None:
    remedy = found(run(stale(given)), "cfg-proxy-stale").remedies[0]
    assert remedy.kind == kind
    assert words in "\n".join([*remedy.commands, *remedy.steps, *(edit.shown for edit in remedy.edits)])


def test_a_twin_is_removed_with_the_value(tmp_path: Path) -> None:
    """The same dead proxy in a weaker file would come into force at once."""
    given = Given(local=user(HTTPS_PROXY=PROXY), settings=user(HTTPS_PROXY=PROXY, **KEY))
    told = tell(stale(given), tmp_path)
    apply(found(told, "cfg-proxy-stale").remedies[0], "cfg-proxy-stale")
    assert tell_on(stale(given), told, tmp_path).facts.all_of("HTTPS_PROXY") == ()


def test_no_remedy_is_a_way_around_security(ends: dict[str, Told]) -> None:
    """Never offered: switching verification off, deleting a folder, a script from the network."""
    forbidden = ("REJECT_UNAUTHORIZED=0", "verify=False", "rm -r", "| sh", "| bash", "curl -k", "--insecure")
    for code, end in ends.items():
        for remedy in found(end, code).remedies:
            text = "\n".join([remedy.title, *remedy.commands, *remedy.steps, *(str(e.value) for e in remedy.edits)])
            assert not [word for word in forbidden if word in text], f"{code}: {text}"


def test_paths_in_edits_are_below_the_home(ends: dict[str, Told]) -> None:
    """An edit never names a file of somebody else's."""
    for code, end in ends.items():
        for remedy in found(end, code).remedies:
            for edit in remedy.edits:
                assert os.path.commonpath([edit.path, end.home]) == str(end.home)
                assert edit.shown.startswith("~/")
