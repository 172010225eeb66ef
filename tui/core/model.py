"""The vocabulary. Every word of the tool is defined here, and nothing here reads, sends or prints.

what is configured          Origin ── Setting ── Resolution ──┐              (places: tui.core.origin)
                            FileSeen  Login                   ├── Target     what the client would call, and how
who reads it                Client  Context ──────────────────┘
what the world answered     Ask ── Observation                               (tui.core.ask, tui.core.seen)
all of it, at one moment    Facts                                            (tui.core.facts)
what it means               Finding ── Evidence
what to do                  Remedy ── Edit | commands | steps ── Change      (what was done, and can be undone)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from tui.core.origin import Origin as Origin
from tui.core.origin import OriginKind as OriginKind
from tui.core.origin import Standing as Standing
from tui.core.secret import Secret, mask, plain
from tui.core.url import Url


class ClientName(StrEnum):
    """Who reads the settings."""

    CLAUDE_CODE = "claude-code"
    PYTHON_SDK = "python-sdk"
    TYPESCRIPT_SDK = "typescript-sdk"


@dataclass(frozen=True, slots=True)
class Client:
    """One client at one version. ``found`` is where the version was read, or empty where it is assumed."""

    name: ClientName
    version: str
    found: str = ""

    @property
    def release(self) -> tuple[int, ...]:
        """The version as numbers, for comparison: ``2.1.330`` is ``(2, 1, 330)``."""
        return tuple(int(part) for part in self.version.split(".") if part.isdigit())

    @property
    def title(self) -> str:
        """Its human name."""
        names = {"claude-code": "Claude Code", "python-sdk": "the Python SDK", "typescript-sdk": "the TypeScript SDK"}
        return names[self.name]


class Context(StrEnum):
    """How the client is started, which decides the environment it inherits."""

    TERMINAL = "terminal"
    NEW_TERMINAL = "new-terminal"
    EDITOR = "editor"
    CI = "ci"


@dataclass(frozen=True, slots=True)
class Setting:
    """One name, one value, one place. ``standing`` says why one cannot rely on it, where one cannot."""

    name: str
    value: str | Secret
    origin: Origin
    standing: Standing = Standing.SURE

    @property
    def text(self) -> str:
        """The plain value; for the wire and for comparisons, never for output."""
        return plain(self.value)

    @property
    def shown(self) -> str:
        """The value as it may be shown."""
        return mask(self.value)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which of several settings of one name is in force for a client, and by which rule.

    ``unread`` are those that do not count, each with a clause that says why. ``unknown`` is the line that decides but
    whose value only the running shell knows; nothing is in force then, as far as one can tell.
    """

    name: str
    winner: Setting | None
    shadowed: tuple[Setting, ...]
    rule: str
    unread: tuple[tuple[Setting, str], ...] = ()
    unknown: Setting | None = None

    def why_not(self, setting: Setting) -> str:
        """Why a setting is not in force, as a clause; empty for the winner."""
        if setting is self.winner:
            return ""
        unread = next((reason for one, reason in self.unread if one is setting), "")
        return unread or (f"{self.winner.origin} decides" if self.winner else "")


class FileState(StrEnum):
    """What reading a file came to."""

    OK = "ok"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_A_FILE = "not a file"
    TOO_LARGE = "too large"
    BINARY = "not text"
    INVALID = "does not parse"


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file that was looked at, read or not. ``problem`` is a sentence; ``mode`` the permission bits."""

    kind: OriginKind
    path: str
    shown: str
    state: FileState
    problem: str = ""
    line: int | None = None
    column: int | None = None
    mode: int | None = None
    repairable: bool = False
    """True where only comments, trailing commas or a byte-order mark stand between the file and strict JSON."""

    @property
    def origin(self) -> Origin:
        """The file as a place."""
        return Origin(self.kind, self.path, self.shown, self.line, self.column)


@dataclass(frozen=True, slots=True)
class Login:
    """A saved login: that it exists and when it ends (seconds since 1970), never its content."""

    origin: Origin
    expires: float | None = None


class Header(StrEnum):
    """The two headers that carry a credential."""

    API_KEY = "x-api-key"
    BEARER = "authorization"


@dataclass(frozen=True, slots=True)
class Credential:
    """A value that the client would send, the header it would use, and where the value was set."""

    name: str
    value: Secret
    header: Header
    setting: Setting | None = None


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy as the client would use it. ``variable`` set it; ``password`` is None where the URL has none."""

    scheme: str
    host: str
    port: int
    username: str = ""
    password: Secret | None = None
    variable: str = ""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Trust:
    """The certificates that a client trusts: its stores, extra files, and the client certificate it presents."""

    os_store: bool = True
    bundled: bool = True
    extra: tuple[str, ...] = ()
    verify: bool = True
    client_cert: str = ""
    client_key: str = ""
    client_passphrase: Secret | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What the client would call. ``problem`` says why ``base_url`` cannot be used, ``proxy_problem`` the same of the
    proxy; ``bypass`` names the NO_PROXY entry that sends requests past it."""

    client: Client
    base_url: str
    url: Url | None
    problem: str = ""
    proxy: Proxy | None = None
    proxy_problem: str = ""
    proxy_setting: Setting | None = None
    bypass: str = ""
    trust: Trust = Trust()
    credentials: tuple[Credential, ...] = ()
    models: tuple[tuple[str, Setting | None], ...] = ()
    headers: tuple[tuple[str, str | Secret], ...] = ()
    betas: tuple[str, ...] = ()
    api_version: str = "2023-06-01"
    onboarding: bool = False
    provider: str = ""
    helper: Setting | None = None
    login: Login | None = None

    @property
    def first_party(self) -> bool:
        """True for Anthropic's own host."""
        return self.url is not None and self.url.host == "api.anthropic.com"

    @property
    def auth(self) -> str:
        """The header kinds that would be sent, for the summary."""
        return " + ".join(c.header for c in self.credentials) or ("saved login" if self.login else "none")


class Severity(IntEnum):
    """How much a cause hurts."""

    NOTE = 0
    DEGRADING = 1
    BLOCKING = 2


class Confidence(IntEnum):
    """How sure we are: seen by comparison, seen once, or only consistent with what was seen."""

    POSSIBLE = 0
    LIKELY = 1
    PROVEN = 2


class Applicability(IntEnum):
    """Who may apply a remedy: nobody but the owner, the user after a choice, or we on a yes."""

    MANUAL = 0
    CHOICE = 1
    SAFE = 2


class EditOp(StrEnum):
    """The operations that an editor knows."""

    SET = "set"
    UNSET = "unset"
    RENAME = "rename"
    COMMENT = "comment"
    EXPORT = "export"
    TO_STRICT_JSON = "to-strict-json"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to one file. ``address`` is the variable's name, or the path of keys in a JSON file; ``kind`` is how
    the file is written, where its name does not tell (a :class:`~tui.core.repair.notation.Notation`)."""

    path: str
    shown: str
    op: EditOp
    address: tuple[str, ...] = ()
    value: str | Secret | bool | tuple[str, ...] | None = field(default=None, repr=False)
    line: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to mend a cause: edits that we apply, commands that the user runs, or steps for the thing's owner.

    ``environment`` is what the client's environment will be after it (None: unset), so that the result can be probed.
    """

    id: str
    title: str
    applicability: Applicability
    edits: tuple[Edit, ...] = ()
    commands: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    reopen: tuple[str, ...] = ()
    environment: tuple[tuple[str, str | Secret | None], ...] = ()

    @property
    def kind(self) -> str:
        """``edit``, ``command`` or ``steps``."""
        return "edit" if self.edits else "command" if self.commands else "steps"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why we believe it: a claim, what was seen (already redacted), and where."""

    claim: str
    seen: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule concluded. ``evidence`` is never empty."""

    code: str
    title: str
    explanation: str
    evidence: tuple[Evidence, ...]
    remedies: tuple[Remedy, ...] = ()
    severity: Severity = Severity.BLOCKING
    confidence: Confidence = Confidence.PROVEN

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"{self.code}: a finding needs evidence")


class Role(StrEnum):
    """What a finding is among the others."""

    ROOT = "root"
    CONSEQUENCE = "consequence"
    INDEPENDENT = "independent"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A finding with its role, and the codes of the findings that explain it."""

    finding: Finding
    role: Role
    explained_by: tuple[str, ...] = ()


class Verdict(StrEnum):
    """The answer in one word."""

    HEALTHY = "healthy"
    DEGRADED = "degraded"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Change:
    """One applied change, as the journal keeps it."""

    id: str
    path: str
    shown: str
    code: str
    when: float
    undone: bool = False
    summary: str = ""
    files: tuple[str, ...] = field(default=())
