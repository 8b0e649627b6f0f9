"""``docs/desk.md`` tells the truth about acts, states, the ladder and the auditor."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from healthd.desk import _lacks, ladder, lifecycle
from healthd.desk.acts import ACTS
from healthd.model.case import Did, State
from healthd.model.clock import Kind
from tests.desk.lives import CALLER, HOTLINE, after, begun, entry

DOCUMENT = (Path(__file__).parents[2] / "docs" / "desk.md").read_text("utf-8")
S = State
TAKEN = {S.ACKNOWLEDGED, S.IN_PROGRESS, S.WAITING, S.RMA_PEND, S.ON_SITE, S.ESCALATED, S.CISCO}
GROUPS = {
    "early": {S.NEW, S.ENTITLEMENT},
    "taken": TAKEN,
    "work": TAKEN | {S.ASSIGNED},
    "done": {S.RESOLVED, S.CLOSED, S.SURVEYED},
    "open": TAKEN | {S.NEW, S.ENTITLEMENT, S.ASSIGNED, S.RESOLVED},
    "every": set(State),
    "–": set(),
}
ROWS = {
    row[0]: row[1:]
    for row in (
        line.strip("| ").split(" | ") for line in DOCUMENT[: DOCUMENT.index("## The auditor")].splitlines() if line.startswith("| ")
    )
}


def states(text: str) -> set[State]:
    return {state for name in text.split(", ") for state in (GROUPS[name] if name in GROUPS else {State(name)})}


def words(text: str) -> set[str]:
    return set(text.split(", ")) - {"–"}


def test_every_act_is_in_the_table() -> None:
    assert set(Did) <= set(ROWS)


@pytest.mark.parametrize("did", sorted(Did))
def test_the_table_says_where_an_act_is_allowed_where_it_leads_what_it_needs_and_whose_it_is(did: Did) -> None:
    where, leads, needs, role = ROWS[did]
    act = ACTS[did]
    assert states(where) == act.states
    assert words(leads) == set(act.leads.values())
    assert (words(needs), words(role)) == (set(act.needs), set(act.roles))


@pytest.mark.parametrize("state", sorted(State))
def test_what_is_allowed_in_a_state_is_what_the_table_says_unless_the_case_itself_forbids_it(state: State) -> None:
    case = replace(after(begun(), entry(Did.OPENED, **HOTLINE, **CALLER)), state=state, engineer="li")
    told = {did for did in Did if state in states(ROWS[did][0])}
    free = lifecycle.allowed(case)
    assert free <= told
    assert {did for did in told - free if not ACTS[did].guards} == set()


def test_the_ladder_is_the_documented_one() -> None:
    shares = {each.share for rungs in ladder.LADDER.values() for each in rungs} - {0.0}
    assert {f"{share:.0%}".replace("%", " %") for share in shares} == {name for name in ROWS if name.endswith(" %")}
    for column, kind in enumerate(Kind):
        for share in sorted(shares):
            told = ROWS[f"{share:.0%}".replace("%", " %")][column]
            rungs = [each for each in ladder.LADDER[kind] if each.share == share]
            assert bool(rungs) is (told != "–"), (kind, share)
            assert any(each.severe for each in rungs) is ("(P1, P2)" in told)
            assert any(each.other for each in rungs) is ("another engineer" in told)


def test_the_auditors_checks_are_the_documented_ones() -> None:
    section = DOCUMENT[DOCUMENT.index("## The auditor") :]
    assert re.findall(r"^\| (\w+) \|", section, re.MULTILINE)[1:] == list(_lacks.CHECKS)
