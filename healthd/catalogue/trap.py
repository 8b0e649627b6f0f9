"""What a notification is: its name, what it says of the device, and what makes it good news."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MIB2, CISCO, CISCO_TRIAL = "1.3.6.1.2.1", "1.3.6.1.4.1.9.9", "1.3.6.1.4.1.9.10"
"""Where MIBs hang: the standard ones, Cisco's own (ciscoMgmt), Cisco's forms of drafts (ciscoExperiment)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """An object that notifications carry; *words* name its values where it is an enumeration."""

    name: str
    oid: str
    words: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """One notification.

    *severity* (0–7, as in syslog) and *kind* (event class) hold unless the
    object *state* has one of the words *good*: then it is *eased*, at
    severity 6. *item* names the object that says what it is about; without a
    value its row's index does.
    """

    name: str
    oid: str
    severity: int
    kind: str
    item: str = ""
    state: str = ""
    good: frozenset[str] = frozenset()
    eased: str = ""


def counted(listed: str, first: int = 1) -> dict[int, str]:
    """Return the words of an enumeration whose numbers follow one another from *first*."""
    return dict(enumerate(listed.split(), first))


def plain(root: str, listed: str) -> tuple[Object, ...]:
    """Return objects without words; *listed* has "name number" pairs below *root*, between commas."""
    pairs = (pair.split() for pair in listed.split(","))
    return tuple(Object(name=name, oid=f"{root}.{number}") for name, number in pairs)
