"""What the daemon is told in ``healthd.toml``: how often it asks, where it listens, what it keeps."""

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import time
from pathlib import Path

from healthd.model.setting import Unfit, bound, check, formed

_PLACE = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[^:\[\]]*):(?P<port>\d{1,5})")
_CLOCK = re.compile(r"\d\d:\d\d")
_PLACES = "host:port, as 10.0.0.1:5514 or [::1]:5514; empty for nowhere"


def place(said: str) -> tuple[str, int]:
    """Return host and port of ``host:port``; ValueError for anything else."""
    found = _PLACE.fullmatch(said)
    if not found or int(found["port"]) > 65_535:
        raise ValueError(f"found {said!r}; allowed: {_PLACES}")
    return found["host"].strip("[]") or "0.0.0.0", int(found["port"])  # noqa: S104 - a log server hears every interface


def _is_place(said: str) -> bool:
    with contextlib.suppress(ValueError):
        return not said or bool(place(said))
    return False


def _is_clock(said: str) -> bool:
    with contextlib.suppress(ValueError):
        return bool(_CLOCK.fullmatch(said)) and time.fromisoformat(said) is not None
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often a customer's devices are asked: seconds between pings and sweeps, and the local time of the daily full poll."""

    ping_s: float = bound(60.0, least=5, most=3600)
    sweep_s: float = bound(300.0, least=10, most=86_400)
    poll_at: str = formed("02:30", 'a time of day as "HH:MM"', _is_clock)

    def __post_init__(self) -> None:
        check(self)

    @property
    def poll_time(self) -> time:
        """The local time of the daily full poll."""
        return time.fromisoformat(self.poll_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Table ``[daemon]``; ``[daemon.customers.CODE]`` holds what differs for one customer."""

    ping_s: float = bound(60.0, least=5, most=3600)
    sweep_s: float = bound(300.0, least=10, most=86_400)
    poll_at: str = formed("02:30", 'a time of day as "HH:MM"', _is_clock)
    log_s: float = bound(900.0, least=60)
    width: int = bound(100, least=1)
    misses: int = bound(3, least=1)
    http: str = formed("127.0.0.1:9110", _PLACES, _is_place)
    reports: Path = Path("reports")
    event_days: int = bound(90, least=1)
    outbox_days: int = bound(90, least=1)
    strays: int = bound(100_000, least=0)
    customers: dict[str, dict[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check(self)
        for code in self.customers:
            self.pace(code)

    def pace(self, customer: str) -> Pace:
        """Return how often the devices of *customer* are asked."""
        common = Pace(ping_s=self.ping_s, sweep_s=self.sweep_s, poll_at=self.poll_at)
        own: Mapping[str, float] = self.customers.get(customer, {})
        known = {each.name for each in fields(Pace)} - {"poll_at"}
        if wrong := sorted(set(own) - known):
            raise Unfit(f"customers.{customer}", repr(wrong[0]), ", ".join(sorted(known)))
        try:
            return replace(common, **own)  # type: ignore[arg-type]
        except Unfit as error:
            raise error.within(f"customers.{customer}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """Table ``[listen]``: where logs and notifications are received, as ``host:port``; empty text listens not at all.

    *rate* and *burst* bound the messages of one sender, a second and at once.
    *owners* names the customer whose devices alone a listener (udp, tcp, tls,
    traps) hears. TLS needs *certificate* and *key*; with *clients* (a CA
    file) senders must show a certificate. *communities* limits whose traps
    are read, by reference; without it any community is.
    """

    udp: str = formed("0.0.0.0:5514", _PLACES, _is_place)
    tcp: str = formed("0.0.0.0:5514", _PLACES, _is_place)
    tls: str = formed("", _PLACES, _is_place)
    traps: str = formed("0.0.0.0:1162", _PLACES, _is_place)
    certificate: Path | None = None
    key: Path | None = None
    clients: Path | None = None
    rate: float = bound(500.0, above=0)
    burst: float = bound(10_000.0, least=1)
    queue: int = bound(1_000_000, least=1000)
    owners: dict[str, str] = field(default_factory=dict)
    communities: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check(self)
        if self.tls and not (self.certificate and self.key):
            raise Unfit("tls", repr(self.tls), "with certificate and key beside it: files in PEM")
