"""The auditor finds every open case without a next step, and leaves in peace those that have one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthd.desk import auditor
from healthd.desk.clocks import clocks
from healthd.model.case import Case, Channel, Did, Entry, Priority
from healthd.model.escalation import Loose
from healthd.model.tac import PROMISES, Promise, Role
from tests.desk.center import CENTER
from tests.desk.lives import CALLER, ENGINEER, HOTLINE, MANAGER, MINUTE, MONITOR, T0, after, begun, entry, worked_on
from tests.desk.test_clocks import Life, lives

CONFIRMED = (entry(Did.ENGINEER_CONFIRMED, 20, **ENGINEER), entry(Did.CUSTOMER_CONFIRMED, 21, who="mei", by="Wang Fang"))
DAY = 24 * 60


def loose(case: Case, minute: float) -> list[tuple[str, Role, str]]:
    return [(each.check, each.who, each.person) for each in _loose(case, minute)]


def _loose(case: Case, minute: float) -> tuple[Loose, ...]:
    return auditor.loose([case], T0 + minute * MINUTE, CENTER, {})


def opened(**changes: object) -> Case:
    return after(begun(**changes), entry(Did.OPENED, **HOTLINE, **CALLER))


def until(minute: float) -> str:
    return (T0 + minute * MINUTE).isoformat()


def test_a_case_in_work_with_its_clocks_running_has_a_next_step() -> None:
    assert loose(worked_on(), 30) == []
    assert loose(worked_on(), 3 * DAY) == []


@pytest.mark.parametrize(
    ("case", "peace", "minute", "finds"),
    [
        pytest.param(opened, 119, 121, ("dispatch", Role.HOTLINE, ""), id="nobody was given a P3 for two hours"),
        pytest.param(
            lambda: opened(priority=Priority.P1), 9, 11, ("dispatch", Role.HOTLINE, ""), id="nobody was given a P1 for ten minutes"
        ),
        pytest.param(
            lambda: opened(entitled=False),
            119,
            121,
            ("dispatch", Role.HOTLINE, ""),
            id="nobody decides what becomes of a case without contract",
        ),
        pytest.param(
            lambda: after(worked_on(), entry(Did.ASSIGNED, 20, **MANAGER, engineer="sun")),
            259,
            261,
            ("acknowledge", Role.CENTER_MANAGER, ""),
            id="a new engineer does not take it",
        ),
        pytest.param(
            lambda: after(worked_on(), entry(Did.RESOLVED, 20, reason="r"), entry(Did.REOPENED, 30, reason="back")),
            269,
            271,
            ("acknowledge", Role.CENTER_MANAGER, ""),
            id="opened again, nobody takes it",
        ),
        pytest.param(
            lambda: after(worked_on(), entry(Did.WAITED, 20, reason="r")),
            None,
            21,
            ("date", Role.ENGINEER, "li"),
            id="it waits without a date",
        ),
        pytest.param(
            lambda: after(worked_on(), entry(Did.WAITED, 20, reason="r", until=until(60))),
            59,
            61,
            ("waited", Role.ENGINEER, "li"),
            id="it has waited longer than its date",
        ),
        pytest.param(
            lambda: after(worked_on(), *CONFIRMED, entry(Did.RMA_PENDED, 22)),
            261,
            263,
            ("request", Role.SPARES, ""),
            id="RMA-Pend and no request",
        ),
        pytest.param(
            lambda: after(worked_on(), CONFIRMED[0]), 20 + DAY, 21 + DAY, ("confirmation", Role.ENGINEER, "li"), id="one side has confirmed"
        ),
        pytest.param(
            lambda: after(worked_on(), *CONFIRMED),
            21 + DAY,
            22 + DAY,
            ("confirmation", Role.ENGINEER, "li"),
            id="both have, and nobody starts the RMA",
        ),
        pytest.param(
            lambda: after(worked_on(), entry(Did.CISCO_OPENED, 20)), None, 20, ("cisco", Role.ENGINEER, "li"), id="no number of Cisco's"
        ),
        pytest.param(
            lambda: after(worked_on(), entry(Did.ON_SITE_ASKED, 20, reason="r")),
            259,
            261,
            ("approval", Role.CENTER_MANAGER, ""),
            id="a visit was asked for and nobody decides",
        ),
        pytest.param(
            lambda: after(worked_on(), entry(Did.ON_SITE_ASKED, 20, reason="r"), entry(Did.ON_SITE_APPROVED, 21, **MANAGER)),
            None,
            22,
            ("visit", Role.ENGINEER, "li"),
            id="a visit without a date",
        ),
        pytest.param(
            lambda: after(
                worked_on(),
                entry(Did.ON_SITE_ASKED, 20, reason="r"),
                entry(Did.ON_SITE_APPROVED, 21, **MANAGER, start=until(60), end=until(90)),
            ),
            60 + DAY,
            61 + DAY,
            ("visit", Role.ENGINEER, "li"),
            id="a visit that is over, and nobody says what came of it",
        ),
        pytest.param(
            lambda: after(worked_on(), entry(Did.PRIORITISED, 20, **MONITOR, priority="P2", reason="more")),
            80,
            81,
            ("priority", Role.HOTLINE, ""),
            id="a proposal that nobody confirms",
        ),
        pytest.param(
            lambda: after(worked_on(), entry(Did.RECOVERED, 20, **MONITOR)),
            20 + DAY,
            21 + DAY,
            ("recovered", Role.ENGINEER, "li"),
            id="well again, and nobody resolves it",
        ),
        pytest.param(
            lambda: after(worked_on(), entry(Did.RESOLVED, 20, reason="r")),
            7 * DAY,
            8 * DAY,
            ("silence", Role.ENGINEER, "li"),
            id="resolved, and the customer says nothing for five working days",
        ),
    ],
)
def test_what_nobody_moves_is_found_when_patience_ends(
    case: Callable[[], Case], peace: float | None, minute: float, finds: tuple[str, Role, str]
) -> None:
    if peace is not None:
        assert finds[0] not in [check for check, _, _ in loose(case(), peace)]
    assert finds in loose(case(), minute)


def test_what_was_lacking_and_is_done_is_loose_no_longer() -> None:
    waits = after(worked_on(), entry(Did.WAITED, 20, reason="r"))
    assert loose(after(waits, entry(Did.CONTINUED, 30)), 31) == []
    cisco = after(worked_on(), entry(Did.CISCO_OPENED, 20))
    assert loose(after(cisco, entry(Did.CISCO_OPENED, 30, cisco="700000001")), 31) == []


def test_an_engineer_who_is_not_of_the_center_is_told() -> None:
    case = after(worked_on(), entry(Did.ASSIGNED, 20, **MANAGER, engineer="gone"))
    assert ("engineer", Role.CENTER_MANAGER, "") in loose(case, 21)


def test_work_that_no_clock_drives_is_found() -> None:
    """A P4 without promised resolution, answered and called, whose update nobody promised either."""
    silent = replace(CENTER, promises={**PROMISES, Priority.P4: Promise(response=timedelta(hours=8), contact=timedelta(hours=16))})
    case = worked_on(priority=Priority.P4)
    assert [each.check for each in auditor.loose([case], T0 + 30 * MINUTE, silent, {})] == ["clock"]


def test_a_record_written_after_the_fact_is_asked_for_what_it_lacks() -> None:
    night = after(
        begun(channel=Channel.DESK, who="li", at=T0 - 300 * MINUTE),
        Entry(at=T0 - 300 * MINUTE, entered=T0, who="li", channel=Channel.DESK, did=Did.OPENED, facts=(("caller", "Wang Fang"),)),
        entry(Did.ASSIGNED, 1, engineer="li"),
        entry(Did.ACKNOWLEDGED, 2),
    )
    found = [each for each in _loose(night, 10) if each.check == "record"]
    assert [(each.person, str(each.what)) for each in found] == [
        ("li", "It was recorded after the fact, and its record lacks: phone, email, contract, notes.")
    ]
    assert "record" not in [check for check, _, _ in loose(after(night, entry(Did.COMPLETED, 11, **CALLER, text="all of it")), 12)]


def test_a_case_of_the_monitors_is_not_late_because_it_watched_for_long() -> None:
    watched = after(
        begun(channel=Channel.MONITOR), Entry(at=T0, entered=T0 + 600 * MINUTE, who="healthd", channel=Channel.MONITOR, did=Did.OPENED)
    )
    assert loose(watched, 610) == []


def test_what_is_over_is_nobodys() -> None:
    closed = after(worked_on(), entry(Did.RESOLVED, 20, reason="r"), entry(Did.CLOSED, 30, agreed="Wang Fang"))
    assert loose(closed, 90 * DAY) == []
    sold = after(opened(entitled=False), entry(Did.HANDED_TO_SALES, 5))
    assert loose(sold, 90 * DAY) == []


@settings(deadline=None, max_examples=150)
@given(life=lives(), days=st.integers(0, 60))
def test_every_open_case_has_a_clock_that_runs_a_date_that_comes_or_somebody_who_is_told(life: Life, days: int) -> None:
    """The auditor's own law, whatever the case has lived through, and however long ago."""
    now = life.now + timedelta(days=days)
    case = life.case
    driven = [each for each in clocks(case, life.customer, life.tac, now) if each.runs]
    dated = case.until is not None and case.until > now
    found = auditor.loose([case], now, life.tac, {"acme": life.customer})
    resolved_lately = case.state.value == "resolved" and now - case.since < timedelta(days=12)
    assert driven or dated or found or resolved_lately or not case.is_open
