"""What the logs of the weeks before a day said, as numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Counts = Mapping[tuple[str, int], int]
"""Lines by message (FACILITY-MNEMONIC) and severity (0 emergency … 7 debugging)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """The days before a day, oldest first, and which messages each device has logged on them.

    A day of which no line at all is kept is None: nobody listened, or nothing
    reached us, and that is not a day without trouble.
    """

    days: tuple[Counts | None, ...] = ()
    seen: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def known(self) -> tuple[Counts, ...]:
        """The days of which lines are kept."""
        return tuple(day for day in self.days if day is not None)
