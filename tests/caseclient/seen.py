"""What the tests of desks look at, whichever desk it is."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from healthd.caseclient.backend import Backend, Means


@dataclass
class Seen:
    """A case as its desk shows it to people."""

    id: str
    title: str
    text: str
    is_open: bool
    notes: list[str] = field(default_factory=list)
    visible: list[bool] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)


class Place(Protocol):
    """Somewhere that a desk is."""

    def desk(self, means: Means, **more: Any) -> Backend: ...

    def one(self, id_: str) -> Seen: ...

    def says(self, id_: str, text: str, now: datetime) -> None:
        """Let the engineer zhang write *text*."""

    def closes(self, id_: str, now: datetime) -> None:
        """Let the engineer zhang close the case."""

    def deletes(self, id_: str) -> None:
        """Let the engineer zhang delete the case."""
