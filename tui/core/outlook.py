"""What a run is going to touch, said before it does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tui.core import course
from tui.core.known import Knowledge
from tui.core.request import Request
from tui.core.survey import claude_settings, claude_state, dotenv, facts, survey
from tui.core.survey.reading import exists
from tui.core.survey.startup.tables import start_up_files
from tui.core.world import World


@dataclass(frozen=True, slots=True)
class Outlook:
    """Files as shown with whether they exist, hosts that will be contacted, and sentences to read first."""

    files: tuple[tuple[str, bool], ...]
    hosts: tuple[str, ...]
    notes: tuple[str, ...]


def outlook(request: Request, world: World, known: Knowledge) -> Outlook:
    """Look at the settings, and say what a check would read and contact. Sends nothing."""
    project = Path(request.project)
    paths = [path for _, path in claude_settings.paths(world, project)]
    paths += [claude_state.state_file(world), project / ".env"]
    paths += [folder / name for folder in dotenv.folders(world, project) for name in dotenv.NAMES]
    paths += [path for _, path in start_up_files(world)]
    found = survey(request, world, known)
    files = {f.shown: True for f in found.files} | {world.shown(path): exists(path) for path in paths}
    target = facts(found, request, world, known).target
    hosts: list[str] = []
    if not request.offline and course.usable(target):
        if target.proxy:
            hosts.append(f"{target.proxy.host}:{target.proxy.port} (your proxy)")
        url = course.url_of(target)
        hosts.append(f"{url.host}:{url.port}")
        if target.onboarding:
            hosts += [h for h in (u.host for u, _ in course.first_run_pages(target.client)) if h not in hosts[-1]]
    return Outlook(tuple(files.items()), tuple(dict.fromkeys(hosts)), tuple(_notes(request, known)))


def _notes(request: Request, known: Knowledge) -> list[str]:
    if request.exec_shell:
        shell = "Your login shell is started once, and its start-up files run for real."
        return [shell, *_network_notes(request, known)]
    return _network_notes(request, known)


def _network_notes(request: Request, known: Knowledge) -> list[str]:
    if request.offline:
        return ["Offline: nothing is sent."]
    notes = ["Your key is only sent to the host that your own settings send it to."]
    if request.canaries:
        names = ", ".join(known.canaries)
        notes.append(f"Only if something fails, well-known hosts are asked for comparison: {names}.")
    if request.send_message:
        notes.append("You allowed real messages: at most 1 + 64 output tokens are used.")
    else:
        notes.append("No message is sent; only free requests are made.")
    return notes
