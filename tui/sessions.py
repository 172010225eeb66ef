"""What a face needs of a session. The core fulfils it; a scripted session stands in for tests and pictures."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from typing import TYPE_CHECKING, Protocol

from tui.core.events import RunEvent
from tui.core.model import Change, Remedy
from tui.core.repair.model import Plan
from tui.core.request import Request

if TYPE_CHECKING:  # it needs the rules, which the first paint does not
    from tui.core.inventory import Inventory


class Outlook(Protocol):
    """What a run is going to touch, said before it does."""

    @property
    def files(self) -> tuple[tuple[str, bool], ...]:
        """Files as shown, and whether they exist."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts that will be contacted."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Whatever else a person should know first, as whole sentences."""


class Session(Protocol):
    """One person, one project, as many runs as it takes. ``request`` may be replaced between two runs."""

    request: Request

    def outlook(self) -> Outlook:
        """Say what will be read and contacted; cheap, and without network."""

    def run(self) -> AsyncGenerator[RunEvent, None]:
        """Survey, probe and judge. Closing the generator cancels everything."""

    async def inventory(self) -> Inventory:
        """Read every place anew, and say where each value comes from; sends nothing."""

    def plan(self, code: str, remedy: Remedy) -> Plan:
        """Make the masked diffs of a remedy, or raise ``Refused``."""

    def apply(self, plan: Plan) -> Change:
        """Write what was planned, or raise ``Refused``."""

    def undo(self, change_id: str | None = None) -> Change:
        """Take back the last change, or the named one, or raise ``Refused``."""

    def changes(self) -> tuple[Change, ...]:
        """All changes that the journal knows, oldest first."""

    def explain(self, code: str) -> str:
        """Return the page of a cause, in Markdown."""

    def export(self, form: str) -> str:
        """Return the redacted report so far: ``markdown``, ``json`` or ``text``."""

    def save(self, form: str) -> str:
        """Write the report and return the place as shown."""


SessionFactory = Callable[[Request], Session]
