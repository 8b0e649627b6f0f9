"""When a push is due: never while an earlier one may still have arrived."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from healthd.caseclient.cisco import bond
from healthd.model.cisco import Bond, BondStage, Heard, Push, Pushed

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
WINDOW = timedelta(minutes=30)


def wish(mark: str = "m1", state: str = "New") -> Push:
    return Push(at=NOW, who="li", mark=mark, state=state, priority="Escalated", severity=3)


def told(stage: BondStage, minute: float = 0, mark: str = "m1") -> Pushed:
    return Pushed(at=NOW + timedelta(minutes=minute), mark=mark, stage=stage)


def due(found: Bond, minute: float, emptied: float | None) -> Push | None:
    at = None if emptied is None else NOW + timedelta(minutes=emptied)
    return bond.due(found, NOW + timedelta(minutes=minute), WINDOW, at)


def test_a_crash_between_push_and_answer_counts_as_unsure() -> None:
    found = bond.folded("1", [wish(), told(BondStage.SENDING)])
    assert due(found, 29, 29) is None
    assert due(found, 40, None) is None
    assert due(found, 40, 29) is None
    assert due(found, 40, 31) == wish()


def test_what_was_taken_over_is_never_pushed_again() -> None:
    found = bond.folded("1", [wish(), told(BondStage.SENDING), told(BondStage.SENT)])
    assert due(found, 10_000, 10_000) is None


def test_updates_wait_for_the_number() -> None:
    update = wish("m2", "Update")
    found = bond.folded("1", [wish(), update, told(BondStage.SENDING), told(BondStage.SENT)])
    assert due(found, 1, 1) is None
    found = bond.after(found, Heard(at=NOW, mark="h", call="1", sr="69"))
    assert due(found, 1, 1) == update


def test_an_error_that_overtook_the_confirmation_does_not_undo_it() -> None:
    lines = [wish(), told(BondStage.SENDING), told(BondStage.UNSURE)]
    right, wrong = Heard(at=NOW, mark="a", call="1", sr="69"), Heard(at=NOW, mark="b", call="1", errors=("duplicate",))
    for order in ((right, wrong), (wrong, right)):
        found = bond.folded("1", [*lines, *order])
        assert (found.sr, found.stage) == ("69", BondStage.CONFIRMED)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["turn", "lost", "taken", "dead", "empty", "confirm", "twice"]), max_size=60))
def test_no_order_of_faults_makes_two_requests_unless_cisco_answers_after_the_window(steps: list[str]) -> None:
    """A model of Cisco that opens a request for each push that arrives and answers within the window."""
    found, minute, emptied, arrived = bond.after(Bond(number="1"), wish()), 0.0, None, []
    for step in steps:
        minute += 10
        push = due(found, minute, emptied)
        if step in ("lost", "taken", "dead") and push:
            found = bond.after(found, told(BondStage.SENDING, minute))
            if step != "dead":
                arrived.append(minute)
            if step != "lost":
                found = bond.after(found, told(BondStage.SENT if step == "taken" else BondStage.UNSURE, minute))
        late = [at for at in arrived if minute - at >= 30]
        if arrived and (step in ("confirm", "twice") or late):
            found = bond.after(found, Heard(at=NOW, mark="c", call="1", sr="69"))
        if step == "empty":
            emptied = minute
    assert len(arrived) <= 1
