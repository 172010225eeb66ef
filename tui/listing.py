"""``settings``: every place that sets a value, and who gets which. Loads no probe and no rule."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tui.core import knowledge
from tui.core.known import Knowledge
from tui.core.machine import machine_key
from tui.core.report import commands, provenance, provenance_text
from tui.core.request import Request
from tui.core.secret import use_machine_key
from tui.core.survey import Survey, one_file, survey
from tui.core.survey.everyone import who_wins
from tui.core.world import World, this_world


def settings(options: argparse.Namespace, request: Request) -> int:
    """Print every setting, its place, and who gets which."""
    world, known = this_world(), knowledge.load()
    use_machine_key(machine_key(world))
    if options.file:
        return settings_of_file(options, world)
    found = look(request, world, known)
    chosen = set(options.names)
    if options.export:
        winners = [r.winner for name, r in found.resolutions.items() if r.winner and (not chosen or name in chosen)]
        sys.stdout.write(commands.render(winners, options.export, options.reveal))
        return 0
    traced = provenance.trace(found.settings, who_wins(found, known, request), options.names)
    if options.json:
        made = provenance.document(traced, found.client, request.context, options.reveal)
        print(json.dumps(made, ensure_ascii=False, indent=2))
    else:
        sys.stdout.write(provenance_text.render(traced, found.client, request.context, options.reveal))
    return 0


def settings_of_file(options: argparse.Namespace, world: World) -> int:
    """Print all that one file sets."""
    found, problem = one_file.read(world, knowledge.load(), Path(options.file))
    if problem:
        print(problem, file=sys.stderr)
    found = [s for s in found if not options.names or s.name in options.names]
    if options.json:
        made = [provenance.setting_document(s, None, n, None, options.reveal) for n, s in enumerate(found)]
        print(json.dumps({"schema": provenance.SCHEMA, "settings": made}, ensure_ascii=False, indent=2))
        return 0
    for setting in found:
        why = f"; {setting.standing}" if setting.standing else ""
        print(f"{setting.name} = {provenance_text.text_of(setting, options.reveal)}\n    {setting.origin}{why}")
    if not found:
        print("No setting was found.")
    return 0


def look(request: Request, world: World, known: Knowledge) -> Survey:
    """Read every place; the user's shell is really started only where the user allowed it."""
    if not request.exec_shell:
        return survey(request, world, known)
    import asyncio

    from tui.core.survey.with_shell import survey_with_shell

    return asyncio.run(survey_with_shell(request, world, known))
