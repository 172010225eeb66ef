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
    missing = [name for name in ("node", "npm", "unshare", "ip") if shutil.which(name) is None]
    if missing:
        sys.exit(f"The oracle needs {', '.join(missing)}.")
    if subprocess.run([*ENCLOSURE, "true"], check=False).returncode:
        sys.exit("The oracle needs Linux namespaces, and this machine does not grant them: nothing was compared.")
    clients.install_all()
    tests = Path(__file__).with_name("comparison.py")
    inside = ("sh", "-c", 'ip link set lo up && exec "$@"', "sh")
    pytest = (sys.executable, "-m", "pytest", os.fspath(tests), *sys.argv[1:])
    os.execvp(ENCLOSURE[0], (*ENCLOSURE, *inside, *pytest))


if __name__ == "__main__":
    main()
