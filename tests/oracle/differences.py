"""Where unsnarl is known to predict something else than the client does, and why that is not mended (yet).

A configuration listed here that no longer differs fails its test: its line must go.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from tests.oracle.configuration import Configuration

_URL = "Claude Code percent-encodes a blank in the path; unsnarl calls it a mistake, which is the better advice"
_ROOT = "these clients take one slash off the end, and unsnarl takes both for none"
_EMPTY = "an empty token goes out as an empty Bearer; unsnarl says that there is none, which is the better advice"
_OLD_MODEL = "2.0.77 has aliases of its own time and passes over `model` of the user settings"
_OLD_OAUTH = "2.0.77 crashes where the OAuth token comes from a settings file"
_OLD_MANAGED = "2.0.77 drops managed settings for a key of the wrong type, 2.1.330 only the key"

_KNOWN = {
    "claude-code@*: base URL '@one@/a b'": _URL,
    "python-sdk@*: base URL '@one@//'": _ROOT,
    "typescript-sdk@*: base URL '@one@//'": _ROOT,
    "claude-code@2.0.77: base URL '@one@//'": _ROOT,
    "python-sdk@0.120.0: custom headers, key": "a custom x-api-key goes out beside the key, not in place of it",
    "typescript-sdk@0.70.0: empty token": _EMPTY,
    "typescript-sdk@0.70.0: empty key and empty token": _EMPTY,
    "typescript-sdk@0.70.0: mixture 10": _EMPTY,
    "claude-code@2.0.77: empty token": _EMPTY,
    "claude-code@2.0.77: key and empty token": _EMPTY,
    "claude-code@2.0.77: token and empty token": _EMPTY,
    "claude-code@2.0.77: primary key and empty token": _EMPTY,
    "claude-code@2.0.77: empty key and empty token": _EMPTY,
    "claude-code@2.0.77: token cancelled in *": _EMPTY,
    "claude-code@2.0.77: mixture 3": _EMPTY,
    "claude-code@2.0.77: helper that prints and fails": "2.0.77 takes the key of a helper that failed",
    "claude-code@2.0.77: state with nothing in it": "2.0.77 does not start with an empty .claude.json",
    "claude-code@2.0.77: oauth token in managed": _OLD_OAUTH,
    "claude-code@2.0.77: oauth token in user": _OLD_OAUTH,
    "claude-code@2.0.77: oauth token in state": _OLD_OAUTH,
    "claude-code@2.0.77: managed with model that is a number": _OLD_MANAGED,
    "claude-code@2.0.77: managed with permissions that are text": _OLD_MANAGED,
    "claude-code@2.0.77: mixture 4": _OLD_OAUTH,
    "claude-code@2.0.77: mixture 5": _OLD_MODEL,
    "claude-code@2.0.77: mixture 7": _OLD_MODEL,
    "claude-code@2.0.77: model, alias": _OLD_MODEL,
    "claude-code@2.0.77: model, alias, with a setting": _OLD_MODEL,
    "claude-code@2.0.77: model, opus mapped only, with a setting": _OLD_MODEL,
    "claude-code@2.0.77: model, default model, with a setting": _OLD_MODEL,
    "claude-code@2.0.77: model, empty, with a setting": _OLD_MODEL,
    "claude-code@2.0.77: model setting *": _OLD_MODEL,
}


def reason(configuration: Configuration) -> str:
    """Why this configuration may differ, or an empty string."""
    return next((why for pattern, why in _KNOWN.items() if fnmatchcase(configuration.id, pattern)), "")
