"""Laws of the plan, whatever stands, goes and comes back, in whatever order it is told."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from healthd.caseclient.troubles import Network, Picture, Standing, picture
from healthd.model.action import Action, Open, Propose, Raise
from healthd.model.finding import Condition, Finding, Level
from tests.caseclient.stage import DEVICES, NAMES, NOW, Client, at, client, cut, down, found, psu, verdict

PARTS = [psu(name, item, state=state) for name in NAMES[:2] for item, state in (("PS1", Condition.FAILED), ("PS2", Condition.UNPOWERED))]
LINES = [
    found(rule, name, "Gi1", level=Level.WARNING)
    for rule in ("link_flapping", "interface_down", "bgp", "uplink_lost")
    for name in NAMES[1:3]
]
LOSSES = [*map(down, NAMES), cut("acc1"), cut("acc2")]
STAGE = [*PARTS, *LINES, *LOSSES]
VERDICTS = [verdict(each) for each in PARTS if each.verdict is Condition.FAILED]

heard_ = st.one_of(st.just(set(NAMES)), st.sets(st.sampled_from(NAMES)))
closing = st.integers(0, 9)
moments = st.lists(
    st.tuples(st.integers(1, 30), st.sets(st.sampled_from(range(len(STAGE))), max_size=6), heard_, closing),
    min_size=1,
    max_size=15,
)
Story = Sequence[tuple[int, set[int], set[str], int]]


def told(story: Story, shuffled: random.Random | None = None, **policy: object) -> tuple[Client, list[tuple[int, tuple[Action, ...]]]]:
    """Let *story* happen: minutes passed, what stands then, who was heard, and a 0 where a person closes a case.

    A finding stands since it was first told.
    """
    acme, minutes, first, said = client(**policy), 0, dict[int, int](), []
    for passed, standing, heard, closes in story:
        minutes += passed
        if not closes and (open_ := sorted(case.token for case in acme.memory.values() if case.is_open and not case.draft)):
            acme.close(minutes, open_[0])
        first = {n: first.get(n, minutes) for n in standing}
        said.append((minutes, acme.do(pictured(first, shuffled), minutes, heard)))
        assert acme.plan(pictured(first, shuffled), minutes, heard).actions == (), "planned twice is planned once"
        assert acme.plan(pictured(first, shuffled), minutes, heard).followed == ()
        assert all(count == 1 for count in Counter(case.key for case in acme.memory.values() if case.is_open).values())
    return acme, said


def pictured(first: dict[int, int], shuffled: random.Random | None = None) -> Picture:
    there = [Standing(finding=_since(STAGE[n], minutes), seen=at(minutes)) for n, minutes in first.items()]
    devices = list(DEVICES)
    if shuffled:
        shuffled.shuffle(there)
        shuffled.shuffle(devices)
    return picture(there, Network(devices=devices), VERDICTS)


def _since(finding: Finding, minutes: int) -> Finding:
    return replace(finding, since=at(minutes))


@given(moments)
@settings(max_examples=300, deadline=None)
def test_a_plan_is_done_once_and_no_cause_has_two_open_cases(story: Story) -> None:
    told(story)


@given(moments)
@settings(max_examples=150, deadline=None)
def test_where_a_digest_takes_the_rest_a_plan_is_done_once_too(story: Story) -> None:
    told(story, most=1)


@given(moments, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_findings_and_devices_changes_nothing(story: Story, shuffled: random.Random) -> None:
    assert told(story)[1] == told(story, shuffled)[1]


@given(moments)
@settings(max_examples=150, deadline=None)
def test_of_one_case_no_more_is_said_an_hour_than_was_agreed(story: Story) -> None:
    acme, said = told(story, notices=3, settle=timedelta(minutes=2))
    for token in acme.memory:
        times = [minutes for minutes, actions in said for each in actions if _token(each) == token and not isinstance(each, Raise)]
        assert all(sum(start <= each < start + 60 for each in times) <= 3 for start in times)


@given(moments)
@settings(max_examples=150, deadline=None)
def test_nothing_is_proposed_whose_device_was_not_heard(story: Story) -> None:
    acme, said = told(story)
    for (_, actions), (_, _, heard, _) in zip(said, story, strict=True):
        for each in actions:
            if isinstance(each, Propose):
                assert heard.issuperset(acme.memory[each.token].devices)


@given(st.sets(st.sampled_from(range(len(STAGE)))), st.sets(st.sampled_from(NAMES)))
@settings(max_examples=150, deadline=None)
def test_what_is_explained_opens_nothing(there: set[int], heard: set[str]) -> None:
    explained = [Standing(finding=replace(STAGE[n], cause="1:device_down:edge:"), seen=NOW) for n in there]
    assert Client().do(picture(explained, Network(devices=DEVICES)), 60, heard) == ()


@given(st.sets(st.sampled_from(range(len(STAGE))), min_size=1))
@settings(max_examples=150, deadline=None)
def test_every_root_is_in_exactly_one_trouble(there: set[int]) -> None:
    made = pictured(dict.fromkeys(there, 0)).troubles
    keys = Counter(f.key for t in made for f in t.members)
    assert all(count == 1 for count in keys.values())
    assert all(t.key in {f.key for f in t.members} for t in made)
    shown = keys.keys() | {f.key for t in made for f in t.follow}
    assert {STAGE[n].key for n in there if STAGE[n].rule == "device_down"} <= shown


def _token(action: Action) -> str:
    return action.opening.token if isinstance(action, Open) else action.token
