"""One service request per case, whatever is lost, late, twice, out of order or refused on the way."""

import contextlib
import json
from base64 import b64decode
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from healthd.desk import desk
from healthd.errors import DeskError, NotAllowed
from healthd.escalation import exchange, inbox
from healthd.model.case import Did, State
from healthd.model.cisco import BondStage, Push
from healthd.store import journal
from tests.caseclient.servers.cisco_bonding import Bonding, Faults
from tests.escalation.house import NOW, Clock, evidence, exchanging, opened, wish


def turns(house: object, clock: Clock, number: int = 1, seconds: float = 30) -> None:
    for _ in range(number):
        with contextlib.suppress(DeskError):
            house.turn()  # type: ignore[attr-defined]
        clock.turn(seconds)


def dids(number: str) -> list[Did]:
    return [entry.did for entry in desk.found(number).entries]


@pytest.mark.usefixtures("store")
def test_a_request_is_pushed_confirmed_and_its_number_told_to_the_customer(tmp_path: Path) -> None:
    cisco, clock = Bonding(), Clock()
    case = opened()
    with exchanging(cisco, tmp_path, clock) as house:
        wish(case, clock())
        turns(house, clock, 2)
        turns(house, clock, 5)
    (number,) = cisco.requests
    found = desk.found(case.number)
    assert (found.cisco, found.state) == (number, State.CISCO)
    told = [entry for entry in found.entries if entry.did is Did.CISCO_OPENED and entry.fact("cisco")]
    assert [(entry.visible, entry.fact("cisco")) for entry in told] == [(True, number)]
    assert exchange.bond(case.number).stage is BondStage.CONFIRMED
    assert len(cisco.pushed) == 1


@pytest.mark.slow
@pytest.mark.usefixtures("sqlite_store")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_hundreds_of_cases_with_a_hostile_cisco_get_exactly_one_request_each(seed: int, tmp_path: Path) -> None:
    faults = Faults(lost=0.3, broken=0.1, broken_taken=0.1, twice=0.3, shuffled=0.3, late=20, expires=0.05, queue_down=0.1)
    cisco, clock = Bonding(faults=faults, seed=seed), Clock()
    cases = [opened(n) for n in range(1, 101)]
    with exchanging(cisco, tmp_path, clock) as house:
        for case in cases:
            wish(case, clock())
        for _ in range(300):
            turns(house, clock)
            if all(bond.sr for bond in exchange.bonds()):
                break
        turns(house, clock, 60)
    assert sorted(cisco.requests.values()) == [case.number for case in cases]
    assert {desk.found(case.number).cisco: case.number for case in cases} == cisco.requests
    assert cisco.counts["lost"] > 10
    assert cisco.counts["twice"] > 20
    for case in cases:
        assert sum(1 for entry in desk.found(case.number).entries if entry.fact("cisco")) == 1


@pytest.mark.usefixtures("sqlite_store")
def test_a_push_whose_answer_was_lost_is_not_repeated_before_the_window_is_over_and_the_queue_was_empty(tmp_path: Path) -> None:
    cisco, clock = Bonding(faults=Faults(broken=1.0)), Clock()
    case = opened()
    with exchanging(cisco, tmp_path, clock) as house:
        wish(case, clock())
        turns(house, clock, 55)  # 27 minutes of 30
        assert cisco.counts["500"] == 1
        assert exchange.bond(case.number).stage is BondStage.UNSURE
        cisco.faults.queue_down = 1.0  # the window ends, but nobody can know what the queue holds
        turns(house, clock, 20)
        assert cisco.counts["500"] == 1
        cisco.faults.queue_down = cisco.faults.broken = 0.0
        turns(house, clock, 5)
    assert list(cisco.requests.values()) == [case.number]


@pytest.mark.usefixtures("sqlite_store")
def test_a_push_that_never_left_is_tried_again_at_once(tmp_path: Path) -> None:
    clock, case = Clock(), opened()
    with exchanging(Bonding(), tmp_path, clock) as house:
        url = house.settings.url
    wish(case, clock())
    turns(house, clock, 3)
    assert url.startswith("http://127.0.0.1")
    bond = exchange.bond(case.number)
    assert (bond.stage, bond.tries) == (BondStage.WANTED, 0)


@pytest.mark.usefixtures("sqlite_store")
def test_a_refusal_comes_to_the_engineer_and_a_second_wish_is_a_new_push(tmp_path: Path) -> None:
    cisco, clock = Bonding(faults=Faults(refused=1.0)), Clock()
    case = opened()
    with exchanging(cisco, tmp_path, clock) as house:
        wish(case, clock())
        turns(house, clock, 3)
        assert exchange.bond(case.number).stage is BondStage.REFUSED
        assert "CCO id is not entitled (SB-ENT)" in desk.found(case.number).entries[-1].text
        assert not desk.found(case.number).entries[-1].visible
        cisco.faults.refused = 0.0
        wish(case, clock())
        turns(house, clock, 3)
    assert list(cisco.requests.values()) == [case.number]


@pytest.mark.usefixtures("sqlite_store")
def test_a_second_wish_while_one_is_under_way_is_not_allowed(tmp_path: Path) -> None:
    clock, case = Clock(), opened()
    with exchanging(Bonding(faults=Faults(late=10)), tmp_path, clock) as house:
        wish(case, clock())
        with pytest.raises(NotAllowed, match="under way"):
            wish(case, clock())
        turns(house, clock, 1)
        with pytest.raises(NotAllowed, match="under way"):
            wish(case, clock())
        turns(house, clock, 15)
    with pytest.raises(NotAllowed, match="has Cisco's number 690000001 already"):
        wish(case, clock())


@pytest.mark.usefixtures("sqlite_store")
def test_above_s3_a_person_asks_for_it() -> None:
    case = opened()
    with pytest.raises(NotAllowed, match="by a person, by telephone"):
        wish(case, NOW, who="healthd", severity=2)


@pytest.mark.usefixtures("sqlite_store")
def test_a_shadow_leaves_the_case_with_us_until_it_is_handed_over(tmp_path: Path) -> None:
    cisco, clock = Bonding(), Clock()
    case = opened()
    with exchanging(cisco, tmp_path, clock) as house:
        wish(case, clock(), priority="Shadow")
        turns(house, clock, 3)
        assert desk.found(case.number).state is State.ACKNOWLEDGED
        assert cisco.pushed[0]["Priorities"] == {"ShortName": "Shadow"}
        wish(case, clock())
        turns(house, clock, 3)
    found = desk.found(case.number)
    assert (found.state, found.cisco) == (State.CISCO, next(iter(cisco.requests)))
    assert [m["CallStates"]["ShortName"] for m in cisco.pushed] == ["New", "Update"]
    assert cisco.pushed[1]["Priorities"] == {"ShortName": "Escalated"}
    assert len(cisco.requests) == 1


@pytest.mark.usefixtures("sqlite_store")
def test_what_cisco_says_comes_to_the_case_once_and_closing_it_is_no_closing_of_ours(tmp_path: Path) -> None:
    cisco, clock = Bonding(faults=Faults(twice=0.5), seed=4), Clock()
    case = opened()
    with exchanging(cisco, tmp_path, clock) as house:
        wish(case, clock())
        turns(house, clock, 3)
        (number,) = cisco.requests
        for _ in range(3):
            cisco.say(case.number, number, text="Please send show tech")
        cisco.say(case.number, number, extra={"Field107": "RMA801934965"})
        cisco.say(case.number, number, text="A replacement is on its way, RMA 801934965")
        cisco.say(case.number, number, state="Closed", text="")
        turns(house, clock, 6)
    assert [head.state for head in journal.heads(inbox.KIND)].count("twice") >= 2
    found = desk.found(case.number)
    texts = [entry.text for entry in found.entries]
    assert texts.count("Please send show tech") == 1
    assert [entry.fact("rma-number") for entry in found.entries if entry.fact("rma-number")] == ["801934965"]
    assert texts.count(f"Cisco has closed {number}") == 1
    assert found.is_open
    assert not any(entry.visible for entry in found.entries if entry.text == "Please send show tech")


@pytest.mark.usefixtures("sqlite_store")
def test_evidence_goes_along_without_its_secrets(tmp_path: Path) -> None:
    cisco, clock = Bonding(), Clock()
    case = opened()
    evidence(case, NOW, "snmp-server community Geheim42 RO\nPower supply 2B: bad\n")
    with exchanging(cisco, tmp_path, clock) as house:
        wish(case, clock())
        turns(house, clock, 2)
    (file,) = cisco.pushed[0]["Attachments"]
    (tmp_path / "got.zip").write_bytes(b64decode(file["DataBase64"]))
    with ZipFile(tmp_path / "got.zip") as zipped:
        assert zipped.namelist() == ["README.txt", "show_tech.txt"]
        text = zipped.read("show_tech.txt").decode()
    assert "Geheim42" not in text
    assert "Power supply 2B: bad" in text


@pytest.mark.usefixtures("sqlite_store")
def test_upload_credentials_stand_in_one_file_of_the_owner_and_nowhere_else(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cisco, clock = Bonding(), Clock()
    case = opened()
    with exchanging(cisco, tmp_path, clock) as house:
        wish(case, clock())
        turns(house, clock, 4)
    (number,) = cisco.requests
    assert house.keys.find(number, NOW).reveal() == f"UPLOAD-{number}"
    (file,) = (tmp_path / "keys").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert list((tmp_path / "inbox").iterdir()) == []
    kept = [head.value.raw for head in journal.heads(inbox.KIND)]
    assert len(kept) == 2
    assert not any("UPLOAD-" in raw for raw in kept)
    assert any("<removed>" in raw for raw in kept)
    lines = str(journal.lines(exchange.KIND, case.number)) + str(desk.found(case.number)) + caplog.text
    assert "UPLOAD-" not in lines
    assert house.keys.find(number, NOW + timedelta(days=40_000)) is None


@pytest.mark.usefixtures("sqlite_store")
def test_what_nobody_understands_is_kept_and_holds_up_nothing(tmp_path: Path) -> None:
    cisco, clock = Bonding(), Clock()
    case = opened()
    with exchanging(cisco, tmp_path, clock) as house:
        for said in ('{"Calls": {"CustC', "[]", '{"Calls": {"CustCallID": "9901-0001"}}', '{"Calls": 7}', "nonsense \x00 here"):
            cisco.queue.append(said)
        wish(case, clock())
        turns(house, clock, 3)
    states = [head.state for head in journal.heads(inbox.KIND)]
    assert sorted(states) == ["done", "done", "foreign", "odd", "odd", "odd", "odd"]
    assert desk.found(case.number).cisco
    assert journal.heads(inbox.KIND, opened=True) == ()


@pytest.mark.usefixtures("sqlite_store")
def test_a_message_that_the_database_does_not_take_waits_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cisco, clock = Bonding(), Clock()
    case = opened()
    with exchanging(cisco, tmp_path, clock) as house:
        wish(case, clock())
        turns(house, clock, 1)
        monkeypatch.setenv("HEALTHD_TEST", "1")
        monkeypatch.setenv("HEALTHD_FAULT", "cisco-kept@1:raise")
        with pytest.raises(OSError, match="injected"):
            house.turn()
        monkeypatch.delenv("HEALTHD_FAULT")
        assert list((tmp_path / "inbox").iterdir())
        turns(house, clock, 2)
    assert desk.found(case.number).cisco
    assert list((tmp_path / "inbox").iterdir()) == []


@pytest.mark.usefixtures("sqlite_store")
def test_a_second_request_that_cisco_made_is_told_and_the_first_number_stays(tmp_path: Path) -> None:
    cisco, clock = Bonding(), Clock()
    case = opened()
    with exchanging(cisco, tmp_path, clock) as house:
        wish(case, clock())
        turns(house, clock, 3)
        (number,) = cisco.requests
        cisco.say(case.number, "699999999", text="hello")
        turns(house, clock, 2)
    found = desk.found(case.number)
    assert found.cisco == number
    assert any("a second request 699999999" in entry.text for entry in found.entries)


@pytest.mark.usefixtures("sqlite_store")
def test_an_update_and_the_closing_follow_with_cisco_s_own_words(tmp_path: Path) -> None:
    cisco, clock = Bonding(), Clock()
    case = opened()
    with exchanging(cisco, tmp_path, clock) as house:
        with pytest.raises(NotAllowed, match="no request at Cisco"):
            exchange.say(case.number, Push(at=NOW, who="li.wei", mark="m", state="Update", text="x"), NOW)
        wish(case, clock())
        turns(house, clock, 3)
        closing = (("resolution", "Hardware Replacement (RMA/SVO)"), ("cause", "Hardware Failure"))
        for state, text in (("Update", "swapped"), ("Resolved", "works"), ("Closed", "part was replaced")):
            push = Push(at=clock(), who="li.wei", mark=exchange.mark(case.number), state=state, text=text, closing=closing)
            exchange.say(case.number, push, clock())
        turns(house, clock, 4)
    assert [m["CallStates"]["ShortName"] for m in cisco.pushed] == ["New", "Update", "Resolved", "Closed"]
    assert cisco.pushed[1]["Calls"]["Remarks"].startswith("swapped\n[hd-")
    assert cisco.pushed[3]["Calls"]["CCP"]["Fax"] == "Hardware Replacement (RMA/SVO)"
    assert exchange.bond(case.number).over
    assert json.dumps(cisco.pushed)


@pytest.mark.usefixtures("sqlite_store")
def test_a_number_entered_by_hand_ends_the_wish_and_can_be_corrected(tmp_path: Path) -> None:
    cisco, clock = Bonding(), Clock()
    case = opened()
    wish(case, clock())
    exchange.number(case.number, "698765432", "li.wei", clock())
    with exchanging(cisco, tmp_path, clock) as house:
        turns(house, clock, 2)
    assert cisco.pushed == []
    assert desk.found(case.number).cisco == "698765432"
    exchange.number(case.number, "698765433", "li.wei", clock() + timedelta(minutes=1), "a typo")
    assert (desk.found(case.number).cisco, exchange.bond(case.number).sr) == ("698765433", "698765433")
