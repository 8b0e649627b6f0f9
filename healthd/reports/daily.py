"""The daily health report as data."""

from types import ModuleType

from healthd import modules
from healthd.model.phrase import Phrase, say
from healthd.model.report import Report
from healthd.reports import sections
from healthd.reports.facts import Facts
from healthd.reports.language import Language
from healthd.reports.sections import verdict

TITLE = say("Daily network health report")


def report(facts: Facts) -> Report:
    """Return the report of one customer's day; every figure in it comes from *facts* alone."""
    members = _members()
    return Report(
        kind="daily",
        title=TITLE,
        customer=facts.customer.code,
        customer_title=facts.customer.title,
        window=facts.window,
        made=facts.made,
        data_until=facts.data_until,
        sections=tuple(section for m in members if (section := m.build(facts)) is not None),
        status=verdict.verdict(facts)[0],
        footer=f"TAC {facts.customer.hotline}" if facts.customer.hotline else "",
        edition=0 if facts.partial else facts.edition,
        zone=facts.zone.key,
        lead=_lead(facts),
        notices=_notices(facts),
        attachments=tuple(each for m in members if hasattr(m, "attach") and (each := m.attach(facts))),
    )


def _members() -> list[ModuleType]:
    return sorted((m for m in modules.every(sections) if "daily" in m.REPORTS), key=lambda m: int(m.ORDER))


def _notices(facts: Facts) -> tuple[Phrase, ...]:
    """What has to be known before any figure is read."""
    until = say("This day is not over: every figure is of the time up to {at} only, and will change.", at=facts.window.end)
    return *((until,) if facts.partial else ()), *((facts.corrected,) if facts.corrected else ())


def _lead(facts: Facts) -> tuple[Phrase, ...]:
    devices = len(facts.in_service)
    count = say("one Cisco device") if devices == 1 else say("{n} Cisco devices", n=devices)
    contract = facts.customer.contract
    level = (say("service level {level}", level=contract.level),) if contract and contract.level else ()
    return say("{customer}", customer=facts.customer.title), say("{day}, {hours}", day=facts.day, hours=_hours(facts)), count, *level


def _hours(facts: Facts) -> Phrase:
    """The window's hours with the zone's distance from UTC; on the days the clocks change it differs at both ends."""
    speaker = Language(code="en", zone=facts.zone)
    first, last = speaker.offset(facts.window.start), speaker.offset(facts.window.end)
    clock = f"{facts.window.end.astimezone(facts.zone):%H:%M}"
    return say("00:00–{end} ({zone})", end="24:00" if clock == "00:00" else clock, zone=first if first == last else f"{first} → {last}")
