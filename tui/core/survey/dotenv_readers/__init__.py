"""How the usual readers of dotenv files read them: the same bytes, and often not the same values.

Each module re-states one reader, from its documentation and from what it was seen to do (config-editing.md §2); only
python-dotenv is called itself, because we have it. All are pure: bytes and an environment in, a :class:`Reading` out.
The environment is used for ``${NAME}`` alone. No reader runs anything.

python-dotenv 1.2.4     load_dotenv(), dotenv_values()
node dotenv 18.0.10     require("dotenv").config()
Node.js 26              node --env-file=.env
compose-go v3           env_file:, and .env beside compose.yaml
docker/cli              docker run --env-file .env
bash 5.2                set -a; . ./.env
direnv 2.37             dotenv in a .envrc
systemd 252             environment.d (and much alike, EnvironmentFile=)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tui.core.survey.dotenv_readers import (
    bash,
    compose,
    direnv,
    docker_env_file,
    environment_d,
    node_dotenv,
    node_env_file,
    python_dotenv,
)
from tui.core.survey.dotenv_readers.reading import Reading


class Reader(StrEnum):
    """The readers; the value is how people call them."""

    PYTHON = "python-dotenv"
    NODE_DOTENV = "node dotenv"
    NODE = "node --env-file"
    COMPOSE = "docker compose"
    DOCKER = "docker run --env-file"
    BASH = "a shell that sources it"
    DIRENV = "direnv"
    ENVIRONMENT_D = "systemd"


@dataclass(frozen=True, slots=True)
class Read:
    """One reader and what it makes of a file."""

    reader: Reader
    reading: Reading


_READERS: Mapping[Reader, Callable[[bytes, Mapping[str, str]], Reading]] = {
    Reader.PYTHON: python_dotenv.read,
    Reader.NODE_DOTENV: node_dotenv.read,
    Reader.NODE: node_env_file.read,
    Reader.COMPOSE: compose.read,
    Reader.DOCKER: docker_env_file.read,
    Reader.BASH: bash.read,
    Reader.DIRENV: direnv.read,
    Reader.ENVIRONMENT_D: environment_d.read,
}


def read(reader: Reader, data: bytes, environ: Mapping[str, str]) -> Reading:
    """What one reader makes of the bytes of a file. Never raises: a file that it refuses is ``rejected``."""
    return _READERS[reader](data, environ)


def read_all(data: bytes, environ: Mapping[str, str]) -> tuple[Read, ...]:
    """What every reader makes of the bytes of a file."""
    return tuple(Read(reader, read(reader, data, environ)) for reader in Reader)
