"""The desk's clockwork: what becomes due is written and told once, whatever happens in between."""

import os
import signal
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from healthd import faultpoint
from healthd.daemon import desking
from healthd.daemon.desking import Desking
from healthd.daemon.watch import Watch
from healthd.desk import desk, parts
from healthd.model.case import Case, Channel, Did, Entry, Priority, State
from healthd.model.device import Contact, Contract, Customer
from healthd.model.record import Head
from healthd.model.rma import Replacement, Stage, Wanted
from healthd.model.tac import Duty, Person, Role, Tac
from healthd.notify.telling import Telling
from healthd.reports.language import language
from healthd.store import database, journal, outbox
from tests.desk.desks import entry, opening

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)  # a Wednesday, 10:00 in Shanghai
MINUTE = timedelta(minutes=1)
PEOPLE = {
    "hot": Role.HOTLINE, "eng": Role.ENGINEER, "two": Role.ENGINEER, "senior": Role.SENIOR_MANAGER, "duty": Role.DUTY_MANAGER,
    "center": Role.CENTER_MANAGER, "exec": Role.EXECUTIVE, "spares": Role.SPARES, "sales": Role.SALES,
}  # fmt: skip
TAC = Tac(
    zone=ZoneInfo("Asia/Shanghai"),
    people=tuple(Person(name=name, roles=frozenset({role}), email=f"{name}@tac.example") for name, role in PEOPLE.items()),
    duties=tuple(Duty(role=role, people=tuple(n for n, r in PEOPLE.items() if r is role)) for role in dict.fromkeys(PEOPLE.values())),
)
CUSTOMER = Customer(
    code="HDZZ",
    title="HDZZ",
    zone=ZoneInfo("Asia/Shanghai"),
    contract=Contract(number="HT-1", level="7x24x4"),
    contacts=(Contact(name="李伟", email="li@customer.example", phone="1"),),
)
DETAILS = (("caller", "李伟"), ("phone", "1"), ("email", "li@customer.example"), ("contract", "HT-1"))


def clockwork(tac: Tac = TAC, customer: Customer = CUSTOMER) -> Desking:
    customers = {"HDZZ": customer}
    telling = Telling(customers=customers, roster=lambda: tac, speaker=lambda code, zone: language(code, zone.key))
    return Desking(customers=customers, roster=lambda: tac, tell=telling, speaker=telling.speaker)


def turn(at: datetime, customer: Customer = CUSTOMER) -> None:
    """Turn the clockwork once, as a daemon would that has just been started."""
    clockwork(customer=customer).turn(at, Watch(now=lambda: at))


def told() -> list[str]:
    """Return to whom which subjects went, the oldest first, without the case's own title."""
    listed = sorted(outbox.listed(), key=lambda each: (each.message.made, each.key))
    return [f"{each.message.recipient.partition('@')[0]}: {each.message.subject.split('] ')[1].split(' · ')[0]}" for each in listed]


def opened(**changes: object) -> str:
    return desk.open_case(opening(at=NOW, **changes), NOW, facts=DETAILS).number


def assigned(number: str, at: datetime = NOW) -> None:
    desk.act(number, entry(Did.ASSIGNED, "hot", at, engineer="eng"), now=at)


pytest_store = pytest.mark.usefixtures("store")


@pytest_store
def test_a_machines_p1_pages_the_hotline_at_once_stays_proposed_and_goes_to_the_managers() -> None:
    number = opened(priority=Priority.P1, channel=Channel.MONITOR, who="healthd", proposed=True)
    turn(NOW)
    assert told() == ["hot: P1 proposed by monitoring, confirm it now"]
    assert outbox.listed()[0].message.urgent
    for minute in range(1, 16):
        turn(NOW + minute * MINUTE)
    assert told()[1:] == [
        "duty: P1 nobody has confirmed the proposed priority",
        "hot: P1 this case has no next step",  # no engineer for ten minutes
        "center: P1 nobody has confirmed the proposed priority",
    ]
    assert desk.found(number).proposed
    desk.act(number, entry(Did.PRIORITY_CONFIRMED, "hot", NOW + 16 * MINUTE, role="hotline"), now=NOW + 16 * MINUTE)
    turn(NOW + 16 * MINUTE)
    assert "li: P1 we have opened a case for you" in told()


@pytest_store
def test_who_does_not_take_a_case_is_reminded_then_replaced_and_the_managers_hear() -> None:
    number = opened()
    assigned(number)
    for minute in range(0, 130, 5):
        turn(NOW + minute * MINUTE)
    assert told() == [
        "hot: P3 new case",
        "li: P3 we have opened a case for you",
        "eng: P3 this case is yours",
        "eng: P3 nobody has taken this case",  # after one hour of two
        "hot: P3 nobody has taken this case",
        "eng: P3 this case went to another engineer",  # after an hour and a half
        "two: P3 this case is yours now",
        "senior: P3 escalated to you by the clock",
        "two: P3 response is overdue",
        "two: P3 50 % of the time for contact with the customer is over",
    ]
    assert desk.found(number).engineer == "two"


@pytest_store
def test_after_a_standstill_what_became_due_is_told_once() -> None:
    assigned(opened())
    turn(NOW)
    before = len(told())
    turn(NOW + timedelta(hours=3))
    first = told()[before:]
    turn(NOW + timedelta(hours=3, minutes=1))
    assert told()[before:] == first
    assert Counter(first).most_common(1)[0][1] == 1, "one message for each person"


@pytest_store
def test_what_the_customer_says_nothing_about_is_closed_after_working_days_and_the_survey_asked_and_reminded_once() -> None:
    number = opened()
    assigned(number)
    for did, facts in (
        (Did.ACKNOWLEDGED, {}),
        (Did.CONTACTED, {"by": "李伟"}),
        (Did.NOTED, {}),
        (Did.RESOLVED, {"reason": "replaced the fan"}),
    ):
        desk.act(number, entry(did, "eng", NOW, "worked on it", **facts), now=NOW)
    for day in range(30):
        for later in range(2):
            turn(NOW + timedelta(days=day) + later * MINUTE)
    case = desk.found(number)
    assert case.state is State.CLOSED
    days = {each.did: (each.at - NOW).days for each in case.entries}
    assert (days[Did.CLOSED], days[Did.SURVEY_REMINDED]) == (8, 16)  # more than 5 working days each: weekends do not count
    assert [each for each in told() if "closed" in each or "how did" in each] == ["li: P3 your case is closed", "li: P3 how did we do?"]


@pytest_store
def test_a_case_that_nobody_moves_is_nagged_about_once_a_working_day() -> None:
    opened()
    for hour in range(0, 24 * 4, 4):  # from Wednesday to Sunday
        turn(NOW + timedelta(hours=hour))
    nags = [each for each in told() if "no next step" in each]
    assert nags == ["hot: P3 this case has no next step"] * 3


@pytest_store
def test_a_contract_that_ends_is_told_to_sales_once_for_each_step() -> None:
    ends = CUSTOMER.contract
    assert ends is not None
    soon = Customer(code="HDZZ", title="HDZZ", contract=Contract(number="HT-1", level="x", ends=(NOW + timedelta(days=40)).date()))
    for day in range(0, 41, 5):
        turn(NOW + timedelta(days=day), soon)
    assert told() == ["sales: contract ends in 40 days", "sales: contract ends in 30 days"]


@pytest_store
def test_a_part_of_healthd_that_fails_for_long_is_told_once() -> None:
    part, watch = clockwork(), Watch(now=lambda: NOW)
    watch.failed("polls", OSError("disk full"))
    for minute in range(0, 30, 5):
        part.turn(NOW + minute * MINUTE, watch)
    assert sorted(told()) == ["center: A part of healthd fails: polls", "duty: A part of healthd fails: polls"]
    watch.turned("polls")
    part.turn(NOW + 30 * MINUTE, watch)
    assert len(told()) == 2


@pytest_store
def test_a_case_that_somebody_changes_meanwhile_is_left_to_the_next_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    number = opened()
    assigned(number)
    part = clockwork()
    stale = desk.found(number)
    desk.act(number, entry(Did.ACKNOWLEDGED, "eng", NOW + 69 * MINUTE), now=NOW + 69 * MINUTE)
    part._write(
        stale, [Entry(at=NOW, who="healthd", channel=Channel.MONITOR, did=Did.STEPPED, facts=(("step", "x:50"),))], NOW + 70 * MINUTE
    )
    assert [each.did for each in desk.found(number).entries][-1] is Did.ACKNOWLEDGED


@pytest_store
def test_a_case_that_the_clockwork_fails_on_keeps_no_other_one_waiting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for token in ("t-1", "t-2"):
        assigned(desk.open_case(opening(token, at=NOW, key=token), NOW, facts=DETAILS).number)
    whole = desking.moved

    def broken(case: Case, *more: object) -> list[Entry]:
        if case.number.endswith("1"):
            raise ValueError("cannot be")
        return whole(case, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(desking, "moved", broken)
    turn(NOW + 70 * MINUTE)
    assert [each.did for each in desk.found("2611-0001").entries][-1] is Did.ASSIGNED
    assert [each.did for each in desk.found("2611-0002").entries][-1] is Did.STEPPED
    assert "case 2611-0001" in caplog.text


@pytest_store
def test_a_record_that_is_not_complete_is_not_closed_by_silence_and_people_are_nagged_to_complete_it() -> None:
    number = desk.open_case(opening(at=NOW), NOW).number
    assigned(number)
    for did, facts in ((Did.ACKNOWLEDGED, {}), (Did.RESOLVED, {"reason": "replaced"})):
        desk.act(number, entry(did, "eng", NOW, **facts), now=NOW)
    for day in range(12):
        turn(NOW + timedelta(days=day))
    assert desk.found(number).state is State.RESOLVED
    assert any("no next step" in each for each in told())


@pytest_store
def test_a_faulty_part_that_is_owed_is_reminded_of_once_a_day() -> None:
    number = opened()
    received = NOW - timedelta(days=20)
    part = Replacement(
        wanted=Wanted(number=f"{number}-R1", case=number, customer="HDZZ", at=received, who="eng"),
        stage=Stage.RECEIVED,
        since=received,
        version=1,
        received=received,
    )
    journal.begin(Head(kind=parts.KIND, number=part.number, customer="HDZZ", value=part, state=part.stage), [part.wanted], received)
    for hour in range(0, 48, 6):
        turn(NOW + timedelta(hours=hour))
    nags = [each for each in told() if "the return" in each]
    assert sorted(set(nags)) == [
        "center: P3 the return of the faulty part is overdue",
        "spares: P3 the return of the faulty part is overdue",
    ]
    assert len(nags) == 2 * 3  # on three days


# Killed between an entry and its notices


def forked(work: Callable[[], None], folder: Path, fault: str = "") -> int:
    """Do *work* in a child with *fault* injected; return its exit status, negative for a signal."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        faultpoint._passed = Counter()
        os.environ |= {"HEALTHD_TEST": "1", "HEALTHD_FAULT": fault}
        database.open_database(database.Settings(url=database.sqlite_url(folder / "h.sqlite3")))
        work()
    except BaseException:  # noqa: BLE001 - a forked child must end here, whatever happened
        (folder / "traceback").write_text(traceback.format_exc())
        os._exit(1)
    os._exit(0)


def day() -> None:
    """Open a case by its token and let its clocks run, from wherever it stands."""
    telling = clockwork().tell
    number = desk.open_case(opening(at=NOW), NOW, facts=DETAILS, tell=telling).number
    if desk.found(number).state is State.NEW:
        desk.act(number, entry(Did.ASSIGNED, "hot", NOW, engineer="eng"), now=NOW, tell=telling)
    for minute in range(0, 200, 10):
        turn(NOW + minute * MINUTE)


@pytest.mark.slow
@pytest.mark.parametrize("passed", range(1, 6))
def test_killed_between_an_entry_and_its_notices_nothing_is_lost_and_nothing_told_twice(tmp_path: Path, passed: int) -> None:
    assert forked(day, tmp_path, f"case.before_notice@{passed}:kill") == -signal.SIGKILL
    assert forked(day, tmp_path) == 0, (tmp_path / "traceback").read_text()
    (tmp_path / "whole").mkdir()
    assert forked(day, tmp_path / "whole") == 0

    def kept() -> None:
        case = desk.found("2611-0001")
        (tmp_path / "kept").write_text(
            repr(([each.did.value for each in case.entries], sorted(told()), [each.number for each in desk.listing()]))
        )

    assert forked(kept, tmp_path) == 0
    after = (tmp_path / "kept").read_text()

    def whole() -> None:
        database.close_database()
        database.open_database(database.Settings(url=database.sqlite_url(tmp_path / "whole" / "h.sqlite3")))
        kept()

    assert forked(whole, tmp_path) == 0
    assert (tmp_path / "kept").read_text() == after
