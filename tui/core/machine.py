"""What this machine keeps for itself: the key of the fingerprints by which secrets can be compared."""

from __future__ import annotations

import os

from tui.core.world import World

_KEY_BYTES = 16


def machine_key(world: World) -> bytes:
    """The key of this machine's fingerprints, made on first use (0600 in the state folder)."""
    path = world.state / "fingerprint.key"
    try:
        kept = path.read_bytes()[:32]
        if len(kept) >= _KEY_BYTES:  # one that was cut short would make fingerprints that anybody can look up
            return kept
    except OSError:
        pass
    key = os.urandom(_KEY_BYTES)
    try:
        world.state.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
    except OSError:
        pass  # without a place to keep it, the key lives for this run
    return key
