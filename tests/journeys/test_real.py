"""The wizard on the real core, against the API double: no script between them."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from tests.lab.double import ApiDouble
from tests.lab.routes import KEY
from tui.app import Wizard
from tui.core.request import Request
from tui.core.session import Session
from tui.core.world import this_world


async def test_a_base_url_with_v1_in_settings_is_mended_proven_and_taken_back(home: Path, project: Path) -> None:
    async with ApiDouble() as double:
        settings = home / ".claude" / "settings.json"
        settings.parent.mkdir()
        env = {"ANTHROPIC_BASE_URL": f"{double.url}/v1", "ANTHROPIC_API_KEY": KEY}
        settings.write_text(json.dumps({"env": env}, indent=2) + "\n", encoding="utf-8")
        (home / ".claude.json").write_text('{"hasCompletedOnboarding": true}', encoding="utf-8")
        before = settings.read_bytes()
        app = Wizard(lambda wanted: Session(wanted, this_world()), Request(project=str(project), canaries=False))
        screens = []
        async with app.run_test(size=(80, 24)) as pilot:
            awaited = {
                "": double.url.removeprefix("http://"),
                "start": "cfg-base-url-path",
                "remedy": f'- 3      "ANTHROPIC_BASE_URL": "{double.url}/v1",',
                "y": "It works now.",
                "u": "The change was taken back.",
            }
            for key, text in awaited.items():
                if key:
                    await pilot.press({"start": "enter", "remedy": "enter"}.get(key, key))
                shown = ""
                for _ in range(1000):
                    await pilot.pause()
                    strips = app.screen._compositor.render_strips()
                    shown = "\n".join("".join(s.text for s in strip).rstrip() for strip in strips)
                    if text in shown:
                        break
                    await asyncio.sleep(0.01)  # real sockets and files; there is nothing else to wait for
                assert text in shown
                screens.append(shown)
                if key == "y":
                    assert json.loads(settings.read_bytes())["env"]["ANTHROPIC_BASE_URL"] == double.url
        assert settings.read_bytes() == before
        assert KEY not in "".join(screens)
