"""One case for every rule, by family."""

from __future__ import annotations

from tests.rules.cases import configuration, credentials, edges, files, gateway, network, proxy, requests, tls

CASES = (
    *configuration.CASES,
    *network.CASES,
    *proxy.CASES,
    *tls.CASES,
    *edges.CASES,
    *gateway.CASES,
    *credentials.CASES,
    *requests.CASES,
    *files.CASES,
)
BY_CODE = {case.code: case for case in CASES}
