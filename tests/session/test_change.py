"""Plan, apply, look again, take back: on real files of a made-up home, with the lab as the judge."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from tests.lab.canary import Canary
from tests.lab.certificates import Pki
from tests.session.machine import KNOWN, NOW, Machine, run
from tests.session.scene import Scene
from tui.core.events import RunFinished
from tui.core.machine import machine_key
from tui.core.model import Applicability, Finding, Remedy, Role, Verdict
from tui.core.repair.model import Refused
from tui.core.report import formats
from tui.core.session import Session


def root(finished: RunFinished) -> Finding:
    """The finding that is the root cause."""
    return next(r.finding for r in finished.ranked if r.role is Role.ROOT)


def safe(finding: Finding) -> Remedy:
    """The first remedy that may be applied on a yes."""
    return next(r for r in finding.remedies if r.edits and r.applicability is Applicability.SAFE)


async def gateway_in(scene: Scene, place: str, client: str) -> tuple[Session, Path]:
    """A gateway whose URL ends in /v1 where the configuration has it."""
    await scene.gateway("ok", "litellm")
    url = scene.environ.pop("ANTHROPIC_BASE_URL") + "/v1"
    if place == ".env":
        file = scene.machine.write("project/.env", f"# mine\nANTHROPIC_BASE_URL={url}   # the gateway\nOTHER='x'\n")
    else:
        file = scene.machine.write(place, {"theme": "dark", "env": {"ANTHROPIC_BASE_URL": url, "X": "1"}})
    return scene.machine.session(client, detours=tuple(scene.detours)), file


@pytest.mark.parametrize(
    ("place", "client"),
    [
        (".env", "python-sdk@0.120.0"),
        (".claude/settings.json", "claude-code@2.1.330"),
        ("project/.claude/settings.local.json", "claude-code@2.1.330"),
        (".claude.json", "claude-code@2.1.330"),
    ],
)
async def test_fix_prove_undo(place: str, client: str, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        session, file = await gateway_in(scene, place, client)
        if place == ".claude.json":
            file.write_text(file.read_text().replace('"theme"', '"hasCompletedOnboarding": true, "theme"'))
        before, mode = file.read_bytes(), stat.S_IMODE(file.stat().st_mode)
        finished = await run(session)
        assert finished.root_cause == "cfg-base-url-path"
        plan = session.plan("cfg-base-url-path", safe(root(finished)))
        assert file.read_bytes() == before  # planning writes nothing
        assert "/v1" in plan.diff
        change = session.apply(plan)
        assert file.read_bytes() == before.replace(b"/v1", b"", 1)
        assert stat.S_IMODE(file.stat().st_mode) == mode
        proof = await run(session)
        assert (proof.verdict, proof.root_cause) == (Verdict.HEALTHY, None)
        assert [c.id for c in proof.changes] == [change.id]
        assert session.undo().undone
        assert file.read_bytes() == before
        assert (await run(session)).root_cause == "cfg-base-url-path"
        assert not session.redo().undone
        assert (await run(session)).verdict is Verdict.HEALTHY


async def test_undo_in_another_session(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        session, file = await gateway_in(scene, ".claude/settings.json", "claude-code@2.1.330")
        before = file.read_bytes()
        change = session.apply(session.plan("cfg-base-url-path", safe(root(await run(session)))))
    fresh = scene.machine.session()
    assert [c.id for c in fresh.changes()] == [change.id]
    assert fresh.recover() == ()
    fresh.undo(change.id)
    assert file.read_bytes() == before
    with pytest.raises(Refused):
        fresh.undo(change.id)
    with pytest.raises(Refused):
        fresh.undo("no-such-id")


async def test_stacked_faults_are_mended_one_after_the_other(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    """The base URL ends in /v1, and the key carries quotation marks: two fixes, then it works."""
    async with Scene(tmp_path, pki, canary) as scene:
        await scene.gateway("ok", "litellm")
        url = scene.environ.pop("ANTHROPIC_BASE_URL") + "/v1"
        del scene.environ["ANTHROPIC_API_KEY"]
        key = '"\\"' + canary.api_key + '\\""'
        scene.machine.write("project/.env", f"ANTHROPIC_BASE_URL={url}\nANTHROPIC_API_KEY={key}\n")
        session = scene.machine.session("python-sdk@0.120.0", detours=tuple(scene.detours))
        causes: list[str] = []
        finished = await run(session)
        while finished.root_cause is not None and len(causes) < 4:
            causes.append(finished.root_cause)
            plan = session.plan(finished.root_cause, safe(root(finished)))
            canary.assert_clean(plan.diff + repr(plan.remedy))
            session.apply(plan)
            finished = await run(session)
        assert sorted(causes) == ["cfg-base-url-path", "cfg-credential-malformed"]
        assert finished.verdict is Verdict.HEALTHY
        assert len(finished.changes) == 2
        document = session.document()
        assert [c["code"] for c in document["changes"]] == causes


async def test_file_changed_since_the_preview_is_left_alone(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        session, file = await gateway_in(scene, ".claude/settings.json", "claude-code@2.1.330")
        plan = session.plan("cfg-base-url-path", safe(root(await run(session))))
        file.write_text(file.read_text() + "\n")
        edited = file.read_bytes()
        with pytest.raises(Refused, match="changed since"):
            session.apply(plan)
        assert file.read_bytes() == edited
        assert session.applied == []


async def test_state_file_is_not_touched_while_claude_runs(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        session, _ = await gateway_in(scene, ".claude.json", "claude-code@2.1.330")
        scene.machine.write(
            ".claude.json",
            {"hasCompletedOnboarding": True, "env": {"ANTHROPIC_BASE_URL": "http://gw.corp.test/v1"}},
        )
        finished = await run(session)
        session.world = replace(session.world, processes=lambda: ("process 4711",))
        with pytest.raises(Refused, match="process 4711") as refusal:
            session.plan("cfg-base-url-path", safe(root(finished)))
        assert refusal.value.reason == "client-running"


async def test_inherited_value_is_proven_beforehand(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    """Nobody can change the terminal's environment from here: the command is shown, and its effect is tried."""
    async with Scene(tmp_path, pki, canary) as scene:
        await scene.gateway("ok", "litellm")
        scene.environ["ANTHROPIC_BASE_URL"] += "/v1"
        session = scene.machine.session(detours=tuple(scene.detours))
        finding = root(await run(session))
        remedy = next(r for r in finding.remedies if r.commands)
        assert remedy.commands[0] == "export ANTHROPIC_BASE_URL=http://gw.corp.test"
        proof = await run(session.with_environment(remedy))
        assert proof.verdict is Verdict.HEALTHY
        assert session.world.environ["ANTHROPIC_BASE_URL"].endswith("/v1")


def test_with_environment_sets_and_unsets(tmp_path: Path) -> None:
    from tui.core.secret import Secret

    session = Machine(tmp_path, {"A": "1", "B": "2"}).session()
    remedy = Remedy(
        "r", "t", Applicability.MANUAL, environment=(("A", None), ("B", Secret("3")), ("C", "4"), ("D", None))
    )
    assert dict(session.with_environment(remedy).world.environ) == {"B": "3", "C": "4"}
    assert dict(session.world.environ) == {"A": "1", "B": "2"}


async def broken_session(scene: Scene) -> Session:
    """A session whose run has ended with a cause."""
    session, _ = await gateway_in(scene, ".claude/settings.json", "claude-code@2.1.330")
    await run(session)
    return session


async def test_export_in_every_format(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        session = await broken_session(scene)
    for form in formats.SUFFIXES:
        assert "cfg-base-url-path" in session.export(form)
        canary.assert_clean(session.export(form))
    with pytest.raises(KeyError):
        session.export("yaml")
    (found,) = [f for f in session.document()["findings"] if f["role"] == "root"]
    assert any(r["diff"] and "-" in r["diff"] for r in found["remedies"])


async def test_reports_are_for_their_owner_only_and_overwrite_nothing(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        scene.machine.now = NOW
        session = await broken_session(scene)
    shown = session.save("markdown")
    assert shown == "~/project/unsnarl-20261125-094640.md"
    file = scene.machine.project / shown.rpartition("/")[2]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    first = file.read_bytes()
    assert session.save("markdown") == "~/.local/state/unsnarl/unsnarl-20261125-094640.md"
    assert file.read_bytes() == first
    with pytest.raises(Refused, match="anywhere"):
        session.save("markdown")


async def test_report_goes_to_the_state_folder_where_the_project_is_gone(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    session = machine.session(offline=True)
    await run(session)
    session.request = replace(session.request, project=str(machine.write("file", "x") / "below"))
    assert session.save("json").startswith("~/.local/state/unsnarl/unsnarl-")


def test_key_of_the_machine_is_made_once_and_kept(tmp_path: Path) -> None:
    world = Machine(tmp_path).world
    key = machine_key(world)
    file = world.state / "fingerprint.key"
    assert len(key) >= 16
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(world.state.stat().st_mode) == 0o700
    assert machine_key(world) == key


@pytest.mark.parametrize("content", [b"", b"short"])
def test_key_that_was_cut_short_is_not_used(content: bytes, tmp_path: Path) -> None:
    world = Machine(tmp_path).world
    world.state.mkdir(parents=True)
    (world.state / "fingerprint.key").write_bytes(content)
    assert len(machine_key(world)) >= 16


def test_no_place_for_the_key_is_no_crash(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.state.parent.mkdir(parents=True)
    machine.state.write_text("a file where the folder should be")
    assert len(machine_key(machine.world)) >= 16


def test_equal_secrets_have_equal_fingerprints_on_one_machine_only(tmp_path: Path) -> None:
    prints = []
    for number in (1, 1, 2):
        session = Machine(tmp_path / str(number), {"ANTHROPIC_API_KEY": "sk-ant-the-same-key-here"}).session()
        assert session.known is KNOWN
        prints.append(session.outlook() and _print(session))
    assert prints[0] == prints[1] != prints[2]


def _print(session: Session) -> str:
    from tui.core.secret import Secret

    return Secret("sk-ant-the-same-key-here").fingerprint()


async def test_recover_after_a_kill(tmp_path: Path, pki: Pki, canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between the journal's note and the file: the next session settles it, and says so."""
    from tui.core.repair import recovery

    async with Scene(tmp_path, pki, canary) as scene:
        session, file = await gateway_in(scene, ".claude/settings.json", "claude-code@2.1.330")
        plan = session.plan("cfg-base-url-path", safe(root(await run(session))))
    before = file.read_bytes()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(recovery, "move_all", killed)
        patch.setattr(recovery, "move_back", killed)
        with pytest.raises(KeyboardInterrupt):
            session.apply(plan)
    fresh = scene.machine.session()
    (sentence,) = fresh.recover()
    assert sentence
    assert fresh.recover() == ()
    assert file.read_bytes() in (before, before.replace(b"/v1", b"", 1))
    canary.assert_clean(sentence)


def test_delete_backups(tmp_path: Path) -> None:
    assert Machine(tmp_path).session().delete_backups() == 0


def test_pages_of_causes(tmp_path: Path) -> None:
    from tui.core.rules import BY_CODE

    session = Machine(tmp_path).session()
    for code in BY_CODE:
        page = session.explain(code)
        assert page.startswith("# ")
        assert f"`{code}`" in page
        for part in ("## What it means", "## Why we believe it", "## How to fix", "## Fix safety"):
            assert part in page
    with pytest.raises(KeyError):
        session.explain("no-such-cause")
