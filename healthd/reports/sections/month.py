"""The last 30 days in one row of cells: the worst state of each and how many devices it concerned."""

from collections import Counter

from healthd.model.phrase import Phrase, say
from healthd.model.report import Calendar, Section, Status
from healthd.reports.facts import Facts

REPORTS = ("daily",)
ORDER = 50


def build(facts: Facts) -> Section | None:
    """Return the calendar, None before the second day."""
    if len(facts.days) < 2:
        return None
    days = tuple((day.date, day.status, day.concerned) for day in facts.days)
    return Section(
        key="month",
        title=say("Last {n} days: worst state of each day, devices concerned", n=len(days)),
        blocks=(Calendar(days=days, alt=_alt(facts)),),
    )


def _alt(facts: Facts) -> Phrase:
    found = Counter(day.status for day in facts.days)
    return say(
        "Days by their worst state: critical {critical}, warning {warning}, not measured {unknown}, maintenance {maintenance}, normal {normal}.",
        critical=found[Status.CRITICAL],
        warning=found[Status.WARNING],
        unknown=found[Status.UNKNOWN] + found[None],
        maintenance=found[Status.MAINTENANCE],
        normal=found[Status.NORMAL],
    )
