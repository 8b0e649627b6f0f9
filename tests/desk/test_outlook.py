"""What comes next in a case: in each state somebody is to do something, until when, and what threatens otherwise."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from healthd.desk import clocks, lifecycle
from healthd.desk.outlook import STATES, limit, outlook
from healthd.model.case import Case, Channel, Did, Entry, Opening, Priority, State
from healthd.model.device import Contract, Customer
from healthd.model.outlook import Next
from healthd.model.tac import Duty, Person, Role, Tac
from tests.desk.desks import NOW, entry, opening

NAMES = {"hot": Role.HOTLINE, "li.wei": Role.ENGINEER, "boss": Role.CENTER_MANAGER, "senior": Role.SENIOR_MANAGER, "parts": Role.SPARES}
TAC = Tac(
    people=tuple(Person(name=name, roles=frozenset({role})) for name, role in NAMES.items()),
    duties=tuple(Duty(role=role, people=(name,)) for name, role in NAMES.items()),
)
CUSTOMER = Customer(code="HDZZ", title="HDZZ", contract=Contract(number="HT-2026-042", level="7x24x4"))
OPENED = Entry(at=NOW, who="chen.jie", channel=Channel.HOTLINE, did=Did.OPENED)
TAKEN = (OPENED, entry(Did.ASSIGNED, engineer="li.wei"), entry(Did.ACKNOWLEDGED))
BOTH = (entry(Did.ENGINEER_CONFIRMED, role="engineer"), entry(Did.CUSTOMER_CONFIRMED, "hot", by="Li"))


def after(*entries: Entry, **changes: object) -> Case:
    lines: list[Opening | Entry] = [opening(**changes)]
    lines += [replace(each, number=n) for n, each in enumerate(entries, 1)]
    return lifecycle.folded(lines, "2611-0001")


def look(case: Case) -> tuple[Next, ...]:
    return outlook(case, clocks.clocks(case, CUSTOMER, TAC, NOW), TAC, NOW)


def due(case: Case) -> list[tuple[str, str]]:
    return [(str(each.who), str(each.what)) for each in look(case) if not each.threat]


@pytest.mark.parametrize(
    ("entries", "who", "what"),
    [
        ((OPENED,), "hot", "assign an engineer"),
        ((OPENED, entry(Did.ASSIGNED, engineer="li.wei")), "li.wei", "take the case"),
        (TAKEN, "li.wei", "contact the customer"),
        ((*TAKEN, entry(Did.CONTACTED)), "li.wei", "resolve it"),
        ((*TAKEN, entry(Did.WAITED, reason="x")), "customer", "answer; the clocks stand still until then"),
        ((*TAKEN, entry(Did.ENGINEER_CONFIRMED, role="engineer")), "customer", "confirm the hardware fault; the replacement starts when both have"),
        ((*TAKEN, *BOTH, entry(Did.RMA_PENDED)), "parts", "take the part from stock, or request an RMA"),
        ((*TAKEN, entry(Did.ON_SITE_ASKED, reason="x")), "boss", "decide about the on-site visit"),
        ((*TAKEN, entry(Did.ESCALATED, reason="x")), "senior", "help to resolve it, or have a case opened with Cisco TAC"),
        ((*TAKEN, entry(Did.CISCO_OPENED)), "li.wei", "record Cisco's case number"),
        ((*TAKEN, entry(Did.RESOLVED, reason="x")), "customer", "say whether it is resolved; without a word the case is closed"),
    ],
)  # fmt: skip
def test_somebody_is_to_do_something(entries: Sequence[Entry], who: str, what: str) -> None:
    assert (who, what) in due(after(*entries))


def test_a_visit_is_said_with_its_time_and_the_newest_one_counts() -> None:
    visits = [
        entry(
            Did.ON_SITE_APPROVED,
            "boss",
            role="center-manager",
            start=f"2026-12-0{day}T09:00:00+08:00",
            end=f"2026-12-0{day}T11:00:00+08:00",
        )
        for day in (1, 2)
    ]
    case = after(*TAKEN, entry(Did.ON_SITE_ASKED, reason="x"), *visits)
    (said,) = [each for each in look(case) if "on site" in str(each.what)]
    assert "2026-12-02" in str(said.what)
    assert said.until == datetime(2026, 12, 2, 3, tzinfo=UTC)


def test_what_should_be_done_already_is_overdue_by_so_much() -> None:
    hour = timedelta(hours=1)
    assert str(limit(NOW - hour, NOW)).startswith("overdue by 1")
    assert str(limit(NOW + hour, NOW)).startswith("until")


def test_every_state_that_is_not_the_end_has_a_next_step() -> None:
    assert set(STATES) == set(State) - {State.SALES, State.SURVEYED}


def test_the_time_is_that_of_the_clock() -> None:
    (first, *_) = look(after(OPENED, entry(Did.ASSIGNED, engineer="li.wei")))
    assert first.until == NOW + timedelta(hours=2)


def test_a_proposal_is_the_hotlines_to_confirm_first_of_all() -> None:
    case = after(replace(OPENED, who="healthd", channel=Channel.MONITOR), priority=Priority.P1, proposed=True)
    assert due(case)[0] == ("hot", "call the customer and confirm the priority")


def test_out_of_contract_it_is_for_sales_or_the_manager() -> None:
    assert due(after(OPENED, entitled=False)) == [("hot", "hand it to sales: no contract covers it; or the manager overrides that")]


def test_what_was_seen_well_again_is_to_be_looked_at() -> None:
    case = after(*TAKEN, replace(entry(Did.RECOVERED, "healthd"), channel=Channel.MONITOR))
    assert any("monitoring sees it well since" in what for _, what in due(case))


def test_it_says_who_hears_when_the_first_clock_runs_out() -> None:
    threats = [each for each in look(after(OPENED, entry(Did.ASSIGNED, engineer="li.wei"))) if each.threat]
    assert [(str(each.who), each.until) for each in threats] == [("senior", NOW + timedelta(hours=2))]
    assert [each for each in look(after(*TAKEN, entry(Did.RESOLVED, reason="x"))) if each.threat] == []
