"""Who is examined, and what was found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from healthd.model.device import Customer, Device


class Wire(Protocol):
    """What asks devices."""

    async def ask(self, device: Device, requests: Any) -> Any:
        """Ask *device*; raise CollectError when it does not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """The installation: its checked settings by table, its inventory, its data folder, and ways to reach further."""

    tables: Mapping[str, Any]
    customers: Sequence[Customer]
    devices: Sequence[Device]
    data: Path
    now: datetime
    snmp: Callable[[], Wire]
    ssh: Callable[[], Wire]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding: *level* is good, note, bad; *remedy* is what to do, empty where all is well."""

    level: str
    text: str
    remedy: str = ""


def good(text: str) -> Found:
    """Return a good word."""
    return Found(level="good", text=text)


def note(text: str, remedy: str) -> Found:
    """Return something that works, but not as well as it could."""
    return Found(level="note", text=text, remedy=remedy)


def bad(text: str, remedy: str) -> Found:
    """Return something that does not work."""
    return Found(level="bad", text=text, remedy=remedy)
