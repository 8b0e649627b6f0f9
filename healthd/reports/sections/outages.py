"""Every loss of service of the day with its cause as far as known."""

from healthd.analysis.reasons import reason
from healthd.model.availability import Outage
from healthd.model.phrase import Phrase, say
from healthd.model.report import Attachment, Cell, Column, Name, Section, Table
from healthd.reports.facts import Facts

REPORTS = ("daily",)
ORDER = 130
ROWS = 12


def build(facts: Facts) -> Section | None:
    """Return the outages, the longest first."""
    if facts.calm or not facts.coverage:
        return None
    title, question = say("Outages"), say("When was what down, and why?")
    return Section(key="outages", title=title, question=question, blocks=(table(facts, ROWS),))


def attach(facts: Facts) -> Attachment:
    """Return the whole list as an attached table."""
    return Attachment(name="outages.csv", description=say("All outages"), table=table(facts))


def table(facts: Facts, rows: int | None = None) -> Table:
    """Return at most *rows* outages, the longest first."""
    columns = (
        Column(key="device", title=say("Device"), width=20, keep=True),
        Column(key="start", title=say("From"), align="right", width=12, keep=True),
        Column(key="end", title=say("To"), align="right", width=12, keep=True),
        Column(key="duration", title=say("Duration"), align="right", width=14, keep=True),
        Column(key="cause", title=say("Cause, as far as known"), width=42),
    )
    longest = sorted(facts.outages, key=lambda o: (-o.interval.length, o.device))
    more = say("and {n} more in the attached table outages.csv, none of them longer", n=0)
    empty = (
        say("No device was down on this day.") if facts.coverage == 1 else say("No device was found down in the time that was measured.")
    )
    listed = tuple(row(facts, outage) for outage in longest)
    return Table(key="outages", columns=columns, rows=listed, stop=rows, overflow=more, empty=empty)


def row(facts: Facts, outage: Outage) -> tuple[Cell, ...]:
    """Return one outage."""
    end: Cell = say("still down") if outage.ongoing else say("not known") if outage.unmeasured else outage.interval.end
    return Name(outage.device, facts.model(outage.device)), outage.interval.start, end, outage.interval.length, _cause(outage)


def _cause(outage: Outage) -> Phrase:
    if outage.unmeasured:
        return say("{cause}; not measured from {at} on", cause=_reason(outage), at=outage.interval.end)
    return _reason(outage)


def _reason(outage: Outage) -> Phrase:
    if outage.reason:
        return reason(outage.reason)
    return say("restart, reason not given by the device") if outage.reboot else say("not known yet")
