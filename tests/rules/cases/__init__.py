"""One case for every rule, by family."""

from __future__ import annotations

from tests.rules.cases import (
    configuration,
    credentials,
    dotenv,
    edges,
    files,
    gateway,
    kinds,
    network,
    proxy,
    requests,
    startup,
    tls,
)

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
    *kinds.CASES,
    *dotenv.CASES,
    *startup.CASES,
)
BY_CODE = {case.code: case for case in CASES}
