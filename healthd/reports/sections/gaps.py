"""Appendix: when we were blind, and why."""

from healthd.analysis.reasons import reason
from healthd.model.availability import Span, State
from healthd.model.phrase import Phrase, say
from healthd.model.report import Column, Name, Section, Table
from healthd.reports.facts import Facts

REPORTS = ("daily",)
ORDER = 430
ROWS = 40


def build(facts: Facts) -> Section:
    """Return the stretches that were not measured or were agreed maintenance, the longest first."""
    spans = [(d.name, s) for d in facts.in_service if d.name in facts.today for s in facts.today[d.name].spans]
    quiet = [(name, s) for name, s in spans if s.state in (State.UNMEASURED, State.MAINTENANCE)]
    quiet.sort(key=lambda each: (-each[1].interval.length, each[0]))
    columns = (
        Column(key="device", title=say("Device"), width=21, keep=True),
        Column(key="from", title=say("From"), align="right", width=12, keep=True),
        Column(key="to", title=say("To"), align="right", width=12, keep=True),
        Column(key="duration", title=say("Duration"), align="right", width=14, keep=True),
        Column(key="why", title=say("Why"), width=41),
    )
    rows = tuple((Name(name), s.interval.start, s.interval.end, s.interval.length, _why(s)) for name, s in quiet)
    more = say("and {n} more, none of them longer", n=0)
    table = Table(
        key="gaps",
        columns=columns,
        rows=rows,
        stop=ROWS,
        overflow=more,
        dense=True,
        empty=say("Every device in service was measured the whole time."),
    )
    title, question = say("Gaps in measuring and maintenance"), say("Which time does not count, and who said so?")
    return Section(key="gaps", title=title, question=question, blocks=(table,), appendix=True)


def _why(span: Span) -> Phrase:
    why = reason(span.reason) if span.reason else say("reason not recorded")
    if span.state == State.MAINTENANCE:
        return (
            say("maintenance: {reason} ({author})", reason=why, author=span.author)
            if span.author
            else say("maintenance: {reason}", reason=why)
        )
    return say("not measured: {reason}", reason=why)
