from __future__ import annotations

import pytest

from tui.core.repair.notation import Notation, guess


@pytest.mark.parametrize(
    ("path", "notation"),
    [
        (".env", Notation.DOTENV),
        ("/p/.env.local", Notation.DOTENV),
        ("prod.env", Notation.DOTENV),
        ("/h/.claude/settings.local.json", Notation.JSON),
        ("/h/.claude.json", Notation.JSON),
        ("x.jsonc", Notation.JSONC),
        ("/h/.bashrc", Notation.BASH),
        ("/h/.profile", Notation.BASH),
        ("/h/.zshenv", Notation.ZSH),
        ("/h/.config/fish/config.fish", Notation.FISH),
        ("C:\\Users\\a\\Documents\\PowerShell\\profile.ps1", Notation.POWERSHELL),
        ("/p/.envrc", Notation.ENVRC),
        ("/h/.config/environment.d/10-proxy.conf", Notation.ENVIRONMENT_D),
    ],
)
def test_the_name_of_a_file_tells_its_notation(path: str, notation: Notation) -> None:
    assert guess(path) is notation


@pytest.mark.parametrize("path", ["", "/", "nginx.conf", "/h/.npmrc", "environment.d", "envrc"])
def test_other_names_tell_nothing(path: str) -> None:
    assert guess(path) is None
