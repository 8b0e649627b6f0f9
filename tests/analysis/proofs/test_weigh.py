"""The laws of weighing: no part has failed by one kind of proof, nor in a moment, nor against a better explanation."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.proofs.weigh import PERSISTS, Matter, newest, weighed
from healthd.model.finding import Condition
from healthd.model.phrase import Phrase
from healthd.model.verdict import Component, Proof, Way

NOW = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
HARDWARE = (Condition.FAILED, Condition.SUSPECT)
TEXT = Phrase("said")


@st.composite
def proofs(draw: st.DrawFn, ways: tuple[Way, ...] = tuple(Way), says: tuple[Condition, ...] = tuple(Condition)) -> Proof:
    at = NOW - timedelta(seconds=draw(st.integers(0, 7200)))
    last = at + timedelta(seconds=draw(st.integers(0, 3600)))
    source = draw(st.sampled_from(["one", "other"]))
    raw = draw(st.sampled_from(["", "failed", "shutdown"]))
    return Proof(way=draw(st.sampled_from(ways)), at=at, last=last, says=draw(st.sampled_from(says)), text=TEXT, source=source, raw=raw)


def matter(those: list[Proof], suggested: Condition = Condition.FAILED, *, vague: bool = False) -> Matter:
    return Matter(component=Component.PSU, suggested=suggested, proofs=those, vague=vague)


@given(st.lists(proofs(), max_size=8), st.sampled_from(tuple(Condition)), st.booleans())
def test_what_has_failed_is_shown_by_two_ways_and_by_a_state_that_lasts(those: list[Proof], suggested: Condition, vague: bool) -> None:
    found = weighed(matter(those, suggested, vague=vague))
    if found.state is Condition.FAILED:
        states = [p for p in found.pro if p.way is not Way.EVENT]
        assert len({p.way for p in found.pro}) > 1
        assert any(p.says is Condition.FAILED for p in states)
        assert max(p.last for p in states if p.last) - min(p.at for p in found.pro) >= PERSISTS
        assert not found.missing
        assert not any(p.way is Way.CLI and p.says is Condition.HEALTHY for p in found.contra)


@given(st.lists(proofs(ways=(Way.EVENT,)), max_size=8), st.sampled_from(tuple(Condition)))
def test_lines_alone_fail_nothing(those: list[Proof], suggested: Condition) -> None:
    assert weighed(matter(those, suggested)).state is not Condition.FAILED


@given(st.lists(proofs(), max_size=8), st.sampled_from(tuple(Way)))
def test_one_way_alone_fails_nothing(those: list[Proof], way: Way) -> None:
    assert weighed(matter([replace(p, way=way) for p in those])).state is not Condition.FAILED


@given(st.lists(proofs(says=HARDWARE), max_size=8), proofs(says=(Condition.UNPOWERED,)))
def test_a_missing_input_is_no_failure(those: list[Proof], dark: Proof) -> None:
    precise = replace(dark, raw="offEnvPower", source="its own")
    assert weighed(matter([*those, precise])).state is Condition.UNPOWERED


@given(st.lists(proofs(), max_size=8), st.sampled_from(tuple(Condition)))
def test_every_proof_is_for_or_against_and_none_is_both(those: list[Proof], suggested: Condition) -> None:
    found = weighed(matter(those, suggested))
    assert sorted(map(repr, (*found.pro, *found.contra))) == sorted(map(repr, newest(those)))


@given(st.lists(proofs(), max_size=8), st.randoms())
def test_the_order_of_proofs_does_not_matter(those: list[Proof], dice) -> None:  # type: ignore[no-untyped-def]
    unlike = [
        replace(p, at=p.at + timedelta(milliseconds=n), last=p.last + timedelta(milliseconds=n)) for n, p in enumerate(those) if p.last
    ]
    mixed = list(unlike)
    dice.shuffle(mixed)
    assert weighed(matter(mixed)).state is weighed(matter(unlike)).state


def test_a_suspect_says_what_is_missing() -> None:
    seen = Proof(way=Way.SNMP, at=NOW - PERSISTS, last=NOW, says=Condition.FAILED, text=TEXT, source="MIB")
    told = Proof(way=Way.EVENT, at=NOW - timedelta(seconds=3), says=Condition.SUSPECT, text=TEXT, source="%LINE")
    assert "command line says" in str(weighed(matter([seen])).missing[0])
    assert "cannot be asked" in str(weighed(replace(matter([seen]), reachable=False)).missing[0])
    assert "next look" in str(weighed(matter([replace(seen, at=NOW), told])).missing[0])
    assert weighed(matter([seen, told])).missing == ()
    soft = weighed(replace(matter([told]), soft=True))
    assert ["flipped bit" in str(soft.missing[0]), soft.state] == [True, Condition.SUSPECT]
