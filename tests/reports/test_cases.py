"""The daily report tells of the open cases: how each stands, and who does what by when."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from healthd.model import terms
from healthd.model.case import Rma, State
from healthd.model.phrase import say
from healthd.model.report import Figures, Name, Report, Table
from healthd.reports import daily
from healthd.reports.facts import Case, Cases, Facts
from healthd.reports.gather import _with_cases

OPENED = datetime(2026, 3, 20, 8, 5, tzinfo=UTC)
PSU = Case(
    number="2603-0007",
    priority="P3",
    state=terms.STATES[State.RMA_PEND],
    title=say("Power supply {item} has failed", item="2"),
    device="SW-01",
    pid="PWR-C1-715WAC",
    serial="LIT2149ABCD",
    opened=OPENED,
    since=OPENED + timedelta(hours=2),
    who="Tang Li",
    what=say("take the part from stock, or request an RMA"),
    until=OPENED + timedelta(hours=30),
    rma=terms.RMAS[Rma.PENDING],
    cisco="692072147",
)
GRAVE = Case(number="2603-0009", priority="P1", state=terms.STATES[State.ASSIGNED], title=say("{device} is down", device="SW-02"))


def with_cases(facts: Facts, *cases: Case) -> Report:
    failed = next(f for f in facts.findings if f.rule == "psu")
    return daily.report(replace(facts, cases=Cases(open=cases, by_key={failed.key: PSU}, spans=((OPENED, None),))))


def table(report: Report, key: str) -> Table:
    return next(b for s in report.sections for b in s.blocks if isinstance(b, Table) and b.key == key)


def test_open_cases_are_listed_with_their_next_step_the_gravest_first(net: Callable[..., object], facts: Callable[..., Facts]) -> None:
    rows = table(with_cases(facts(net("SW-01", "SW-02", failed=["SW-01"])), PSU, GRAVE), "cases").rows
    assert [row[0].text for row in rows] == ["2603-0009", "2603-0007"]  # type: ignore[union-attr]
    about, stands, action = (str(cell) for cell in rows[1][1:4])
    assert about == "Power supply 2 has failed. PWR-C1-715WAC, S/N LIT2149ABCD."
    assert stands.startswith("RMA-Pend since 2026-03-20 10:05 UTC; replacement confirmed; Cisco's case 692072147")
    assert action == "Tang Li: take the part from stock, or request an RMA"
    assert rows[1][4] == PSU.until


def test_what_needs_action_names_the_case_and_takes_its_next_step(net: Callable[..., object], facts: Callable[..., Facts]) -> None:
    row = table(with_cases(facts(net("SW-01", failed=["SW-01"])), PSU), "actions").rows[0]
    assert ("2603-0007", "P3, RMA-Pend") in [(cell.text, str(cell.note)) for cell in row if isinstance(cell, Name)]
    assert str(row[-2]) == "Tang Li: take the part from stock, or request an RMA"
    assert row[-1] == PSU.until


def test_open_cases_are_counted_by_priority_on_the_first_page(net: Callable[..., object], facts: Callable[..., Facts]) -> None:
    report = with_cases(facts(net("SW-01", failed=["SW-01"])), PSU, GRAVE)
    figures = next(b for s in report.sections for b in s.blocks if isinstance(b, Figures))
    (cases,) = (figure for figure in figures.figures if figure.key == "cases")
    assert (cases.value, str(cases.compared)) == (2, "P1 × 1 · P3 × 1")


def test_where_there_never_was_a_case_the_report_says_nothing_of_cases(net: Callable[..., object], facts: Callable[..., Facts]) -> None:
    report = daily.report(facts(net("SW-01", failed=["SW-01"])))
    assert "cases" not in {section.key for section in report.sections}
    assert "cases.csv" not in {attachment.name for attachment in report.attachments}


def test_each_day_tells_how_many_cases_were_open_at_its_end(net: Callable[..., object], facts: Callable[..., Facts]) -> None:
    made = facts(net("SW-01", failed=["SW-01"]))
    cases = Cases(spans=((OPENED - timedelta(days=3), OPENED - timedelta(days=1)), (OPENED, None)))
    assert [day.cases for day in _with_cases(made.days, cases, UTC)[-5:]] == [None, 1, 1, 0, 1]
