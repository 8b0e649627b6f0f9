"""Whom a listener hands messages to, and what it counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from healthd.model.received import Received

Sink = Callable[[Sequence[Received]], None]
"""Takes a batch at once; it must be quick (put it into a queue) and must not raise."""


@dataclass(slots=True)
class Counts:
    """What became of every message that reached a listener: ``arrived == handed_on + suppressed + refused``.

    *lost* were dropped by the kernel before we could read them (our socket's
    buffer was full); they are not part of *arrived*.
    """

    arrived: int = 0
    handed_on: int = 0
    suppressed: int = 0
    refused: int = 0
    lost: int = 0
    connections: int = 0
    turned_away: int = 0
    suppressed_by: dict[str, int] = field(default_factory=dict)

    def suppress(self, address: str, number: int = 1) -> None:
        """Count messages that a source sent above its rate."""
        self.suppressed += number
        self.suppressed_by[address] = self.suppressed_by.get(address, 0) + number
