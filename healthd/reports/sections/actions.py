"""What somebody has to do: at most eight rows on page 1, one row a cause, worst first; the others follow under Further actions."""

from healthd.model.finding import Finding
from healthd.model.phrase import Phrase, say
from healthd.model.report import Attachment, Cell, Column, Name, Section, Status, Table
from healthd.reports.causes import Cause
from healthd.reports.duty import due, who
from healthd.reports.facts import LEVELS, Facts

REPORTS = ("daily",)
ORDER = 30
ROWS = 8
NAMED = 3


def build(facts: Facts) -> Section | None:
    """Return the list, None when there is nothing to act on."""
    if not facts.causes:
        return None
    return Section(key="actions", title=say("What needs action"), blocks=(table(facts),))


def attach(facts: Facts) -> Attachment:
    """Return the whole list as an attached table."""
    return Attachment(name="actions.csv", description=say("All that needs action"), table=table(facts))


def table(facts: Facts) -> Table:
    """Return one row for each cause."""
    cases = facts.cases is not None and bool(facts.cases.open)
    columns = (
        Column(key="status", title=say("Status"), width=11, keep=True),
        Column(key="device", title=say("Device"), width=17 if cases else 20, keep=True),
        Column(key="what", title=say("What happened"), width=26 if cases else 30),
        *((Column(key="case", title=say("Case"), width=15, keep=True),) if cases else ()),
        Column(key="action", title=say("Who does what"), width=22 if cases else 28),
        Column(key="by", title=say("By when"), align="right", width=9 if cases else 11, keep=True),
    )
    rows = tuple(_row(facts, cause, cases=cases) for cause in facts.causes)
    return Table(key="actions", columns=columns, rows=rows, stop=ROWS, overflow=say("and {n} more under Further actions", n=0))


def _row(facts: Facts, cause: Cause, *, cases: bool) -> tuple[Cell | Status, ...]:
    first = cause.first
    since = say("since {at}", at=first.since) if first.since else ""
    case = next((c for f in cause.findings if (c := facts.case(f.key))), None)
    own = (Name(case.number, say("{priority}, {state}", priority=case.priority, state=case.state)) if case else None,)
    act: Phrase = say("{who}: {what}", who=case.who, what=case.what) if case and case.what else who(first, first.advice)
    by = case.until if case and case.until else due(first, facts.made.astimezone(facts.zone).date())
    return LEVELS[cause.level], Name(first.device, since), _what(cause), *(own if cases else ()), act, by


def _what(cause: Cause) -> Phrase:
    """Return the trouble, what else belongs to it, and the part by which a replacement is ordered."""
    said = say("{what}.", what=cause.first.summary)
    if cause.more:
        said = say("{what}. The same: {others}.", what=said, others=_others(cause))
    if cause.follow:
        n = len(cause.follow)
        said = (
            say("{what}. One finding on another device follows from it.", what=said)
            if n == 1
            else say("{what}. {n} findings on other devices follow from it.", what=said, n=n)
        )
    return _part(cause.first, said)


def _others(cause: Cause) -> Phrase:
    named = ", ".join(_place(f, cause.first) for f in cause.more[:NAMED])
    left = len(cause.more) - NAMED
    return say("{names} and {n} more", names=named, n=left) if left > 0 else say("{names}", names=named)


def _place(finding: Finding, first: Finding) -> str:
    return finding.item if finding.rule == first.rule else f"{finding.rule.upper()} {finding.item}"


def _part(finding: Finding, said: Phrase) -> Phrase:
    if finding.verdict is None or not (finding.pid and finding.serial):
        return said
    if finding.slot:
        return say("{what}. {pid}, S/N {serial}, slot {slot}.", what=said, pid=finding.pid, serial=finding.serial, slot=finding.slot)
    return say("{what}. {pid}, S/N {serial}.", what=said, pid=finding.pid, serial=finding.serial)
