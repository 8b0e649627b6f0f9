"""The customer's open cases: how each stands, and who does what by when."""

from healthd.model.phrase import Phrase, say
from healthd.model.report import Attachment, Cell, Column, Name, Section, Table
from healthd.reports.facts import Case, Facts

REPORTS = ("daily",)
ORDER = 150
ROWS = 10


def build(facts: Facts) -> Section | None:
    """Return the list; None while there is no open case."""
    if facts.cases is None or not facts.cases.open:
        return None
    title, question = say("Open cases"), say("What is being worked on, how does it stand, and what comes next?")
    return Section(key="cases", title=title, question=question, blocks=(table(facts),))


def attach(facts: Facts) -> Attachment | None:
    """Return the whole list as an attached table; None where there never was a case."""
    if facts.cases is None:
        return None
    return Attachment(name="cases.csv", description=say("All open cases"), table=table(facts))


def table(facts: Facts) -> Table:
    """Return one row for each open case, the gravest first, then the oldest."""
    columns = (
        Column(key="case", title=say("Case"), width=13, keep=True),
        Column(key="what", title=say("What it is about"), width=31),
        Column(key="state", title=say("How it stands"), width=20),
        Column(key="action", title=say("Who does what"), width=25),
        Column(key="by", title=say("By when"), align="right", width=11, keep=True),
    )
    found = facts.cases.open if facts.cases else ()
    rows = tuple(_row(case) for case in sorted(found, key=lambda case: (case.priority, case.opened or facts.made, case.number)))
    more = say("and {n} more in the attached table cases.csv", n=0)
    return Table(key="cases", columns=columns, rows=rows, stop=ROWS, overflow=more, empty=say("No case is open."))


def _row(case: Case) -> tuple[Cell, ...]:
    return (
        Name(case.number, say("{priority}, opened {at}", priority=case.priority, at=case.opened) if case.opened else case.priority),
        _about(case),
        _stands(case),
        say("{who}: {what}", who=case.who, what=case.what) if case.what else None,
        case.until,
    )


def _about(case: Case) -> Phrase | str:
    """Return the case's title with the part by which a replacement is ordered."""
    said: Phrase | str = case.title or case.device
    if isinstance(said, Phrase) and case.pid and case.serial:
        return say("{what}. {pid}, S/N {serial}.", what=said, pid=case.pid, serial=case.serial)
    return said


def _stands(case: Case) -> Phrase:
    said = say("{state} since {at}", state=case.state, at=case.since) if case.since else say("{state}", state=case.state)
    if case.rma:
        said = say("{what}; {rma}", what=said, rma=case.rma)
    return say("{what}; Cisco's case {number}", what=said, number=case.cisco) if case.cisco else said
