"""What a notification is: its name, what it says of the device, and what makes it good news."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
