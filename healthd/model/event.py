"""A change of state, or a line of a log."""

from dataclasses import dataclass, field
from datetime import datetime

from healthd.model.interval import utc

SEVERITIES = ("emergency", "alert", "critical", "error", "warning", "notice", "information", "debug")
"""The words of severity 0 to 7 (RFC 5424, section 6.2.1)."""
REMEMBERED = frozenset({"cli", "clog"})
"""Ways on which a line comes because somebody asked for it, some time after it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at a device.

    *received* is our clock and always there; *at* is the device's own time,
    None when it gave none. *source* is udp, tcp, tls, cli, clog, trap or poll.
    *kind* is the event class of the catalogue (``psu.failed``, ``device.down``,
    ``device.reboot``, ``config.changed``). *before* and *after* are the words
    of the state that changed. *raw* is what came over the wire.
    """

    device: str
    received: datetime
    kind: str
    source: str
    at: datetime | None = None
    item: str = ""
    severity: int | None = None
    before: str = ""
    after: str = ""
    text: str = ""
    address: str = ""
    hostname: str = ""
    facility: str = ""
    mnemonic: str = ""
    location: str = ""
    sequence: int | None = None
    variables: tuple[tuple[str, str], ...] = ()
    raw: bytes = field(default=b"", repr=False)

    @property
    def is_line(self) -> bool:
        """Is it a line of the device's own log? What a poll or a trap of another kind noticed is in the stream, but is none."""
        return bool(self.facility and self.mnemonic and self.source != "poll" and self.severity is not None and 0 <= self.severity <= 7)

    @property
    def happened(self) -> datetime:
        """When it was, as near as is known: what a device was asked for is as old as it says, everything else was told when it was new.

        Nothing has happened after it was heard of, whatever a fast clock says.
        """
        return min(self.at, self.received) if self.at and self.source in REMEMBERED else self.received

    @property
    def message(self) -> str:
        """Which message of its system it is, as FACILITY-MNEMONIC: the severity of the same message may be set by an administrator."""
        return f"{self.facility}-{self.mnemonic}"

    def __post_init__(self) -> None:
        object.__setattr__(self, "received", utc(self.received))
        if self.at is not None:
            object.__setattr__(self, "at", utc(self.at))
