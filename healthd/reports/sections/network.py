"""Availability of the network: the service points the customer named, against what was agreed."""

from datetime import timedelta

from healthd.analysis.health import coverage
from healthd.model.availability import Availability
from healthd.model.phrase import Percent, Phrase, say
from healthd.model.report import Attachment, Cell, Column, Name, Section, Status, Strip, Table, Text
from healthd.reports.facts import HARDLY, Facts, Point, told
from healthd.reports.sections.downtime import legend, strip

REPORTS = ("daily",)
ORDER = 110
ROWS = 12


def build(facts: Facts) -> Section | None:
    """Return the service points; a day on which all is well has no such chapter."""
    if facts.calm or not facts.coverage:
        return None
    blocks: list[Text | Table] = [Text(body=_sum(facts)), *((table(facts, ROWS),) if facts.points else ())]
    title, question = say("Network availability"), say("Could the network be used, and was the agreed level kept?")
    return Section(key="network", title=title, question=question, blocks=tuple(blocks), chapter=say("Availability"), page=True)


def attach(facts: Facts) -> Attachment:
    """Return the whole list as an attached table."""
    return Attachment(name="service-points.csv", description=say("All service points"), table=table(facts))


def table(facts: Facts, rows: int | None = None) -> Table:
    """Return at most *rows* service points, those that lost most first."""
    worst = sorted(facts.points, key=lambda p: (-(p.today.down + p.today.unreachable), p.name))
    more = say("and {n} more in the attached table service-points.csv", n=0)
    listed = tuple(row(facts, point) for point in worst)
    return Table(key="points", columns=columns(facts), rows=listed, stop=rows, overflow=more, legend=legend(facts))


def _sum(facts: Facts) -> Phrase:
    if not facts.points:
        return say("The inventory names no service points, so there is no figure for the network as a whole; the devices follow.")
    if facts.network is None:
        return say("No service point was measured on this day.")
    today = told(facts.network, facts.network_measured)
    if today is None:
        return say("Service points were measured for {share} of the time: too little for a figure.", share=_covered(facts.network_measured))
    month = told(facts.network_month, _month(facts))
    reached = say("{today} of the measured service point time was reachable", today=today)
    if month is not None:
        reached = say("{reached}; over the last {n} days {month}", reached=reached, n=len(facts.days), month=month)
    if facts.agreed is None:
        return say("{reached}.", reached=reached)
    return say("{reached}. Agreed: {level}.", reached=reached, level=Percent(facts.agreed))


def _month(facts: Facts) -> float | None:
    """Return the share of the days' service point time that was measured."""
    return coverage([point.month for point in facts.points if point.month])


def _covered(share: float | None) -> Percent:
    return Percent(share or 0.0, 1)


def columns(facts: Facts) -> tuple[Column, ...]:
    """Return the columns of service points; the budget only where a level is agreed."""
    budget = (Column(key="budget", title=say("Budget left"), align="right", width=17, keep=True),) if facts.agreed is not None else ()
    return (
        Column(key="point", title=say("Service point"), width=20, keep=True),
        Column(key="today", title=say("Today"), align="right", width=7.5, keep=True),
        Column(key="measured", title=say("Measured"), align="right", width=8.5, keep=True),
        Column(key="lost", title=say("Lost"), align="right", width=10, keep=True),
        Column(key="month", title=say("{n} days", n=len(facts.days)), align="right", width=8, keep=True),
        Column(key="month_measured", title=say("Measured"), align="right", width=8.5, keep=True),
        *budget,
        Column(key="day", title=say("The day"), width=20.5 if budget else 37.5, axis=facts.window),
    )


def row(facts: Facts, point: Point) -> tuple[Cell | Status | Strip, ...]:
    """Return one service point's day."""
    today = told(reached(point.today), point.today.coverage)
    month = told(reached(point.month), point.month.coverage) if point.month else None
    names = point.devices[0] if len(point.devices) == 1 else say("{n} devices", n=len(point.devices))
    budget = (_budget(facts, point),) if facts.agreed is not None else ()
    lost = point.today.down + point.today.unreachable
    covered = tuple(None if a is None or a.coverage is None else _covered(a.coverage) for a in (point.today, point.month))
    return Name(point.name, names), today, covered[0], lost or None, month, covered[1], *budget, strip(point.today)


def reached(a: Availability) -> float | None:
    """Return the share of measured time outside maintenance at which a service point could be used, whoever's fault it was."""
    measured = a.up + a.down + a.unreachable
    return a.up / measured if measured else None


def _budget(facts: Facts, point: Point) -> Cell:
    """Return the time that may still be lost within the days of the month table, or by how much it is overspent."""
    if facts.agreed is None or point.month is None or (point.month.coverage or 0.0) < HARDLY:
        return None
    month = point.month
    allowed = (month.up + month.down + month.unreachable) * (1 - facts.agreed)
    left = allowed - month.down - month.unreachable
    return left if left >= timedelta() else say("over by {time}", time=-left)
