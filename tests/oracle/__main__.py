"""``make oracle``: install the clients, enter namespaces without a network, compare there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.oracle import clients

ENCLOSURE = ("unshare", "--user", "--map-root-user", "--net", "--mount", "--")
"""New user, network and mount namespaces: only loopback, and an /etc of our own, also without being root."""


def main() -> None:
    """Replace this process by pytest inside the enclosure; arguments go to pytest."""
    problem = hindrance()
    if problem:
        # With ORACLE_OPTIONAL a machine that cannot compare says so and goes on; a difference is a failure everywhere.
        print(f"The oracle was not asked: {problem}", file=sys.stderr)
        sys.exit(0 if os.environ.get("ORACLE_OPTIONAL") else 1)
    tests = Path(__file__).with_name("comparison.py")
    inside = ("sh", "-c", 'ip link set lo up && exec "$@"', "sh")
    pytest = (sys.executable, "-m", "pytest", os.fspath(tests), *sys.argv[1:])
    os.execvp(ENCLOSURE[0], (*ENCLOSURE, *inside, *pytest))


def hindrance() -> str:
    """Make everything ready; return what stands in the way, or nothing."""
    missing = [name for name in ("node", "npm", "unshare", "ip") if shutil.which(name) is None]
    if missing:
        return f"it needs {', '.join(missing)}."
    if subprocess.run([*ENCLOSURE, "true"], check=False, capture_output=True).returncode:
        return "it needs Linux namespaces, and this machine does not grant them."
    try:
        clients.install_all()
    except (OSError, subprocess.CalledProcessError) as error:
        return f"the clients could not be installed ({error})."
    return ""


if __name__ == "__main__":
    main()
