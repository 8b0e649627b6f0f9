"""Errands are put once, done in the order of their case, and settled by whoever holds the newest lease."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthd.model.action import Action, Note, Open, Propose
from healthd.model.case import Opening, Priority
from healthd.model.followed import Followed
from healthd.model.phrase import say
from healthd.store import errands, tickets
from healthd.store.database import Settings
from healthd.store.errands import Stage
from healthd.store.transaction import whole

START = datetime(2026, 3, 2, tzinfo=UTC)
LEASE = timedelta(minutes=5)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def opening(case: str = "hd-1") -> Open:
    return Open(
        opening=Opening(
            key="psu.failed:sw1:PS1", token=case, customer="ACME", title=say("PSU of {device} failed", device="sw1"), text=say("It is dark."),
            at=START, priority=Priority.P2, why=say("no spare"),
        )
    )  # fmt: skip


def note(mark: str, case: str = "hd-1") -> Note:
    return Note(token=case, mark=mark, text=say("seen again"))


def lease(now: datetime, owner: str = "a", **more: object) -> tuple[errands.Errand, ...]:
    return errands.lease(owner, now, length=LEASE, backend="desk", **more)  # type: ignore[arg-type]


def put(*actions: Action, minutes: float = 0) -> int:
    return errands.put("ACME", "desk", actions, at(minutes))


def test_an_errand_is_put_once_by_token_and_mark_and_comes_back_whole(store: Settings) -> None:
    assert put(opening(), note("n1"), note("n1")) == 2
    assert put(opening(), note("n1"), minutes=1) == 0
    (taken,) = lease(at(2))
    assert (taken.action, taken.customer, taken.token, taken.tries, taken.unsure) == (opening(), "ACME", "hd-1", 1, False)


def test_the_errands_of_a_case_are_done_one_after_the_other_and_those_of_others_meanwhile(store: Settings) -> None:
    put(opening(), note("n1"), note("n2"))
    put(opening("hd-2"), minutes=1)
    first, other = lease(at(2))
    assert (first.action, other.action) == (opening(), opening("hd-2"))
    assert lease(at(2)) == ()
    errands.done(first, at(3))
    errands.done(other, at(3))
    (second,) = lease(at(3))
    assert second.action == note("n1")
    errands.failed(second, at(3), "503", at(6))
    assert lease(at(5)) == (), "what waits for its next try holds up what comes after it"
    assert lease(at(6))[0].action == note("n1")


def test_a_note_that_is_refused_holds_up_nothing_but_a_case_that_was_not_opened_holds_up_all_its_notes(store: Settings) -> None:
    put(opening(), note("n1"), note("n2"))
    (taken,) = lease(at(0))
    errands.failed(taken, at(0), "no such queue", None)
    assert lease(at(1)) == ()
    assert errands.retry([taken.id], at(2)) == 1
    errands.done(lease(at(2))[0], at(2))
    errands.failed(lease(at(3))[0], at(3), "too long", None)
    assert lease(at(4))[0].action == note("n2")


def test_who_was_killed_while_working_may_have_done_it_and_the_next_one_knows(store: Settings) -> None:
    put(opening())
    (first,) = lease(at(0))
    assert lease(at(4), "b") == ()
    (second,) = lease(at(5), "b")
    assert (second.unsure, second.tries, second.fence) == (True, 2, 2)
    assert not errands.done(first, at(6))
    assert errands.failed(second, at(6), "timeout", at(7))
    assert lease(at(7))[0].unsure, "what was unsure once stays so"


def test_what_is_given_back_counts_no_try(store: Settings) -> None:
    put(opening())
    (taken,) = lease(at(0))
    assert errands.released(taken, at(3))
    assert lease(at(2)) == ()
    assert lease(at(3))[0].tries == 1


def test_each_desk_gets_its_own(store: Settings) -> None:
    put(opening())
    errands.put("ACME", "other", [opening("hd-9")], at(0))
    assert [each.token for each in lease(at(1))] == ["hd-1"]
    assert errands.oldest("other") == at(0)
    assert errands.oldest("nobody") is None


def test_they_are_part_of_the_transaction_of_their_cause(store: Settings) -> None:
    @whole
    def fails() -> None:
        put(opening())
        raise RuntimeError

    for _ in range(2):
        try:
            fails()
        except RuntimeError:
            continue
    assert sum(errands.numbers().values()) == 0


def test_a_person_can_try_again_or_give_up(store: Settings) -> None:
    put(opening(), note("n1"))
    (taken,) = lease(at(0))
    errands.failed(taken, at(0), "no", None)
    assert errands.drop([taken.id], at(1), "li", "opened by hand") == 1
    assert "opened by hand" in errands.listed([Stage.DROPPED])[0].error
    assert lease(at(2)) == (), "a note on a case that is not opened goes with it"
    assert errands.retry([taken.id], at(3)) == 1


def test_old_ones_are_forgotten_with_their_whole_case(store: Settings) -> None:
    put(opening(), note("n1"))
    errands.done(lease(at(0))[0], at(0))
    assert errands.forget(at(60)) == 0
    errands.done(lease(at(1))[0], at(1))
    assert errands.forget(at(60)) == 2


def settle(step: str, each: errands.Errand, now: datetime) -> None:
    match step:
        case "done":
            errands.done(each, now)
        case "fail":
            errands.failed(each, now, "x", now, unsure=True)
        case "final":
            errands.failed(each, now, "x", None)
        case "release":
            errands.released(each, now)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(["put", "lease", "done", "fail", "final", "release", "retry", "drop"]), st.integers(0, 9))))
def test_put_is_always_waiting_plus_leased_failed_done_and_dropped(sqlite_store: Settings, steps: list[tuple[str, int]]) -> None:
    held: list[errands.Errand] = []
    wanted = sum(errands.numbers().values())
    for number, (step, pick) in enumerate(steps):
        now = at(number)
        known = [each.id for each in errands.listed()]
        match step:
            case "put":
                wanted += put(note(f"m{wanted}-{pick}", f"t{pick % 3}"), minutes=number)
            case "lease":
                held += lease(now, most=3)
            case "retry" | "drop" if known:
                (
                    errands.retry([known[pick % len(known)]], now)
                    if step == "retry"
                    else errands.drop([known[pick % len(known)]], now, "a", "b")
                )
            case _ if held:
                each = held.pop(pick % len(held))
                settle(step, each, now)
        assert sum(errands.numbers().values()) == wanted


def test_proposals_have_marks_of_their_own(store: Settings) -> None:
    assert put(Propose(token="hd-1", mark="r1", text=say("well again")), note("n1")) == 2


def test_with_a_dropped_opening_goes_what_came_behind_it_and_the_clients_case_is_closed(store: Settings) -> None:
    case = Followed(
        token="hd-1",
        key="psu.failed:sw1:PS1",
        customer="ACME",
        opened=START,
        priority=Priority.P2,
        covers=("psu.failed:sw1:PS1",),
        since=START,
    )
    tickets.keep(case, [opening()], START)
    put(opening(), note("n1"), opening("hd-2"), note("n1", "hd-2"))
    assert errands.drop(["hd-1:open"], at(1), "li", "opened by hand") == 1
    assert {each.token: each.stage for each in errands.listed()} == {"hd-1": Stage.DROPPED, "hd-2": Stage.WAITING}
    assert errands.numbers()[Stage.DROPPED] == 2
    (kept,) = tickets.covering("ACME", "psu.failed:sw1:PS1")
    assert kept.closed == at(1)
