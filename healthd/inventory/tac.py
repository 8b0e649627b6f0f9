"""``tac.yaml``, beside the customers' folders: the partner's own service center.

    title: Hangzhou TAC
    time_zone: Asia/Shanghai
    holidays: CN
    worked: [2027-02-07]                 # against the calendar
    free: []
    hotline: "400 555 0100"
    link: https://tac.example.com        # where the portal is; messages carry links to their cases
    desk: embedded                       # the backend of cases: embedded, or that of another ticket system
    people:
      - {name: chen.jie, title: 陈洁, roles: [hotline], email: chen.jie@example.com, phone: "…", urgent: oncall, branch: hz, language: zh-CN}
    branches:
      - {name: hz, title: 杭州, headquarters: true, direct_ship: true, address: …}
    duties:                              # who is asked first stands first; without hours: round the clock
      - {role: hotline, people: [chen.jie, wu.min], weekdays: [mon, tue], hours: "08:00-20:00", first: 2026-12-01, last: 2026-12-31}
    promises:                            # 15m, 4h, 2d; none promises nothing
      P1: {response: 15m, contact: 30m, update: 1h, resolution: 4h, round_the_clock: true}
      P3: {response: 2h, rma_stops: true}   # the resolution's clock stands while a part is on its way
    levels:                              # what contracts of a service level promise otherwise
      7x24x2: {P1: {response: 10m, resolution: 2h}}
    returns: 10                          # working days for a faulty part's way back
    silence: 5                           # working days without a word after which what is resolved is closed
    currency: CNY
    spares:                              # kinds of spare parts, see ``inventory.spares``
      - {pid: PWR-C1-715WAC, substitutes: [PWR-C1-1100WAC], minimum: {hz: 2}, price: 9800, value: B}

Every key may be left out; without the file there is nobody to tell, which ``healthd roster check`` says.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from healthd.inventory import spares
from healthd.inventory.document import Document, Place, shown
from healthd.model.case import Priority
from healthd.model.tac import PROMISES, Branch, Duty, Person, Promise, Role, Tac

ROLES = tuple(each.value for each in Role)
LANGUAGES = ("en", "zh-CN")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCKS = ("response", "contact", "update", "resolution")
FLAGS = ("round_the_clock", "rma_stops")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_SPAN = re.compile(r"(\d{1,5})([mhd])")
_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_KEYS = {
    "tac": ("title", "time_zone", "holidays", "worked", "free", "hotline", "link", "desk", "people", "branches", "duties", "promises", "levels", "returns", "silence", "spares", "currency"),
    "person": ("name", "title", "roles", "email", "phone", "urgent", "branch", "language"),
    "branch": ("name", "title", "headquarters", "direct_ship", "address"),
    "duty": ("role", "people", "weekdays", "hours", "first", "last"),
    "promise": (*CLOCKS, *FLAGS),
    "spare": spares.KEYS,
}  # fmt: skip


def tac(document: Document) -> Tac:
    """Return the service center that *document* describes; what is wrong goes to its mistakes."""
    data = document.data
    document.known_keys((), data, _KEYS["tac"], "tac")
    words = {key: _text(document, (key,), data[key]) for key in ("title", "holidays", "hotline", "link", "desk", "currency") if key in data}
    promises = _promises(document, ("promises",), data.get("promises"), PROMISES)
    made = Tac(
        **words,
        branches=tuple(_each(document, ("branches",), data.get("branches"), _branch, "branch")),
        promises={**PROMISES, **promises},
        levels=_levels(document, data.get("levels"), {**PROMISES, **promises}),
        worked=_days(document, ("worked",), data.get("worked")),
        free=_days(document, ("free",), data.get("free")),
        zone=_zone(document, data.get("time_zone", "UTC")),
        **{key: _whole(document, (key,), data[key]) for key in ("returns", "silence") if key in data},
    )
    made = replace(made, people=tuple(_each(document, ("people",), data.get("people"), _person, "person")))
    made = replace(made, spares=tuple(_each(document, ("spares",), data.get("spares"), spares.kind, "spare")))
    made = replace(made, duties=tuple(_each(document, ("duties",), data.get("duties"), _duty, "duty")))
    _agree(document, made)
    return made


def _text(document: Document, place: Place, value: Any) -> str:
    if isinstance(value, dict | list):
        document.wrong(place, f"{place[-1]}: found {shown(value)}; allowed: text; put it in quotes")
        return ""
    return "" if value is None else str(value)


def _zone(document: Document, value: Any) -> ZoneInfo:
    if isinstance(value, str) and value in available_timezones():
        return ZoneInfo(value)
    document.wrong(
        ("time_zone",), f"time_zone: found {shown(value)}; allowed: a name of the IANA time zone database; write for example Asia/Shanghai"
    )
    return ZoneInfo("UTC")


def _whole(document: Document, place: Place, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 365:
        return value
    document.wrong(place, f"{place[-1]}: found {shown(value)}; allowed: working days, 1 to 365; write for example 10")
    return 10


def _days(document: Document, place: Place, value: Any) -> tuple[date, ...]:
    listed = value if isinstance(value, list) else [] if value is None else [value]
    for number, each in enumerate(listed):
        if type(each) is not date:
            document.wrong(
                (*place, number), f"{place[-1]}: found {shown(each)}; allowed: days as YYYY-MM-DD; write for example [2027-02-07]"
            )
    return tuple(each for each in listed if type(each) is date)


def _each(document: Document, place: Place, value: Any, read: Any, what: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        document.wrong(place, f"{place[-1]}: found {shown(value)}; allowed: a list; start each entry with '- '")
        return []
    made = []
    for number, entry in enumerate(value):
        there = (*place, number)
        if isinstance(entry, dict):
            document.known_keys(there, entry, _KEYS[what], what)
            made.append(read(document, there, entry))
        else:
            document.wrong(there, f"{place[-1]}: found {shown(entry)}; allowed: keys with values; write for example '- name: …'")
    return made


def _words(document: Document, place: Place, entry: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    return {name: _text(document, (*place, name), entry[name]) for name in names if name in entry}


def _person(document: Document, place: Place, entry: dict[str, Any]) -> Person:
    made = Person(**{"name": "", **_words(document, place, entry, ("name", "title", "email", "phone", "urgent", "branch"))})
    if not made.name:
        document.wrong(place, "person: found no name; allowed: a login name; add 'name: …'")
    if made.email and not _MAIL.fullmatch(made.email):
        document.wrong(
            (*place, "email"),
            f"person {made.name!r}: email: found {made.email!r}; allowed: an address such as name@example.com; correct it",
        )
    if not made.email and not made.urgent:
        document.wrong(place, f"person {made.name!r}: found neither email nor urgent; allowed: somebody who can be told; add 'email: …'")
    roles = entry.get("roles", [])
    listed = roles if isinstance(roles, list) else [roles]
    good = [r for n, r in enumerate(listed) if document.one_of((*place, "roles", n), r, ROLES, f"person {made.name!r}: roles")]
    if "language" in entry and document.one_of((*place, "language"), entry["language"], LANGUAGES, f"person {made.name!r}: language"):
        made = replace(made, language=entry["language"])
    return replace(made, roles=frozenset(Role(each) for each in good))


def _branch(document: Document, place: Place, entry: dict[str, Any]) -> Branch:
    flags = {}
    for key, name in (("headquarters", "headquarters"), ("direct_ship", "direct")):
        flags[name] = _flag(document, (*place, key), entry.get(key, False))
    made = Branch(**{"name": "", **_words(document, place, entry, ("name", "title", "address"))}, **flags)  # type: ignore[arg-type]
    if not made.name:
        document.wrong(place, "branch: found no name; allowed: a short name; add 'name: …'")
    return made


def _flag(document: Document, place: Place, value: Any) -> bool:
    if not isinstance(value, bool):
        document.wrong(place, f"{place[-1]}: found {shown(value)}; allowed: true, false; write one of them")
    return value is True


def _duty(document: Document, place: Place, entry: dict[str, Any]) -> Duty:
    role = entry.get("role")
    known = document.one_of((*place, "role"), role, ROLES, "duty: role")
    people = entry.get("people", [])
    listed = people if isinstance(people, list) else [people]
    if not listed:
        document.wrong(place, "duty: found no people; allowed: names in the order in which they are asked; add 'people: […]'")
    days = entry.get("weekdays", list(WEEKDAYS))
    wanted = days if isinstance(days, list) else [days]
    good = [d for n, d in enumerate(wanted) if document.one_of((*place, "weekdays", n), d, WEEKDAYS, "duty: weekdays")]
    ends = {key: found[0] for key in ("first", "last") if key in entry and (found := _days(document, (*place, key), entry[key]))}
    if "first" in ends and "last" in ends and ends["last"] < ends["first"]:
        document.wrong(
            (*place, "last"), f"duty: last: found {ends['last']}, before first {ends['first']}; allowed: a later day; correct one of them"
        )
    return Duty(
        role=Role(role) if known else Role.HOTLINE,
        people=tuple(map(str, listed)),
        weekdays=frozenset(WEEKDAYS.index(day) for day in good),
        hours=_hours(document, (*place, "hours"), entry.get("hours")),
        **ends,
    )


def _hours(document: Document, place: Place, value: Any) -> tuple[time, time] | None:
    if value is None:
        return None
    found = _HOURS.fullmatch(str(value).strip())
    if found and found.group(1, 2) != found.group(3, 4):
        return time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    document.wrong(place, f'duty: hours: found {shown(value)}; allowed: "HH:MM-HH:MM", over midnight too; leave it out for round the clock')
    return None


def _promises(document: Document, place: Place, value: Any, before: Mapping[Priority, Promise]) -> dict[Priority, Promise]:
    """Return what *value* promises for each priority; what it leaves out of one stays as *before*."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        document.wrong(
            place, f"{place[-1]}: found {shown(value)}; allowed: P1 to P4 with what is promised; write for example 'P1: {{response: 15m}}'"
        )
        return {}
    document.known_keys(place, value, [each.name for each in Priority], str(place[-1]))
    known = {Priority[name]: entry for name, entry in value.items() if name in Priority.__members__}
    return {each: _promise(document, (*place, each.name), entry, before[each]) for each, entry in known.items()}


def _promise(document: Document, place: Place, entry: Any, before: Promise) -> Promise:
    if not isinstance(entry, dict):
        document.wrong(
            place, f"{place[-1]}: found {shown(entry)}; allowed: {', '.join(CLOCKS)} with times; write for example '{{response: 15m}}'"
        )
        return before
    document.known_keys(place, entry, _KEYS["promise"], str(place[-1]))
    said: dict[str, Any] = {key: _span(document, (*place, key), entry[key]) for key in CLOCKS if key in entry}
    said |= {key: _flag(document, (*place, key), entry[key]) for key in FLAGS if key in entry}
    return replace(before, **said)


def _span(document: Document, place: Place, value: Any) -> timedelta | None:
    if value is None or value == "none":
        return None
    if (found := _SPAN.fullmatch(str(value))) and int(found[1]):
        return int(found[1]) * _UNITS[found[2]]
    document.wrong(place, f"{place[-1]}: found {shown(value)}; allowed: a number with m, h or d, or none; write for example 15m or 4h")
    return None


def _levels(document: Document, value: Any, before: Mapping[Priority, Promise]) -> dict[str, Mapping[Priority, Promise]]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        document.wrong(
            ("levels",),
            f"levels: found {shown(value)}; allowed: service levels of contracts with P1 to P4 below; write for example '7x24x4: {{P1: …}}'",
        )
        return {}
    return {str(name): _promises(document, ("levels", name), entry, before) for name, entry in value.items()}


def _agree(document: Document, made: Tac) -> None:
    """Complain of names that are given twice, and of those that stand for nothing."""
    for key, named in (("people", made.people), ("branches", made.branches)):
        names = [each.name for each in named]
        for number, name in enumerate(names):
            if name and name in names[:number]:
                document.wrong((key, number), f"{key}: found {name!r} twice; allowed: once; rename one of them")
    branches = sorted({each.name for each in made.branches})
    for number, person in enumerate(made.people):
        if person.branch:
            document.one_of(("people", number, "branch"), person.branch, branches, f"person {person.name!r}: branch")
    for number, each in enumerate(made.spares):
        for branch in each.minimum:
            document.one_of(("spares", number, "minimum", branch), branch, branches, f"spare {each.pid!r}: minimum")
    known = sorted({each.name for each in made.people})
    for number, duty in enumerate(made.duties):
        for place, name in enumerate(duty.people):
            document.one_of(("duties", number, "people", place), name, known, f"duty of {duty.role}: people")
    main = [each.name for each in made.branches if each.headquarters]
    if made.branches and len(main) != 1:
        document.wrong(
            ("branches",),
            f"branches: found {len(main)} headquarters ({', '.join(main) or 'none'}); allowed: one; mark it with 'headquarters: true'",
        )
