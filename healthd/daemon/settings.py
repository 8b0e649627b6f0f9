"""What the daemon is told in ``healthd.toml``: how often it asks, where it listens, what it keeps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import time
from pathlib import Path

_PLACE = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[^:\[\]]*):(?P<port>\d{1,5})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often a customer's devices are asked: seconds between pings and sweeps, and the local time of the daily full poll."""

    ping_s: float = 60.0
    sweep_s: float = 300.0
    poll_at: str = "02:30"

    def __post_init__(self) -> None:
        if not (5 <= self.ping_s <= 3600 and 10 <= self.sweep_s <= 86_400):
            raise ValueError("ping_s is 5 to 3600, sweep_s 10 to 86400")
        time.fromisoformat(self.poll_at)

    @property
    def poll_time(self) -> time:
        """The local time of the daily full poll."""
        return time.fromisoformat(self.poll_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Table ``[daemon]``; ``[daemon.customers.CODE]`` holds what differs for one customer."""

    ping_s: float = 60.0
    sweep_s: float = 300.0
    poll_at: str = "02:30"
    log_s: float = 900.0
    width: int = 100
    misses: int = 3
    http: str = "127.0.0.1:9110"
    reports: Path = Path("reports")
    event_days: int = 90
    outbox_days: int = 90
    strays: int = 100_000
    customers: dict[str, dict[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pace("")
        for code in self.customers:
            self.pace(code)
        if self.http:
            place(self.http)
        if self.log_s < 60:
            raise ValueError("log_s is at least 60")
        if min(self.width, self.misses, self.event_days, self.outbox_days) < 1 or self.strays < 0:
            raise ValueError("width, misses, event_days and outbox_days are at least 1, strays at least 0")

    def pace(self, customer: str) -> Pace:
        """Return how often the devices of *customer* are asked."""
        common = Pace(ping_s=self.ping_s, sweep_s=self.sweep_s, poll_at=self.poll_at)
        own: Mapping[str, float] = self.customers.get(customer, {})
        known = {each.name for each in fields(Pace)} - {"poll_at"}
        if wrong := sorted(set(own) - known):
            raise ValueError(f"customers.{customer}: found {wrong[0]!r}; allowed: {', '.join(sorted(known))}")
        return replace(common, **own)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """Table ``[listen]``: where logs and notifications are received, as ``host:port``; empty text listens not at all.

    *rate* and *burst* bound the messages of one sender, a second and at once.
    *owners* names the customer whose devices alone a listener (udp, tcp, tls,
    traps) hears. TLS needs *certificate* and *key*; with *clients* (a CA
    file) senders must show a certificate. *communities* limits whose traps
    are read, by reference; without it any community is.
    """

    udp: str = "0.0.0.0:5514"
    tcp: str = "0.0.0.0:5514"
    tls: str = ""
    traps: str = "0.0.0.0:1162"
    certificate: Path | None = None
    key: Path | None = None
    clients: Path | None = None
    rate: float = 500.0
    burst: float = 10_000.0
    queue: int = 1_000_000
    owners: dict[str, str] = field(default_factory=dict)
    communities: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for each in filter(None, (self.udp, self.tcp, self.tls, self.traps)):
            place(each)
        if self.tls and not (self.certificate and self.key):
            raise ValueError("tls needs certificate and key: files in PEM")
        if self.rate <= 0 or self.burst < 1 or self.queue < 1000:
            raise ValueError("rate is above 0, burst at least 1, queue at least 1000")


def place(said: str) -> tuple[str, int]:
    """Return host and port of ``host:port``; ValueError for anything else."""
    found = _PLACE.fullmatch(said)
    if not found or int(found["port"]) > 65_535:
        raise ValueError(f"found {said!r}; allowed: host:port, as 0.0.0.0:514 or [::]:514")
    return found["host"].strip("[]") or "0.0.0.0", int(found["port"])  # noqa: S104 - a log server hears every interface
