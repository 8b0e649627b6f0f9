"""What a contract covers: units by their serial numbers, and what a service level's name promises."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

NBD = timedelta(days=1)
"""Next business day; hours of service say which days count."""
_TIMES = re.compile(r"(?i)(\d+)[x*×](\d+)[x*×](NBD|\d+)")
_PART = re.compile(r"(?i)(\d+)[x*×](\d+)")
_HOURS = re.compile(r"(?i)(\d+)(?:-| )?h(?:our|r)?s?\b")
_CODES = {
    "SNT": "8x5xNBD", "SNTE": "8x5x4", "SNTP": "24x7x4", "S2P": "24x7x2",
    "OS": "8x5xNBD", "CS": "8x5xNBD", "C4S": "8x5x4", "C4P": "24x7x4", "C2P": "24x7x2",
}  # fmt: skip
"""Cisco's codes of hardware services; those of the second line bring an engineer to the site."""
_ON_SITE = frozenset({"OS", "CS", "C4S", "C4P", "C2P"})
_SOFTWARE = frozenset({"SAU", "SAS"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A service level as its name says it: *hours* a day on *days* a week, a part within *within*.

    *known* is False where the name says none of it; then nothing is guessed.
    *hardware* is False for services of software alone.
    """

    text: str
    hours: int | None = None
    days: int | None = None
    within: timedelta | None = None
    hardware: bool = True
    on_site: bool = False

    @property
    def known(self) -> bool:
        """Does the name say when service is given, or how soon a part comes?"""
        return self.hours is not None or self.within is not None

    @property
    def round_the_clock(self) -> bool:
        """Is service given at any hour?"""
        return self.hours == 24 and self.days == 7


def promised(text: str) -> Promised:
    """Return what the service level *text* promises, as written in contracts and by Cisco ("8x5xNBD", "7 x 24 x 4", "SNTP").

    Source: Cisco's SMARTnet service codes; strings of the coverage and RMA APIs.
    """
    plain = " ".join(text.split())
    words = set(re.split(r"[^A-Z0-9]+", plain.upper()))
    code = next((each for each in _CODES if each in words), "")
    made = _read(_CODES[code] if code and not _TIMES.search(plain.replace(" ", "")) else plain)
    return Promised(text=text, hardware=not words & _SOFTWARE, on_site=code in _ON_SITE, hours=made[0], days=made[1], within=made[2])


def _read(plain: str) -> tuple[int | None, int | None, timedelta | None]:
    """Return hours a day, days a week and the time within which a part comes; blanks around an x do not matter."""
    squeezed = re.sub(r"\s*([x*×])\s*", r"\1", plain, flags=re.IGNORECASE)
    if found := _TIMES.search(squeezed):
        hours, days = _ordered(int(found[1]), int(found[2]))
        return hours, days, NBD if found[3].upper() == "NBD" else timedelta(hours=int(found[3]))
    within = timedelta(hours=int(said[1])) if (said := _HOURS.search(plain)) else NBD if "NBD" in plain.upper() else None
    if found := _PART.search(squeezed):
        return (*_ordered(int(found[1]), int(found[2])), within)
    return None, None, within


def _ordered(one: int, other: int) -> tuple[int, int]:
    """Return hours before days: "7x24" and "5x8" are written as well as "24x7" and "8x5"."""
    return (other, one) if one <= 7 < other else (one, other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One unit of a customer's and what it is entitled to, each as far as it is known; days are the last ones that count.

    *supported* is Cisco's last date of support for the unit's type.
    """

    serial: str
    pid: str = ""
    contract: str = ""
    level: str = ""
    starts: date | None = None
    ends: date | None = None
    warranty: date | None = None
    supported: date | None = None
