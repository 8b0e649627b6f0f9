"""The escalation ladder: level by level, each step once, to whoever is on duty."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthd.desk import ladder, lifecycle
from healthd.desk.clocks import clocks
from healthd.model.case import Case, Did, Priority
from healthd.model.escalation import Step
from healthd.model.tac import Duty, Role, Swap, Tac
from tests.desk.center import CENTER, DAY
from tests.desk.lives import CALLER, ENGINEER, HOTLINE, MINUTE, MONITOR, T0, after, begun, entry, worked_on


def ticked(case: Case, start: float, end: float, every: float = 1, tac: Tac = CENTER) -> tuple[Case, list[tuple[float, Step]]]:
    """Let the clockwork turn from minute *start* to minute *end*; return the case and what it did when."""
    made, minute = [], start
    while minute <= end:
        now = T0 + minute * MINUTE
        for step in ladder.steps(case, clocks(case, None, tac, now), tac, now):
            made.append((minute, step))
            case = after(case, ladder.entry(step, now))
        minute += every
    return case, made


def told(made: list[tuple[float, Step]]) -> list[tuple[float, str, str]]:
    return [(minute, step.key, ",".join(each.name for each in step.people)) for minute, step in made]


def given_to_li(priority: Priority = Priority.P3) -> Case:
    return after(begun(priority=priority), entry(Did.OPENED, **HOTLINE, **CALLER), entry(Did.ASSIGNED, 0, **HOTLINE, engineer="li"))


def test_a_case_that_nobody_acknowledges_climbs_level_by_level() -> None:
    case, made = ticked(given_to_li(), 0, 300)
    response = [each for each in told(made) if each[1].startswith("response")]
    assert response == [
        (60, "response:P3:50", "li"),
        (90, "response:P3:75", "li,sun"),
        (120, "response:P3:100", "tang"),
        (180, "response:P3:150", "zhao"),
    ]
    assert (case.engineer, case.taken) == ("sun", None), "an engineer who does not answer is replaced by another"


def test_executives_hear_of_a_severe_problem_that_is_not_resolved_in_time_and_of_no_other() -> None:
    severe = after(given_to_li(Priority.P1), entry(Did.ACKNOWLEDGED, 5, **ENGINEER))
    _, made = ticked(severe, 6, 300)
    last = [step for _, step in made if step.clock == "resolution"][-1]
    assert (last.key, last.roles, [each.name for each in last.people]) == (
        "resolution:P1:100",
        (Role.CENTER_MANAGER, Role.EXECUTIVE),
        ["zhao", "boss"],
    )
    mild = after(given_to_li(), entry(Did.ACKNOWLEDGED, 5, **ENGINEER))
    _, made = ticked(mild, 6, 6 * 24 * 60, every=60)
    assert all(Role.EXECUTIVE not in step.roles for _, step in made)
    assert [step.key for _, step in made if step.clock == "resolution"] == ["resolution:P3:50", "resolution:P3:75", "resolution:P3:100"]


def test_what_became_due_while_nobody_looked_is_one_step_to_all_of_them() -> None:
    _, often = ticked(given_to_li(), 0, 200)
    _, once = ticked(given_to_li(), 200, 200)
    assert [step.key for _, step in once if step.clock == "response"] == ["response:P3:150"]
    people = {each.name for _, step in often if step.clock == "response" for each in step.people}
    assert {each.name for _, step in once if step.clock == "response" for each in step.people} == people


@settings(deadline=None, max_examples=15)
@given(every=st.integers(1, 400), priority=st.sampled_from(Priority), acknowledged=st.none() | st.integers(1, 200))
def test_however_often_the_clockwork_turns_no_step_is_made_twice_and_shares_only_rise(
    every: int, priority: Priority, acknowledged: int | None
) -> None:
    case = given_to_li(priority)
    if acknowledged:
        case = after(case, entry(Did.ACKNOWLEDGED, acknowledged, **ENGINEER))
    _, made = ticked(case, acknowledged or 0, 2000, every=every)
    keys = [step.key for _, step in made]
    assert len(keys) == len(set(keys))
    for clock in {step.clock for _, step in made}:
        shares = [int(step.key.rpartition(":")[2]) for _, step in made if step.clock == clock]
        assert all(first < second for first, second in pairwise(shares))
    assert all(step.share >= int(step.key.rpartition(":")[2]) / 100 for _, step in made)


def test_a_step_that_was_made_is_not_made_again_after_a_restart() -> None:
    case, made = ticked(given_to_li(), 0, 100)
    again = lifecycle.folded([case.opening, *case.entries], case.number)
    now = T0 + 100 * MINUTE
    assert made
    assert ladder.steps(again, clocks(again, None, CENTER, now), CENTER, now) == ()


def test_what_is_met_stands_or_is_resolved_makes_no_step() -> None:
    taken = after(given_to_li(), entry(Did.ACKNOWLEDGED, 10, **ENGINEER), entry(Did.CONTACTED, 11, **ENGINEER))
    assert [step.clock for _, step in ticked(taken, 12, 1000)[1]] == []
    waits = after(taken, entry(Did.WAITED, 20, reason="his boss", until=(T0 + 30 * timedelta(days=1)).isoformat()))
    assert ticked(waits, 20, 20 * 24 * 60, every=60)[1] == []
    done = after(taken, entry(Did.RESOLVED, 30, reason="fixed"))
    assert ticked(done, 31, 20 * 24 * 60, every=60)[1] == []


def test_a_step_that_nobody_made_in_time_waits_until_the_clock_runs_again() -> None:
    late = after(worked_on(priority=Priority.P1), entry(Did.WAITED, 130, reason="his boss", until=(T0 + timedelta(days=1)).isoformat()))
    assert [step.key for _, step in ticked(late, 131, 300, every=10)[1] if step.clock == "resolution"] == []
    again = after(late, entry(Did.CONTINUED, 301))
    assert [step.key for _, step in ticked(again, 301, 301)[1] if step.clock == "resolution"] == ["resolution:P1:50"]


def test_a_raised_priority_begins_its_own_ladder() -> None:
    case = after(worked_on(), entry(Did.PRIORITISED, 60, priority="P1", reason="down"))
    _, made = ticked(case, 61, 200)
    assert [step.key for _, step in made if step.clock == "resolution"] == ["resolution:P1:50"]


def test_each_round_of_updates_has_its_own_steps() -> None:
    case = after(worked_on(priority=Priority.P1), entry(Did.NOTED, 30, text="module ordered", visible=True))
    case, first = ticked(case, 31, 95)
    case = after(case, entry(Did.NOTED, 96, text="module is here", visible=True))
    _, second = ticked(case, 97, 150)
    keys = [step.key for _, step in (*first, *second) if step.clock == "update"]
    assert [key.rpartition(":")[2] for key in keys] == ["75", "100", "75"]
    assert len(set(keys)) == 3


# --- the gate -------------------------------------------------------------------------------------------------------


def test_a_proposed_p1_pages_the_hotline_at_once_and_climbs_until_somebody_confirms_it() -> None:
    proposed = after(begun(priority=Priority.P1), entry(Did.OPENED, **MONITOR))
    _, made = ticked(proposed, 0, 60)
    assert [(minute, step.clock, [each.name for each in step.people]) for minute, step in made] == [
        (0, "gate", ["mei"]),
        (8, "gate", ["qian"]),
        (15, "gate", ["zhao"]),
    ]


def test_what_the_hotline_has_confirmed_climbs_the_usual_ladder_and_a_p3_has_no_gate() -> None:
    proposed = after(begun(priority=Priority.P1), entry(Did.OPENED, **MONITOR))
    confirmed = after(proposed, entry(Did.PRIORITY_CONFIRMED, 2, **HOTLINE))
    _, made = ticked(confirmed, 2, 10)
    assert [step.key for _, step in made] == ["response:P1:50"]
    mild = after(begun(priority=Priority.P3), entry(Did.OPENED, **MONITOR))
    assert ticked(mild, 0, 30)[1] == []


def test_while_it_is_proposed_executives_are_left_in_peace() -> None:
    proposed = after(begun(priority=Priority.P1), entry(Did.OPENED, **MONITOR))
    _, made = ticked(proposed, 0, 3000, every=10)
    assert all(Role.EXECUTIVE not in step.roles for _, step in made)


# --- who it is ------------------------------------------------------------------------------------------------------


def names(role: Role, at: datetime, tac: Tac = CENTER) -> list[str]:
    return [each.name for each in ladder.asked(role, tac, at)]


@pytest.mark.parametrize(
    ("hour", "who"), [(8, "mei"), (19.99, "mei"), (20, "hua"), (23.99, "hua"), (24, "hua"), (31.99, "hua"), (32, "mei")]
)
def test_a_nights_duty_goes_on_over_midnight(hour: float, who: str) -> None:
    midnight = T0.replace(hour=0)
    assert names(Role.HOTLINE, midnight + timedelta(hours=hour)) == [who]


def test_friday_nights_duty_lasts_into_saturday_and_not_sundays_into_monday() -> None:
    nights = replace(CENTER, duties=(Duty(role=Role.HOTLINE, people=("hua",), hours=(DAY[1], DAY[0]), weekdays=frozenset({4})),))
    friday = T0.replace(hour=0) + timedelta(days=4)
    assert [bool(nights.on_duty(Role.HOTLINE, friday + timedelta(hours=hour))) for hour in (2, 19, 21, 30, 33, 45)] == [
        False,
        False,
        True,
        True,
        False,
        False,
    ]


def test_a_gap_in_the_roster_falls_back_on_the_duty_manager_and_then_on_all_who_have_the_role() -> None:
    night = T0.replace(hour=23)
    assert names(Role.ENGINEER, night) == ["qian"]
    assert names(Role.SENIOR_MANAGER, night) == ["tang"], "who is not on a roster is simply asked"
    nobody = replace(CENTER, duties=())
    assert names(Role.ENGINEER, night, nobody) == ["li", "sun"]
    assert names(Role.HOTLINE, night, replace(nobody, people=(CENTER.person("zhao"),))) == ["zhao"]
    assert names(Role.HOTLINE, night, Tac()) == []


def test_a_swap_wins_over_the_roster_for_its_time_only() -> None:
    swap = Swap(role=Role.HOTLINE, people=("hua",), start=T0, end=T0 + timedelta(hours=2), author="mei", at=T0)
    swapped = replace(CENTER, swaps=(swap,))
    assert [names(Role.HOTLINE, T0 + timedelta(hours=hour), swapped) for hour in (-1, 0, 1.99, 2)] == [["mei"], ["hua"], ["hua"], ["mei"]]


def test_a_case_without_engineer_is_the_hotlines_and_nobody_takes_over_where_nobody_else_is_on_duty() -> None:
    undispatched = after(begun(), entry(Did.OPENED, **HOTLINE))
    _, made = ticked(undispatched, 0, 100)
    assert {each.name for _, step in made for each in step.people} == {"mei"}
    assert all(not step.engineer for _, step in made)
    alone = replace(CENTER, duties=(Duty(role=Role.ENGINEER, people=("li",)),))
    _, made = ticked(given_to_li(), 90, 90, tac=alone)
    assert [step.engineer for _, step in made if step.clock == "response"] == [""]


def test_the_center_without_people_still_makes_its_steps() -> None:
    _, made = ticked(given_to_li(), 60, 60, tac=Tac())
    assert [(step.key, step.people) for _, step in made] == [("response:P3:50", ())]
