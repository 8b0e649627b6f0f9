"""The past, as rules and report sections read it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from healthd.model.availability import Span
from healthd.model.device import Device
from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.model.poll import Poll, Series


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

    def series(self, metric: str) -> Iterable[Series]:
        """Yield each item's values of *metric* inside the window, sorted by device and item.

        States are words. A metric that was read only in a full poll has few values.
        """

    def spans(self, device: str) -> Sequence[Span]:
        """Return the states of *device* over the whole window: sorted, without gaps, reclassification applied."""

    def events(self, device: str) -> Sequence[Event]:
        """Return what happened at *device* inside the window, oldest first."""
