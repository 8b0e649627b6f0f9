"""The way of a replacement: nothing is told before its turn, and whatever is told in turn reads back as it was."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from healthd.desk import rma
from healthd.desk.rma_rules import allowed, check
from healthd.errors import NotAllowed
from healthd.model.case import Rma
from healthd.model.rma import ENDED, Replacement, Source, Stage, Step, Stepped, Wanted
from healthd.store import _codec

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
WANTED = Wanted(
    number="2611-0001-R1", case="2611-0001", customer="acme", at=NOW, who="li.wei", branch="hz", pid="PWR-C1-715WAC", serial="BAD1"
)
FACTS: dict[Step, dict[str, str]] = {
    Step.CUSTOMER_CONFIRMED: {"name": "Emma", "how": "link"},
    Step.RESERVED: {"branch": "hz", "pid": "PWR-C1-715WAC=", "serial": "OWN1"},
    Step.ORDERED: {"number": "800000004", "route": "direct"},
    Step.DATED: {"by": "2026-12-05"},
    Step.SHIPPED: {"tracking": "1Z", "serial": "NEW1"},
    Step.RECEIVED: {"branch": "hz", "pid": "PWR-C1-715WAC=", "serial": "NEW1"},
    Step.ISSUED: {"to": "li.wei"},
    Step.INSTALLED: {"serial": "NEW1", "old": "BAD1"},
    Step.VERIFIED: {"serial": "NEW1", "source": "show inventory"},
    Step.DISPUTED: {"seen": "the old part is still there"},
    Step.TAKEN_BACK: {"branch": "hz", "serial": "BAD1"},
    Step.RETURNED: {"waybill": "SF1"},
}
TEXT = {
    Step.AMENDED: "a typing mistake",
    Step.APPROVED: "good customer",
    Step.DEAD: "no output",
    Step.CANCELLED: "the cord was loose",
    Step.CLOSED: "all said",
}


def told(step: Step, at: datetime = NOW, text: str | None = None, **facts: str) -> Stepped:
    said = FACTS.get(step, {}) | facts
    return Stepped(at=at, who="li.wei", step=step, text=TEXT.get(step, "") if text is None else text, facts=tuple(said.items()))


def walked(*steps: Step, wanted: Wanted = WANTED) -> Replacement:
    found = rma.begun(wanted)
    for step in steps:
        found = rma.apply(found, told(step))
    return found


PENDING = (Step.ENGINEER_CONFIRMED, Step.CUSTOMER_CONFIRMED)
ARRIVED = (*PENDING, Step.ORDERED, Step.RECEIVED)
IN = (*ARRIVED, Step.ISSUED, Step.INSTALLED)


def test_the_whole_way_over_cisco() -> None:
    stages = [walked(*IN[:n]).stage for n in range(len(IN) + 1)]
    assert stages == [
        Stage.DRAFT, Stage.ENGINEER_CONFIRMED, Stage.PENDING, Stage.ORDERED, Stage.RECEIVED, Stage.ISSUED, Stage.INSTALLED,
    ]  # fmt: skip
    done = walked(*IN, Step.VERIFIED, Step.TAKEN_BACK, Step.RETURNED, Step.ACCEPTED, Step.CLOSED)
    assert (done.stage, done.is_open, done.source) == (Stage.CLOSED, False, Source.CISCO)
    assert rma.CASE[walked(*ARRIVED).stage] is Rma.RECEIVED


@pytest.mark.parametrize(
    ("steps", "step", "why"),
    [
        ((), Step.ORDERED, "the engineer and the customer must confirm the fault first"),
        ((Step.CUSTOMER_CONFIRMED,), Step.RESERVED, "the engineer must confirm the fault first"),
        (PENDING, Step.RECEIVED, "there is no RMA number yet"),
        (PENDING, Step.ISSUED, "no good part is there: none reserved, none received"),
        ((*PENDING, Step.ORDERED), Step.ISSUED, "no good part is there: none reserved, none received"),
        (
            (*PENDING, Step.RESERVED, Step.ISSUED, Step.INSTALLED, Step.TAKEN_BACK),
            Step.RETURNED,
            "there is no RMA number to write on the box",
        ),
        (ARRIVED, Step.TAKEN_BACK, "the good part is not installed"),
        (IN, Step.RETURNED, "the faulty part is not back at the spares specialist"),
        (IN, Step.CANCELLED, "a part was issued; return it and close instead"),
        ((*IN, Step.VERIFIED), Step.DEAD, "healthd has seen it at work in the device"),
        ((Step.CANCELLED,), Step.ENGINEER_CONFIRMED, "it is over"),
    ],
)
def test_nothing_comes_before_its_turn(steps: tuple[Step, ...], step: Step, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        check(walked(*steps), told(step))


@pytest.mark.parametrize(
    ("steps", "step", "facts", "why"),
    [
        ((*PENDING, Step.ORDERED), Step.RECEIVED, {"serial": ""}, "received needs: serial"),
        ((*PENDING, Step.ORDERED), Step.RECEIVED, {"serial": "bad 1"}, "BAD1 is the faulty part itself"),
        (PENDING, Step.ORDERED, {"number": "#1"}, "RMA number: found '#1'"),
        (PENDING, Step.ORDERED, {"route": "by hand"}, "allowed: direct, headquarters"),
        ((*PENDING, Step.ORDERED), Step.DATED, {"by": "soon"}, "allowed: a day"),
        ((), Step.CUSTOMER_CONFIRMED, {"how": "nod"}, "allowed: link, scan, mail"),
        (
            (),
            Step.CUSTOMER_CONFIRMED,
            {"name": "Li Wei", "ours": "li.wei"},
            "Li Wei is li.wei of the service center: name who of the customer",
        ),
        ((Step.ENGINEER_CONFIRMED,), Step.CUSTOMER_CONFIRMED, {"name": " LI.WEI"}, "cannot confirm for both sides"),
        ((*IN, Step.TAKEN_BACK), Step.RETURNED, {"waybill": " "}, "returned needs: waybill"),
    ],
)
def test_a_step_without_what_it_must_tell_is_refused(steps: tuple[Step, ...], step: Step, facts: dict[str, str], why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        check(walked(*steps), told(step, **facts))


def test_a_form_without_serial_number_is_not_confirmed_by_the_engineer() -> None:
    with pytest.raises(NotAllowed, match="the form lacks the part's pid and serial"):
        check(walked(wanted=Wanted(number="1-R1", case="1", customer="acme", at=NOW, who="x")), told(Step.ENGINEER_CONFIRMED))


def test_without_contract_or_warranty_the_manager_decides() -> None:
    found = walked(
        *PENDING, wanted=Wanted(number="1-R1", case="1", customer="acme", at=NOW, who="x", pid="P", serial="BAD1", covered=False)
    )
    with pytest.raises(NotAllowed, match="the manager must approve it first"):
        check(found, told(Step.ORDERED))
    assert rma.apply(rma.apply(found, told(Step.APPROVED)), told(Step.ORDERED)).stage is Stage.ORDERED


def test_what_was_amended_has_to_be_confirmed_again() -> None:
    found = walked(Step.CUSTOMER_CONFIRMED, Step.AMENDED)
    assert (found.customer, found.stage) == (None, Stage.DRAFT)
    changed = rma.apply(found, told(Step.AMENDED, serial="BAD2", tests="reseat other-slot", onsite="yes")).wanted
    assert (changed.serial, changed.tests, changed.onsite) == ("BAD2", ("reseat", "other-slot"), True)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"tests": "kicked"}, "tests: found 'kicked'; allowed: words of reseat"),
        ({"data": "burnt"}, "data: found 'burnt'; allowed: unknown, erased, kept"),
        ({"quantity": "0"}, "quantity: found '0'; allowed: a whole number from 1"),
        ({"onsite": "maybe"}, "onsite: found 'maybe'; allowed: yes, no"),
        ({"number": "9"}, "found 'number'; allowed: access"),
    ],
)
def test_what_cannot_stand_on_the_form_is_refused(facts: dict[str, str], why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        rma.amended(WANTED, facts)


def test_an_own_spare_is_issued_while_ciscos_part_that_refills_the_stock_is_under_way() -> None:
    found = walked(*PENDING, Step.RESERVED, Step.ORDERED, Step.ISSUED)
    assert (found.source, found.out, found.stage) == (Source.OWN, ("PWR-C1-715WAC=", "OWN1"), Stage.ISSUED)
    later = rma.apply(found, told(Step.RECEIVED))
    assert (later.stage, later.arrived) == (Stage.ISSUED, ("hz", "PWR-C1-715WAC=", "NEW1"))


@pytest.mark.parametrize(
    ("steps", "step", "facts", "said"),
    [
        ((*PENDING, Step.ORDERED, Step.SHIPPED), Step.RECEIVED, {"serial": "NEW2"}, "NEW2 arrived; Cisco said that it ships NEW1"),
        ((*ARRIVED, Step.ISSUED), Step.INSTALLED, {"serial": "NEW9"}, "NEW9 was installed; NEW1 was issued"),
        ((*ARRIVED, Step.ISSUED), Step.INSTALLED, {"old": "BAD7"}, "BAD7 was taken out; the form says BAD1"),
        (IN, Step.TAKEN_BACK, {"serial": "BAD8"}, "BAD8 came back; the form says BAD1"),
    ],
)
def test_a_serial_number_that_was_not_expected_is_said(steps: tuple[Step, ...], step: Step, facts: dict[str, str], said: str) -> None:
    assert [str(words) for words in rma.apply(walked(*steps), told(step, **facts)).mismatches] == [said]


def test_blanks_and_capitals_make_no_other_serial_number() -> None:
    assert rma.apply(walked(*ARRIVED, Step.ISSUED), told(Step.INSTALLED, serial=" new1 ", old="bad1")).mismatches == ()


def test_a_part_that_is_dead_on_arrival_starts_the_search_anew_and_is_remembered() -> None:
    found = rma.apply(walked(*ARRIVED, Step.ISSUED), told(Step.DEAD))
    assert (found.stage, found.rma, found.received, found.dead) == (Stage.PENDING, "", None, (("NEW1", "800000004"),))
    own = rma.apply(walked(*PENDING, Step.RESERVED, Step.ORDERED, Step.ISSUED), told(Step.DEAD))
    assert (own.stage, own.rma, own.source) == (Stage.ORDERED, "800000004", Source.CISCO)


def test_what_is_not_done_is_closed_with_a_reason_only() -> None:
    found = walked(*IN)
    with pytest.raises(NotAllowed, match="healthd has not seen the new serial number; the faulty part is not returned"):
        check(found, told(Step.CLOSED, text=""))
    assert rma.apply(found, told(Step.CLOSED, text="Cisco waives the return")).reason == "Cisco waives the return"


def test_a_record_comes_back_from_the_store_as_it_was() -> None:
    found = walked(*IN, Step.VERIFIED)
    assert _codec.unpack(_codec.pack(found)) == found


class Walking(RuleBasedStateMachine):
    """Any steps in any order, with good and bad facts: what is refused changes nothing, what is allowed keeps the promises."""

    @initialize(covered=st.booleans())
    def begin(self, covered: bool) -> None:
        self.lines: list[Any] = [Wanted(number="1-R1", case="1", customer="a", at=NOW, who="x", pid="P", serial="BAD1", covered=covered)]
        self.found = rma.begun(self.lines[0])

    @rule(step=st.sampled_from(Step), serial=st.sampled_from(["NEW1", "OWN1", "BAD1", "X", ""]), text=st.sampled_from(["", "why"]))
    def tell(self, step: Step, serial: str, text: str) -> None:
        at = NOW + timedelta(hours=len(self.lines))
        said = told(step, at, text, **({"serial": serial} if "serial" in FACTS.get(step, {}) else {}))
        before = self.found
        try:
            after = rma.apply(before, said)
        except NotAllowed:
            return
        assert step in allowed(before)
        self.lines.append(said)
        self.found = after

    @invariant()
    def promises_hold(self) -> None:
        found = self.found
        assert rma.folded(self.lines) == found
        assert found.version == len(self.lines)
        assert found.pended or found.stage in {Stage.DRAFT, Stage.ENGINEER_CONFIRMED, Stage.CUSTOMER_CONFIRMED, Stage.CANCELLED}
        assert not (found.reserved or found.rma or found.issued) or found.wanted.covered or found.approved
        assert not found.received or (found.rma and found.arrived and found.arrived[2])
        assert not found.issued or found.out[1]
        assert not found.issued or found.out[1] != "BAD1"
        assert not found.installed or found.issued
        assert not found.returned or (found.rma and found.back and found.waybill)
        assert found.is_open == (found.stage not in ENDED) == bool(allowed(found))


TestWalking = Walking.TestCase
TestWalking.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


@settings(deadline=None)
@given(st.lists(st.sampled_from(Step), max_size=30))
def test_time_never_runs_backwards_in_a_stage(steps: list[Step]) -> None:
    found = rma.begun(WANTED)
    for number, step in enumerate(steps):
        if step in allowed(found):
            after = rma.apply(found, told(step, NOW + timedelta(hours=number)))
            assert after.since >= found.since
            found = after
