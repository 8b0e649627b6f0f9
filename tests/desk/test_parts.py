"""From a case to a returned part, in a real store of both kinds."""

from dataclasses import replace
from pathlib import Path

import pytest

from healthd.desk import desk, parts, stocks
from healthd.errors import Conflict, NotAllowed, UnknownName
from healthd.inventory.read import read
from healthd.model.case import Case, Channel, Did, Entry, Rma, State
from healthd.model.observation import Part
from healthd.model.rma import Stage, Step
from healthd.model.spares import Move, Moving
from healthd.model.tac import Person, Role
from healthd.notify.notice import Notice, Scene
from healthd.notify.notices import form, part
from healthd.store import _codec, journal
from tests.desk.replacing import CUSTOMER, KNOWN, LINE, NOW, PSU, TAC, H, Walk, case, pended, poll, told


@pytest.mark.usefixtures("store")
def test_the_form_is_filled_in_from_the_case_the_inventory_and_the_newest_poll() -> None:
    poll(NOW, PSU)
    number = case()
    wanted = parts.request(number, "li.wei", NOW + H, KNOWN).wanted
    assert (wanted.number, wanted.case, wanted.branch) == (f"{number}-R1", number, "nj")
    assert (wanted.title, wanted.site, wanted.contact, wanted.phone, wanted.address) == (
        "ACME",
        "Nanjing plant",
        "Emma Clarke",
        "+44 1",
        "1 Road",
    )
    assert (wanted.pid, wanted.vid, wanted.serial, wanted.slot) == ("PWR-C1-715WAC", "V02", "LIT2149ABCD", "B")
    assert (wanted.chassis, wanted.software, wanted.management) == (("C9300-48P", "FOC1111AAAA"), "17.9.4", "10.0.0.1")
    assert (wanted.logs, wanted.contract, wanted.priority) == ((LINE,), "HT-1", 3)
    assert str(wanted.conclusion) == "Hardware failure: the power supply has failed; the power supply's signal is faulty"


@pytest.mark.usefixtures("store")
def test_the_case_is_rma_pend_when_engineer_and_customer_have_confirmed_and_not_before() -> None:
    number = case()
    walk = Walk(parts.request(number, "li.wei", NOW + H, KNOWN).number)
    states = [desk.found(number).state]
    walk.step(Step.CUSTOMER_CONFIRMED, name="Emma Clarke", how="link")
    states.append(desk.found(number).state)
    assert walk.step(Step.ENGINEER_CONFIRMED).stage is Stage.PENDING
    assert (states, desk.found(number).state) == ([State.IN_PROGRESS, State.IN_PROGRESS], State.RMA_PEND)


@pytest.mark.usefixtures("store")
def test_from_an_own_spare_to_the_returned_part() -> None:
    stocks.move("nj", Move(at=NOW, who="wang", moving=Moving.RECEIVE, pid="PWR-C1-715WAC=", serial="OWN1"), NOW)
    walk = pended()
    number = parts.found(walk.number).wanted.case
    walk.step(Step.RESERVED, branch="nj", pid="PWR-C1-715WAC=", serial="OWN1")
    walk.step(Step.ORDERED, number="800000004", route="headquarters")
    walk.step(Step.ISSUED, to="li.wei")
    assert stocks.of("nj").units == ()
    walk.step(Step.INSTALLED, serial="OWN1", old="LIT2149ABCD")
    assert (desk.found(number).state, desk.found(number).rma) == (State.IN_PROGRESS, Rma.INSTALLED)
    poll(walk.at + H, Part(index="2", kind="powerSupply", name=PSU.name, pid=PSU.pid, serial="OWN1"))
    (seen,) = parts.verify("acme", walk.at + H)
    assert (seen.stage, seen.steps[-1].fact("source")) == (Stage.VERIFIED, "ENTITY-MIB::entPhysicalSerialNum")
    walk.at += H
    walk.step(Step.TAKEN_BACK, branch="nj", serial="LIT2149ABCD")
    walk.step(Step.SHIPPED, tracking="1Z", courier="DHL", serial="NEW1")
    walk.step(Step.RECEIVED, branch="hz", pid="PWR-C1-715WAC=", serial="NEW1")
    assert [(u.serial, u.held) for u in stocks.of("hz").units] == [("NEW1", "")]
    walk.step(Step.RETURNED, waybill="SF1")
    assert stocks.of("nj").units == ()
    done = walk.step(Step.CLOSED)
    assert (done.stage, done.mismatches, desk.found(number).rma) == (Stage.CLOSED, (), Rma.RETURNED)
    assert parts.found(walk.number) == done
    assert parts.listed("acme", opened=True) == ()


@pytest.mark.usefixtures("store")
def test_ciscos_part_is_received_held_for_its_case_handed_out_and_installed() -> None:
    walk = pended()
    walk.step(Step.ORDERED, number="800000004", route="headquarters")
    walk.step(Step.RECEIVED, branch="hz", pid="PWR-C1-715WAC=", serial="NEW1")
    assert [(unit.serial, unit.held) for unit in stocks.of("hz").units] == [("NEW1", walk.number)]
    stocks.transfer("NEW1", "nj", "wang", walk.at)
    walk.step(Step.ISSUED, to="li.wei")
    assert (stocks.of("hz").units, stocks.of("nj").units) == ((), ())
    assert parts.found("800000004").number == walk.number


@pytest.mark.usefixtures("store")
def test_what_is_refused_moves_nothing_and_says_nothing_to_the_case() -> None:
    walk = pended()
    number = parts.found(walk.number).wanted.case
    before = desk.found(number)
    with pytest.raises(NotAllowed, match="OWN1 is not here"):
        walk.step(Step.RESERVED, branch="nj", pid="PWR-C1-715WAC", serial="OWN1")
    assert (desk.found(number), parts.found(walk.number).stage, stocks.every()) == (before, Stage.PENDING, {})


@pytest.mark.usefixtures("store")
def test_a_step_that_the_case_refuses_is_not_done() -> None:
    number = parts.request(case(), "li.wei", NOW + H, KNOWN).number
    with pytest.raises(NotAllowed, match="role"):
        parts.step(number, told(Step.ENGINEER_CONFIRMED, NOW + 2 * H), NOW + 2 * H)
    assert parts.found(number).stage is Stage.DRAFT


@pytest.mark.usefixtures("store")
def test_who_confirms_for_both_sides_is_refused() -> None:
    walk = Walk(parts.request(case(), "li.wei", NOW + H, KNOWN).number)
    walk.step(Step.ENGINEER_CONFIRMED)
    with pytest.raises(NotAllowed, match="cannot confirm for both sides"):
        walk.step(Step.CUSTOMER_CONFIRMED, name="li.wei", how="link")


@pytest.mark.usefixtures("store")
def test_the_case_tells_every_step_with_its_numbers_and_the_way_it_was_confirmed() -> None:
    walk = pended()
    walk.step(Step.ORDERED, number="800000004", route="direct")
    entries = desk.found(parts.found(walk.number).wanted.case).entries
    assert [each.did for each in entries[-4:]] == [Did.ENGINEER_CONFIRMED, Did.CUSTOMER_CONFIRMED, Did.RMA_PENDED, Did.RMA_STEPPED]
    assert (entries[-3].channel, entries[-3].fact("by")) == (Channel.WEB, "Emma Clarke")
    assert (entries[-1].fact("rma"), entries[-1].fact("number"), entries[-1].fact("form"), entries[-1].visible) == (
        "requested", "800000004", walk.number, True,
    )  # fmt: skip


@pytest.mark.usefixtures("store")
def test_two_replacements_of_one_case_bring_it_as_far_as_the_slower_one() -> None:
    walk = pended()
    number = parts.found(walk.number).wanted.case
    fan = parts.request(number, "li.wei", walk.at, KNOWN, {"pid": "FAN-T2", "serial": "FAN1", "slot": "3"})
    assert fan.number == f"{number}-R2"
    other = Walk(fan.number)
    other.at = walk.at
    other.step(Step.ENGINEER_CONFIRMED)
    other.step(Step.CUSTOMER_CONFIRMED, name="Emma Clarke", how="mail")
    walk.at = other.at
    walk.step(Step.ORDERED, number="800000004", route="direct")
    walk.step(Step.RECEIVED, branch="hz", pid="PWR-C1-715WAC=", serial="NEW1")
    assert desk.found(number).rma is Rma.PENDING
    other.at = walk.at
    other.step(Step.CANCELLED, "it was the tray")
    walk.at = other.at
    walk.step(Step.ISSUED, to="li.wei")
    assert desk.found(number).rma is Rma.RECEIVED


@pytest.mark.usefixtures("store")
def test_after_the_last_form_is_cancelled_the_case_goes_on_and_both_confirm_anew() -> None:
    walk = pended()
    number = parts.found(walk.number).wanted.case
    walk.step(Step.CANCELLED, "the cord was loose")
    now = desk.found(number)
    assert (now.state, now.rma, now.confirmed) == (State.IN_PROGRESS, Rma.CANDIDATE, ("", ""))
    said = f"{walk.number} is cancelled: the cord was loose. Nobody's confirmation holds any more; the case goes on."
    assert str(now.entries[-1].words) == said
    again = Walk(parts.request(number, "li.wei", walk.at, KNOWN).number)
    again.at = walk.at
    again.step(Step.ENGINEER_CONFIRMED)
    again.step(Step.CUSTOMER_CONFIRMED, name="Emma Clarke", how="link")
    assert (desk.found(number).state, desk.found(number).rma) == (State.RMA_PEND, Rma.PENDING)


@pytest.mark.usefixtures("store")
def test_a_word_for_another_form_holds_when_a_form_is_cancelled() -> None:
    walk = pended()
    number = parts.found(walk.number).wanted.case
    fan = Walk(parts.request(number, "li.wei", walk.at, KNOWN, {"pid": "FAN-T2", "serial": "FAN1", "slot": "3"}).number)
    fan.at = walk.at
    fan.step(Step.ENGINEER_CONFIRMED)
    walk.at = fan.at
    walk.step(Step.CANCELLED, "the cord was loose")
    assert (desk.found(number).state, all(desk.found(number).confirmed)) == (State.IN_PROGRESS, True)
    fan.at = walk.at
    fan.step(Step.CUSTOMER_CONFIRMED, name="Emma Clarke", how="mail")
    assert desk.found(number).state is State.RMA_PEND


@pytest.mark.usefixtures("store")
def test_one_part_is_asked_for_once() -> None:
    number = case()
    parts.request(number, "li.wei", NOW + H, KNOWN)
    with pytest.raises(NotAllowed, match=f"LIT2149ABCD is asked for already: {number}-R1"):
        parts.request(number, "li.wei", NOW + H, KNOWN, {"serial": "lit2149abcd"})
    with pytest.raises(UnknownName, match="case"):
        parts.request("2611-9999", "li.wei", NOW, KNOWN)


@pytest.mark.usefixtures("store")
def test_what_was_reserved_is_free_again_when_the_request_is_cancelled_or_the_part_is_released() -> None:
    for serial in ("OWN1", "OWN2"):
        stocks.move("nj", Move(at=NOW, who="wang", moving=Moving.RECEIVE, pid="PWR-C1-715WAC", serial=serial), NOW)
    walk = pended()
    walk.step(Step.RESERVED, branch="nj", pid="PWR-C1-715WAC", serial="OWN1")
    walk.step(Step.RELEASED)
    walk.step(Step.RESERVED, branch="nj", pid="PWR-C1-715WAC", serial="OWN2")
    walk.step(Step.CANCELLED, "the cord was loose")
    assert [(unit.serial, unit.held) for unit in stocks.of("nj").units] == [("OWN1", ""), ("OWN2", "")]


@pytest.mark.usefixtures("store")
def test_a_part_that_is_dead_on_arrival_comes_back_as_faulty_and_another_one_is_sought() -> None:
    stocks.move("nj", Move(at=NOW, who="wang", moving=Moving.RECEIVE, pid="PWR-C1-715WAC", serial="OWN1"), NOW)
    walk = pended()
    walk.step(Step.RESERVED, branch="nj", pid="PWR-C1-715WAC", serial="OWN1")
    walk.step(Step.ISSUED, to="li.wei")
    assert walk.step(Step.DEAD, "no output").stage is Stage.PENDING
    assert [(unit.serial, unit.faulty) for unit in stocks.of("nj").units] == [("OWN1", True)]


@pytest.mark.usefixtures("store")
def test_who_decided_by_an_older_version_changes_nothing() -> None:
    walk = pended()
    read = parts.found(walk.number).version
    walk.step(Step.ORDERED, number="800000004", route="direct")
    with pytest.raises(Conflict, match="changed by somebody else"):
        parts.step(walk.number, told(Step.CANCELLED, walk.at, "no"), walk.at, version=read)


@pytest.mark.usefixtures("store")
def test_the_old_part_that_is_still_there_is_said_once_and_the_case_hears_of_it() -> None:
    poll(NOW, PSU)
    walk = pended()
    number = parts.found(walk.number).wanted.case
    walk.step(Step.ORDERED, number="800000004", route="direct")
    walk.step(Step.RECEIVED, branch="hz", pid="PWR-C1-715WAC", serial="NEW1")
    walk.step(Step.ISSUED, to="li.wei")
    walk.step(Step.INSTALLED, serial="NEW1")
    assert parts.verify("acme", walk.at) == ()  # the newest poll is from before
    poll(walk.at + H, PSU)
    (seen,) = parts.verify("acme", walk.at + H)
    assert seen.disputed == "the old part LIT2149ABCD is still in sw-1 (Switch 1 - Power Supply B)"
    assert "is still in sw-1" in desk.found(number).entries[-1].text
    assert parts.verify("acme", walk.at + 2 * H) == ()
    poll(walk.at + 3 * H, Part(index="2", kind="powerSupply", name=PSU.name, pid=PSU.pid, serial="NEW1"))
    (seen,) = parts.verify("acme", walk.at + 3 * H)
    assert (seen.stage, seen.disputed) == (Stage.VERIFIED, "")


@pytest.mark.usefixtures("store")
def test_what_the_lines_make_is_what_is_kept_beside_them() -> None:
    walk = pended()
    walk.step(Step.ORDERED, number="800000004", route="direct")
    head = journal.head(parts.KIND, walk.number)
    assert parts.found(walk.number) == head.value == parts.listed("acme")[0]
    assert (head.key, head.state, head.open) == (head.value.wanted.case, "ordered", True)


@pytest.mark.usefixtures("store")
def test_what_cisco_tells_by_the_day_may_lie_before_the_hour_of_the_confirmation() -> None:
    walk = pended()
    walk.step(Step.ORDERED, number="800000004", route="direct")
    shipped = parts.step(walk.number, told(Step.SHIPPED, NOW - 3 * H, who="Cisco", tracking="77"), walk.at)
    assert (shipped.stage, shipped.shipped) == (Stage.SHIPPED, NOW - 3 * H)
    entry = desk.found(shipped.wanted.case).entries[-1]
    assert (entry.fact("tracking"), entry.at) == ("77", shipped.pended)


@pytest.mark.usefixtures("sqlite_store")
def test_people_are_told_where_the_part_is() -> None:
    walk = pended()
    walk.step(Step.ORDERED, number="800000004", route="direct")
    found = walk.step(Step.SHIPPED, tracking="77", courier="DHL")
    case = desk.found(found.wanted.case)
    said = [each for entry in case.entries for each in _notices(case, entry)]
    headlines = [str(each.headline) for each in said]
    assert (headlines[0], headlines[-2:]) == ("a part is to be replaced", ["the good part is on its way"] * 2)
    assert {str(row.value) for row in said[-1].rows} >= {walk.number, "77"}


def _notices(case: Case, entry: Entry) -> list[Notice]:
    people = (
        Person(name="li.wei", roles=frozenset({Role.ENGINEER}), email="li@x.example"),
        Person(name="tang", roles=frozenset({Role.SPARES}), email="t@x.example"),
    )
    scene = Scene(case=case, entry=entry, tac=replace(TAC, people=people), customer=CUSTOMER, now=NOW)
    return [*form.notices(scene), *part.notices(scene)]


def test_what_a_command_hands_over_to_the_daemon_comes_through_whole() -> None:
    known = replace(KNOWN, tac=read(Path(__file__).parents[2] / "inventories", ("ios", "iosxe", "nxos", "iosxr", "asa")).tac)
    asked = ("parts.request", ["2611-0001", "li.wei", NOW, known], {"facts": {"hours": "09:00"}})
    assert _codec.unpack(_codec.pack(asked)) == ("parts.request", ("2611-0001", "li.wei", NOW, known), {"facts": {"hours": "09:00"}})
