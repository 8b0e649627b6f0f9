"""Which ports matter: those that carry the network, and those of single users.

A port carries when another of the customer's devices was heard on it (CDP,
LLDP) or is named in its description, when it is a bundle, a serial line or a
tunnel, or when its device itself carries others (core, distribution, edge …).
Everything else is an access port: someone going home is no trouble.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.health import CARRYING
from healthd.analysis.present import MAX_AGE
from healthd.analysis.topology import Topology, topology
from healthd.model.columns import Columns
from healthd.model.device import Device
from healthd.model.history import History
from healthd.model.observation import Interface
from healthd.model.phrase import Phrase, say
from healthd.model.poll import Poll, Series

LINES = frozenset({20, 21, 22, 23, 30, 32, 37, 39, 63, 108, 118, 131, 161, 171})
"""ifType (IANA) of what is never a user's port: serial, ISDN, PPP, HDLC, SONET, ATM, tunnel, bundle, POS."""
ETHERNET = frozenset({6, 26, 62, 69, 117})
NAMED = re.compile(r"(?:gi|te|tw|fo|hu|fa|eth|twe|fiv|po|se|tu|mgig|ap)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """An interface of a device that was heard lately; *carries* says that others depend on it, *polled* when its row was read."""

    device: str
    row: Interface
    carries: bool
    polled: datetime

    @property
    def label(self) -> Phrase | str:
        """The port's name, with what the customer wrote on it."""
        return say("{port} ({alias})", port=self.row.name, alias=self.row.alias) if self.row.alias else self.row.name


Ports = Mapping[tuple[str, str], Port]
"""Ports by device and ifIndex."""


def ports(history: History, now: datetime, max_age: timedelta = MAX_AGE) -> Ports:
    """Return the lines and bundles of all devices that were heard within *max_age*; logical interfaces are left out."""
    polls = {d.name: poll for d in history.devices if (poll := recent(history, d.name, now, max_age))}
    links = topology(history.devices, polls)
    others = mentions(history.devices)
    return {(p.device, p.row.index): p for d in history.devices if d.name in polls for p in _of(d, polls[d.name], links, others)}


def recent(history: History, device: str, now: datetime, max_age: timedelta = MAX_AGE) -> Poll | None:
    """Return the newest full poll of a device that was heard within *max_age*, else None: silence says nothing of the present."""
    heard = history.heard(device)
    return history.poll(device) if heard is not None and now - heard <= max_age else None


def current(history: History, metric: str, known: Ports, now: datetime, max_age: timedelta = MAX_AGE) -> Iterator[tuple[Series, Port]]:
    """Yield each series of *metric* that belongs to a known port and whose newest value is of the present."""
    oldest = (now - max_age).timestamp()
    for series in history.series(metric):
        port = known.get((series.device, series.index))
        if port and len(series.times) and (series.times[-1] >= oldest or series.times[-1] >= port.polled.timestamp()):
            yield series, port


def is_current(columns: Columns, port: Port, now: datetime, max_age: timedelta = MAX_AGE) -> bool:
    """Say whether the newest values of *columns* are of the present for *port*."""
    return bool(columns.times[-1] >= min((now - max_age).timestamp(), port.polled.timestamp()))


def is_up_by_will(port: Port) -> bool:
    """Say whether somebody wants the port to be up."""
    return port.row.admin in ("up", "")


def some(names: Sequence[str], most: int = 5) -> str:
    """Return the first few names as text."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


def same_port(one: str, other: str) -> bool:
    """Say whether two spellings mean one port: GigabitEthernet1/0/1 and Gi1/0/1."""
    return _short(one) == _short(other) != ("", "")


def _short(name: str) -> tuple[str, str]:
    found = re.match(r"\s*([A-Za-z-]*)\s*([\d/.:]*)", name)
    return (found[1][:2].lower(), found[2]) if found else ("", "")


def _of(device: Device, poll: Poll, links: Topology, others: re.Pattern[str] | None) -> Iterator[Port]:
    heard = links.ports(device.name)
    for row in poll.interfaces:
        if row.type in LINES or row.type in ETHERNET or (row.type is None and NAMED.match(row.name)):
            carries = row.name in heard or row.type in LINES or device.role in CARRYING or _named(row.alias, device.name, others)
            yield Port(device=device.name, row=row, carries=carries, polled=poll.at)


def _named(alias: str, own: str, others: re.Pattern[str] | None) -> bool:
    """Say whether a description names another device."""
    return bool(alias) and others is not None and any(found[0].lower() != own.lower() for found in others.finditer(alias))


def mentions(devices: Sequence[Device]) -> re.Pattern[str] | None:
    """Return what finds the names of *devices* in a text, None without any."""
    names = sorted((re.escape(d.name) for d in devices if len(d.name) > 2), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?![\w-])", re.IGNORECASE) if names else None
