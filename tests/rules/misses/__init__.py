"""What a cause is easily mistaken for: its case with one thing seen differently is another cause."""

from __future__ import annotations

from tests.rules.misses import account, configuration, dotenv, edges, gateway, kinds, network, proxy, startup, tls

MISSES = (
    *configuration.MISSES,
    *network.MISSES,
    *proxy.MISSES,
    *tls.MISSES,
    *edges.MISSES,
    *gateway.MISSES,
    *account.MISSES,
    *kinds.MISSES,
    *dotenv.MISSES,
    *startup.MISSES,
)
