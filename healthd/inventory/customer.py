"""``customer.yaml``: whom we serve and what was promised.

    title: ACME Group            # how reports address them
    languages: [en, zh-CN]       # of their reports; the first is the main one
    time_zone: Asia/Shanghai
    contract:
      number: HT-2026-017
      level: 7x24x4              # free text, as in the contract
      starts: 2026-01-01
      ends: 2027-12-31
      availability: 99.9         # agreed network availability in percent
      hours: 08:00-18:00         # service hours; leave out for round the clock
      weekdays: [mon, tue, wed, thu, fri]
    contacts:
      - {name: Li Wei, email: li.wei@example.com, phone: "+86 571 0000", means: phone, role: network engineer}
      - {name: Jane Doe, email: jane@example.com, reports: exceptions, language: en}   # reports: daily, exceptions, none
    sites:
      - {name: hz, title: Hangzhou, address: "1 West Lake Rd", branch: Hangzhou, direct_ship: true}
    report_time: "06:30"         # when the daily report is due, local time
    holidays: CN                 # country whose holidays count for working days
    worked: [2027-02-07]         # days that are worked although the calendar says otherwise
    free: [2026-12-24]           # days that are free
    hotline: "400 000 0000"
    cases: {rules: {bgp: open}}  # when cases are opened by the machine: see inventory.cases

Every key may be left out; without ``customer.yaml`` the folder's name stands for all.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from healthd.inventory.cases import policy
from healthd.inventory.document import Document, Place, shown
from healthd.model.device import Contact, Contract, Customer, Site

LANGUAGES = ("en", "zh-CN")
REPORTS = ("daily", "exceptions", "none")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KEYS = (
    "title",
    "languages",
    "language",
    "time_zone",
    "contract",
    "contacts",
    "sites",
    "report_time",
    "holidays",
    "worked",
    "free",
    "hotline",
    "cases",
)
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def customer(code: str, document: Document, rules: Collection[str] = ()) -> Customer:
    """Return the customer that *document* describes; what is wrong goes to its mistakes. *rules* are the names of rules that there are."""
    data = document.data
    document.known_keys((), data, _KEYS, "customer")
    made = Customer(
        code=code,
        title=_text(document, ("title",), data.get("title", code)),
        languages=_languages(document, data),
        contract=_contract(document, data.get("contract")),
        contacts=tuple(_each(document, "contacts", data, _contact)),
        sites=_sites(document, data),
        holidays=_text(document, ("holidays",), data.get("holidays", "")),
        worked=tuple(_days(document, "worked", data)),
        free=tuple(_days(document, "free", data)),
        hotline=_text(document, ("hotline",), data.get("hotline", "")),
        cases=policy(document, rules),
    )
    if zone := data.get("time_zone"):
        if isinstance(zone, str) and zone in available_timezones():
            made = replace(made, zone=ZoneInfo(zone))
        else:
            document.wrong(
                ("time_zone",),
                f"time_zone: found {shown(zone)}; allowed: a name of the IANA time zone database; write for example Asia/Shanghai",
            )
    if "report_time" in data and (at := _clock(document, ("report_time",), data["report_time"])):
        made = replace(made, report_time=at)
    return made


def _text(document: Document, place: Place, value: Any) -> str:
    if isinstance(value, (dict, list)):
        document.wrong(
            place, f"{place[-1]}: found a {'list' if isinstance(value, list) else 'group of keys'}; allowed: text; put it in quotes"
        )
        return ""
    return "" if value is None else str(value)


def _languages(document: Document, data: dict[str, Any]) -> tuple[str, ...]:
    key = "languages" if "languages" in data else "language"
    found = data.get(key, "en")
    listed = found if isinstance(found, list) else [found]
    good = [each for n, each in enumerate(listed) if document.one_of((key, n), each, LANGUAGES, key)]
    return tuple(good) or ("en",)


def _clock(document: Document, place: Place, value: Any) -> time | None:
    # YAML 1.1 reads an unquoted 06:30 as the base-60 number 390.
    text = f"{value // 60:02}:{value % 60:02}" if isinstance(value, int) and 0 <= value < 1440 else str(value)
    if found := _CLOCK.fullmatch(text):
        return time(int(found[1]), int(found[2]))
    document.wrong(place, f'{place[-1]}: found {shown(value)}; allowed: a time of day as "HH:MM"; write for example "06:30"')
    return None


def _each(document: Document, key: str, data: dict[str, Any], read: Any) -> list[Any]:
    found = data.get(key) or []
    if not isinstance(found, list):
        document.wrong((key,), f"{key}: found {type(found).__name__}; allowed: a list; start each entry with '- '")
        return []
    made = []
    for number, entry in enumerate(found):
        if isinstance(entry, dict):
            made.append(read(document, (key, number), entry))
        else:
            document.wrong((key, number), f"{key}: found {shown(entry)}; allowed: keys with values; write for example '- name: …'")
    return made


def _contact(document: Document, place: Place, entry: dict[str, Any]) -> Contact:
    document.known_keys(place, entry, ("name", "email", "phone", "means", "role", "reports", "language"), "contact")
    made = Contact(**{k: str(v) for k, v in entry.items() if k in ("email", "phone", "role")}, name=str(entry.get("name", "")))
    if not made.name:
        document.wrong(place, "contact: found no name; allowed: a person's name; add 'name: …'")
    if made.email and not _MAIL.fullmatch(made.email):
        document.wrong(
            (*place, "email"),
            f"contact {made.name!r}: email: found {made.email!r}; allowed: an address such as name@example.com; correct it",
        )
    means = entry.get("means", "email" if made.email or not made.phone else "phone")
    if document.one_of((*place, "means"), means, ("email", "phone"), f"contact {made.name!r}: means"):
        made = replace(made, means=means)
        if not getattr(made, means):
            document.wrong(
                place,
                f"contact {made.name!r}: found no {means}, the preferred means; allowed: a contact who can be reached; add '{means}: …'",
            )
    for key, allowed in (("reports", REPORTS), ("language", LANGUAGES)):
        if key in entry and document.one_of((*place, key), entry[key], allowed, f"contact {made.name!r}: {key}"):
            made = replace(made, **{key: entry[key]})
    return made


def _days(document: Document, key: str, data: dict[str, Any]) -> list[date]:
    found = data.get(key) or []
    listed = found if isinstance(found, list) else [found]
    for number, value in enumerate(listed):
        if type(value) is not date:
            document.wrong((key, number), f"{key}: found {shown(value)}; allowed: days as YYYY-MM-DD; write for example [2027-02-07]")
    return [value for value in listed if type(value) is date]


def _sites(document: Document, data: dict[str, Any]) -> tuple[Site, ...]:
    made: dict[str, Site] = {}
    for number, site in enumerate(_each(document, "sites", data, _site)):
        if site.name in made:
            document.wrong(("sites", number), f"site {site.name!r}: found twice; allowed: once; rename one of them")
        made[site.name] = site
    return tuple(made.values())


def _site(document: Document, place: Place, entry: dict[str, Any]) -> Site:
    document.known_keys(place, entry, ("name", "title", "address", "branch", "direct_ship"), "site")
    direct = entry.get("direct_ship", False)
    if not isinstance(direct, bool):
        document.wrong((*place, "direct_ship"), f"direct_ship: found {shown(direct)}; allowed: true, false; write one of them")
    if not entry.get("name"):
        document.wrong(place, "site: found no name; allowed: a short name that devices refer to; add 'name: …'")
    words = {k: str(entry.get(k) or "") for k in ("name", "title", "address", "branch")}
    return Site(**words, direct_ship=direct is True)


def _contract(document: Document, entry: Any) -> Contract | None:
    if entry is None:
        return None
    place: Place = ("contract",)
    if not isinstance(entry, dict):
        document.wrong(place, f"contract: found {shown(entry)}; allowed: keys with values; write number, level, starts and ends below it")
        return None
    document.known_keys(place, entry, ("number", "level", "starts", "ends", "hours", "weekdays", "availability"), "contract")
    for key in ("number", "level"):
        if not entry.get(key):
            document.wrong(place, f"contract: found no {key}; allowed: text as in the contract; add '{key}: …'")
    starts, ends = (_date(document, (*place, key), entry.get(key)) for key in ("starts", "ends"))
    if starts and ends and ends < starts:
        document.wrong((*place, "ends"), f"contract: found ends {ends}, before starts {starts}; allowed: a later day; correct one of them")
    return Contract(
        number=str(entry.get("number", "")),
        level=str(entry.get("level", "")),
        starts=starts,
        ends=ends,
        hours=_hours(document, entry.get("hours")),
        weekdays=_weekdays(document, entry.get("weekdays")),
        availability=_percent(document, entry.get("availability")),
    )


def _date(document: Document, place: Place, value: Any) -> date | None:
    if value is None or type(value) is date:
        return value
    document.wrong(place, f"contract: {place[-1]}: found {shown(value)}; allowed: a day as YYYY-MM-DD; write for example 2027-12-31")
    return None


def _hours(document: Document, value: Any) -> tuple[time, time] | None:
    if value is None:
        return None
    ends = [_CLOCK.fullmatch(each.strip()) for each in str(value).split("-")]
    if len(ends) == 2 and all(ends):
        opens, closes = (time(int(found[1]), int(found[2])) for found in ends if found)
        if opens < closes:
            return opens, closes
    document.wrong(
        ("contract", "hours"),
        f'contract: hours: found {shown(value)}; allowed: "HH:MM-HH:MM", opening before closing; leave it out for round the clock',
    )
    return None


def _weekdays(document: Document, value: Any) -> frozenset[int]:
    if value is None:
        return frozenset(range(7))
    listed = value if isinstance(value, list) else [value]
    good = [d for n, d in enumerate(listed) if document.one_of(("contract", "weekdays", n), d, WEEKDAYS, "contract: weekdays")]
    return frozenset(WEEKDAYS.index(day) for day in good)


def _percent(document: Document, value: Any) -> float | None:
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= 100):
        return value
    document.wrong(
        ("contract", "availability"),
        f"contract: availability: found {shown(value)}; allowed: percent, above 0 and up to 100; write for example 99.9",
    )
    return None
