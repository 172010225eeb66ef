"""What the start-up files of the user's shell say, read as that shell reads them; nothing is run.

tables     which files, in which order                 walk       through one file and what it reads in
scope      the variables meanwhile                     branches   which blocks are run, decided by looking
ledger     every line, and what it is worth            conditions, expansion, …_words   what words come to
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tui.core.known import Knowledge
from tui.core.model import FileSeen, Origin, OriginKind, Setting, Standing
from tui.core.survey.environment import setting
from tui.core.survey.reading import exists, read
from tui.core.survey.startup import fish_universal
from tui.core.survey.startup.ledger import Ledger
from tui.core.survey.startup.scope import Scope, Variable
from tui.core.survey.startup.tables import Start, new_terminal, own_file, session_of, slots, start_up_files
from tui.core.survey.startup.walk import Walk
from tui.core.world import World

_OPEN = (Standing.DYNAMIC, Standing.CONDITIONAL, Standing.FUNCTION, Standing.NOT_MET)
"""Lines that may have set what the shell really gave."""


@dataclass(frozen=True, slots=True)
class Startup:
    """What the starts that lead to a new terminal come to.

    ``settings`` are all lines about names that clients read, in the order of reading; ``variables`` what programs get
    in the end; ``doubts`` name lines that may or may not change that.
    """

    starts: tuple[Start, ...]
    files: tuple[FileSeen, ...]
    settings: tuple[Setting, ...]
    variables: Mapping[str, Variable] = field(repr=False)
    doubts: Mapping[str, Setting] = field(default_factory=dict)
    own: Path | None = None
    """The file of the user's to which a variable belongs."""
    differs: tuple[tuple[str, Setting | None, str], ...] = field(default=(), repr=False)
    """Where the shell was really started: names for which it gave something else than its files say."""

    @property
    def winners(self) -> tuple[Setting, ...]:
        """The lines whose values programs get."""
        return tuple(v.setting for v in self.variables.values() if v.setting is not None)


def as_it_ran(found: Startup, real: Mapping[str, str], known: Knowledge, session: Mapping[str, str]) -> Startup:
    """The same start with what the real shell gave, and where that differs from what the files say."""
    variables = dict(found.variables)
    settings = list(found.settings)
    differs: list[tuple[str, Setting | None, str]] = []
    for name in known.variables:
        before = variables.get(name)
        if name not in real:
            if variables.pop(name, None) is not None and before is not None:
                differs.append((name, before.setting, "the shell does not give it to programs"))
            continue
        if before is not None and before.text == real[name]:
            continue
        line = before.setting if before else None
        if line is None:
            line = next((s for s in reversed(settings) if s.name == name and s.standing in _OPEN), None)
        place = line.origin if line else Origin(OriginKind.SHELL, None, f"the start-up of {found.starts[-1].shell}")
        made = setting(known, name, real[name], place)
        if line is not None and line.standing is Standing.DYNAMIC:
            made = replace(made, standing=Standing.COMPUTED)
        if line is not None and line in settings:
            settings[settings.index(line)] = made
        else:
            settings.append(made)
        variables[name] = Variable(real[name], True, made if session.get(name) != real[name] else None)
        if before is None or before.text is not None:
            differs.append((name, line, "the shell gives it another value" if before else "the shell sets it"))
    return replace(found, settings=tuple(settings), variables=variables, doubts={}, differs=tuple(differs))


def survey(world: World, known: Knowledge, session: Mapping[str, str]) -> Startup:
    """Read the files of a new terminal. ``session`` is what the login session gives to every program."""
    starts = new_terminal(world)
    given = {"PATH": world.environ.get("PATH", ""), **session_of(world), **session}
    base = {name: Variable(text, True) for name, text in given.items()}
    files: list[FileSeen] = []
    ledger = Ledger()
    universals: dict[str, Variable] = {}
    if starts[-1].shell == "fish":
        files, lines, universals = fish_universal.survey(world, known)
        for line in lines:
            ledger.add(line)
    environment: Mapping[str, Variable] = base
    own = None
    for start in starts:
        walk = read_start(world, known, start, environment, ledger, universals)
        files += walk.files
        environment = walk.scope.environment
        own = own_file(world, starts, [f.path for f in files], walk.scope)
    settings = [*ledger.settings, *_not_loaded(world, known, {f.path for f in files})]
    return Startup(starts, tuple(dict.fromkeys(files)), tuple(settings), environment, ledger.doubts, own)


def read_start(
    world: World,
    known: Knowledge,
    start: Start,
    variables: Mapping[str, Variable],
    ledger: Ledger,
    universals: Mapping[str, Variable],
) -> Walk:
    """Go through the files of one start, beginning with these variables; ``ledger`` is that of the start before."""
    walk = _walk(world, known, start, variables, known.variables, ledger)
    walk.scope.universals.update(universals)
    for group in slots(world, walk.scope):
        for path in group:
            if exists(path):
                if path.parent.name != "profile.d" or str(path) not in {f.path for f in walk.files}:
                    walk.file(path)  # /etc/profile reads in what is beside it, and most often says so
                break
        if walk.ended:
            break
    walk.finish()
    return walk


def read_one(world: World, known: Knowledge, shell: str, path: Path, every: bool = False) -> Walk:
    """Go through one file alone, as an interactive shell would."""
    start = Start(shell, False, True)
    home = {"HOME": Variable(str(world.home), True)}
    walk = _walk(world, known, start, home, _Every() if every else known.variables)
    walk.file(path)
    walk.finish()
    return walk


class _Every:
    """All names."""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str)


def _walk(
    world: World,
    known: Knowledge,
    start: Start,
    variables: Mapping[str, Variable],
    names: Container[str],
    ledger: Ledger | None = None,
) -> Walk:
    scope = Scope(start.shell, start.login, start.interactive, dict(variables))
    for name in ledger.doubts if ledger else ():
        scope.doubt(name)
    scope.loose |= {name for name, variable in variables.items() if variable.text is None}

    def text(path: Path) -> tuple[FileSeen, str | None]:
        seen, data = read(world, OriginKind.SHELL, path)
        return seen, None if data is None else data.decode("utf-8", "replace")

    def place(path: str) -> Path:
        return Path(path) if Path(path).is_relative_to(world.home) else world.system(path.lstrip("/"))

    def make(name: str, value: str, origin: Origin) -> Setting:
        return setting(known, name, value, origin)

    return Walk(scope, text, place, names, make, ledger)


def _not_loaded(world: World, known: Knowledge, loaded: set[str]) -> list[Setting]:
    """The lines of start-up files that no start here reads."""
    found: list[Setting] = []
    for shell, path in start_up_files(world):
        if str(path) not in loaded and exists(path):
            lines = read_one(world, known, shell, path).ledger.settings
            found += [replace(s, standing=Standing.NOT_LOADED) for s in lines if s.standing is not Standing.UNSET_LATER]
    return found
