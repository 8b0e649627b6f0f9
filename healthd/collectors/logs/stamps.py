"""Times as Cisco devices and relays print them.

Sources: "service timestamps" of IOS (date or up-time, with or without
milliseconds, year and zone; ``*`` marks a clock that was never set, ``.`` one
that lost its source), NX-OS (year first), IOS XR, ASA (``logging timestamp``),
RFC 3164 and RFC 5424/3339.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ZONES = {
    "UTC": 0.0, "GMT": 0.0, "Z": 0.0, "WET": 0.0, "WEST": 1.0, "BST": 1.0, "IST": 5.5, "CET": 1.0, "CEST": 2.0, "MET": 1.0, "MEST": 2.0, "MEZ": 1.0, "MESZ": 2.0,
    "EET": 2.0, "EEST": 3.0, "MSK": 3.0, "EST": -5.0, "EDT": -4.0, "CST": -6.0, "CDT": -5.0, "MST": -7.0, "MDT": -6.0, "PST": -8.0, "PDT": -7.0,
    "AKST": -9.0, "AKDT": -8.0, "HST": -10.0, "JST": 9.0, "KST": 9.0, "HKT": 8.0, "SGT": 8.0, "BJT": 8.0, "AWST": 8.0, "ACST": 9.5, "ACDT": 10.5, "AEST": 10.0,
    "AEDT": 11.0, "NZST": 12.0, "NZDT": 13.0,
}  # fmt: skip
"""Hours from UTC that an abbreviation stands for, where the place of the device (``Context.home``) gives it no other meaning: CST and IST have several."""

_MONTH = "|".join(m.capitalize() for m in MONTHS)
_KNOWN = "|".join(ZONES)
_CLOCK = r"(?P<clock>\d\d?:\d\d:\d\d)(?P<part>[.,]\d{1,9})?"
STAMP = re.compile(
    rf"""(?P<flag>[*.])?
    (?: (?P<iso>\d{{4}}-\d\d-\d\d)[T ](?P<isoclock>\d\d:\d\d:\d\d)(?P<isopart>[.,]\d{{1,9}})?(?P<isozone>Z|\s?[+-]\d\d:?\d\d)?
      | (?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\ +)? (?:(?P<year1>(?:19|20)\d\d)\ +)?
        (?P<month>{_MONTH})\ +(?P<day>\d\d?),?\ +(?:(?P<year2>(?:19|20)\d\d)\ +)?
        {_CLOCK}
        (?:\ +(?P<year3>(?:19|20)\d\d)(?=[\s:]))?
        (?:\ (?P<zone>[A-Z]{{1,6}}(?:[+-]\d\d?(?::?\d\d)?)?(?=:)|(?:{_KNOWN})(?=\s*:)|[+-]\d\d:?\d\d(?=\s*:)))?
    )""",
    re.VERBOSE,
)
# Before " :" an unknown word is a host (ASA's device-id), before ":" it is a zone we have no name for.
UPTIME = re.compile(r"(?<![\w.-])(?:\d+y\d+w|\d+w\d+d|\d+d\d+h|\d+:\d\d:\d\d)(?=\s*:)")
"""An up-time stamp (``2y10w``, ``1w2d``, ``3d04h``, ``00:01:23``): no time of day."""

AHEAD = timedelta(days=31)
"""A line was written before it was read: its time is ahead by a wrong zone, or by a clock set days or weeks fast, not by months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time that was found in a line: *start* and *end* are positions, *flag* is ``*``, ``.`` or empty."""

    at: datetime
    start: int
    end: int
    flag: str = ""


def find(text: str, received: datetime, zone: tzinfo = UTC, home: tzinfo | None = None) -> Iterator[Stamp]:
    """Yield the times printed in *text*, in order.

    A year that is not printed is the newest one in which the time does not
    lie ahead of *received* by more than AHEAD; a zone that is not printed is
    *zone*. An abbreviation that is in use at *home* means what it means there.
    """
    for found in STAMP.finditer(text):
        if (
            at := _moment(found, received, _zone(found["zone"] or (found["isozone"] or "").strip(), zone, home, received.year))
        ) is not None:
            yield Stamp(at=at, start=found.start(), end=found.end(), flag=found["flag"] or "")


def _moment(found: re.Match[str], received: datetime, where: tzinfo) -> datetime | None:
    clock, part = found["clock"] or found["isoclock"], found["part"] or found["isopart"]
    hour, minute, second = (int(each) for each in clock.split(":"))
    micro = int(f"{part[1:]:0<6}"[:6]) if part else 0
    try:
        if found["iso"]:
            year, month, day = (int(each) for each in found["iso"].split("-"))
            return datetime(year, month, day, hour, minute, min(second, 59), micro, where).astimezone(UTC)
        month, day = MONTHS.index(found["month"].lower()) + 1, int(found["day"])
        if said := found["year1"] or found["year2"] or found["year3"]:
            return datetime(int(said), month, day, hour, minute, min(second, 59), micro, where).astimezone(UTC)
        return _newest((month, day, hour, minute, min(second, 59), micro), where, received)
    except ValueError:
        return None  # 31 June, 25:00: printed like a time, but none


def _newest(parts: tuple[int, int, int, int, int, int], where: tzinfo, received: datetime) -> datetime | None:
    month, day, hour, minute, second, micro = parts
    for year in (received.year + 1, received.year, received.year - 1):
        try:
            at = datetime(year, month, day, hour, minute, second, micro, where).astimezone(UTC)
        except ValueError:
            continue  # a 29 February of a common year
        if at <= received + AHEAD:
            return at
    return None


def _zone(word: str, default: tzinfo, home: tzinfo | None, year: int) -> tzinfo:
    if not word:
        return default
    if home and (there := _names(home, year).get(word)):
        return there
    if found := re.fullmatch(r"(?:UTC|GMT|Z)?([+-])(\d\d?):?(\d\d)?", word, re.IGNORECASE):
        hours = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return timezone(-hours if found[1] == "-" else hours)
    return timezone(timedelta(hours=ZONES[word.upper()])) if word.upper() in ZONES else default


@cache
def _names(zone: tzinfo, year: int) -> Mapping[str, tzinfo]:
    """Return the abbreviations of *zone*, winter's and summer's, with what each stands for."""
    halves = [datetime(year, month, 1, tzinfo=zone) for month in (1, 7)]
    return {half.tzname() or "": timezone(half.utcoffset() or timedelta()) for half in halves}
