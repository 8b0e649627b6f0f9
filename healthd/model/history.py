"""The past, as rules and report sections read it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from healthd.model.availability import Span
from healthd.model.device import Device
from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.model.poll import Poll, Series

if TYPE_CHECKING:
    from healthd.model.columns import Columns

MEMORY = timedelta(days=7)
"""How long before the window's end a state is remembered: for a week a loss is a loss, after it the new state is what is usual."""


class History(Protocol):
    """What is known of a customer's devices during ``window``; ``window.end`` is the present.

    It never holds more than one customer's devices. Nothing here writes.
    """

    @property
    def window(self) -> Interval:
        """The time looked at."""

    @property
    def devices(self) -> Sequence[Device]:
        """The customer's devices, sorted by name."""

    def poll(self, device: str) -> Poll | None:
        """Return the newest full poll that *device* answered at or before the window's end."""

    def heard(self, device: str) -> datetime | None:
        """Return when *device* last answered anything at or before the window's end."""

    def told(self, device: str) -> datetime | None:
        """Return when *device* last told its values, which is more than to answer a ping, at or before the window's end."""

    def series(self, metric: str) -> Iterable[Series]:
        """Yield each item's values of *metric* inside the window, sorted by device and item.

        States are words. A metric that was read only in a full poll has few values.
        """

    def columns(self, metric: str) -> "Iterable[Columns]":
        """Yield the same for a metric of numbers, many items at once: what was read of a device at the same times is together."""

    def words(self, metric: str, device: str, item: str) -> frozenset[str]:
        """Return the words that a state has had, inside the window and in the full polls of MEMORY before its end."""

    def missing(self, metric: str) -> Iterable[Series]:
        """Yield the items of a state that full polls of MEMORY had and the newest has not, each with its last word."""

    def spans(self, device: str) -> Sequence[Span]:
        """Return the states of *device* over the whole window: sorted, without gaps, reclassification applied."""

    def events(self, device: str, kinds: Collection[str] = ()) -> Sequence[Event]:
        """Return what happened at *device* inside the window, oldest first: everything, or the newest of *kinds*, which costs far less."""
