"""What Cisco's Support APIs say comes to the case once, whatever their gateway answers first."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from healthd.caseclient.cisco import mirror
from healthd.caseclient.cisco.api import Api, NotThere
from healthd.caseclient.cisco.heard import Upload
from healthd.caseclient.cisco.settings import Settings
from healthd.desk import desk
from healthd.errors import ConfigError, DeskError
from healthd.escalation import evidence, exchange, mirroring, returning
from healthd.escalation.keys import Keys
from healthd.escalation.mirroring import Mirroring
from healthd.model.case import State
from healthd.model.cisco import CiscoRma
from healthd.model.rma import Replacement, Route, Stage, Step, Wanted
from healthd.model.secret import Secret
from tests.caseclient.servers.cisco_loopback import serving
from tests.caseclient.servers.cisco_support import Support, api_error, mashery, request
from tests.escalation.house import NOW, Clock, opened, wish
from tests.escalation.house import evidence as put

NOTE = {"note": "", "note_detail": "Send show tech", "created_by": "Sample Person", "creation_date": "2026-11-25T08:00:00.000Z"}
KEYS = {"note": "CXD Upload Credentials", "note_detail": "Hostname: cxd.cisco.com\nUsername: 698765432\nPassword: LiveToken42\n"}


@pytest.fixture
def cisco() -> Support:
    return Support()


@pytest.fixture
def api(cisco: Support) -> Iterator[Api]:
    with serving(cisco) as url:
        said = Settings(
            token_url=f"{url}/token", api_url=url, api_client_ref="env:A", api_secret_ref="env:B", cxd_url=f"{url}/home/",
            api_client=Secret("c"), api_secret=Secret("s"), timeout=5.0,
        )  # fmt: skip
        yield Api(settings=said, pause=0.0)


@pytest.mark.usefixtures("sqlite_store")
def test_status_and_notes_come_to_the_case_once_and_without_upload_tokens(cisco: Support, api: Api) -> None:
    case, clock = opened(), Clock()
    exchange.number(case.number, "698765432", "li.wei", clock())
    ours = {**NOTE, "note_detail": "Technology: LAN Switching\nProblem Details: dead"}
    newest_first = [{**NOTE, **KEYS}, NOTE, ours]
    cisco.cases["698765432"] = request("698765432", status="Customer Pending", notes=newest_first)
    mirroring_ = Mirroring(api=api, now=clock)
    for _ in range(3):
        clock.turn(3600)
        mirroring_.turn()
    texts = [entry.text for entry in desk.found(case.number).entries]
    assert texts.count("Send show tech") == 1
    assert texts.count("Cisco's status is Customer Pending") == 1
    assert not any("Technology:" in text or "LiveToken42" in text for text in texts)
    cisco.cases["698765432"]["status"] = "Closed"
    clock.turn(3600)
    mirroring_.turn()
    assert desk.found(case.number).entries[-1].text == "Cisco has closed 698765432"
    assert desk.found(case.number).is_open


@pytest.mark.usefixtures("sqlite_store")
def test_a_number_that_nobody_entered_is_found_by_ours_in_the_title(cisco: Support, api: Api) -> None:
    case, clock = opened(), Clock()
    wish(case, clock(), push=False)
    assert (desk.found(case.number).state, desk.found(case.number).cisco) == (State.CISCO, "")
    cisco.page = 2
    for n in range(5):
        cisco.cases[f"69000000{n}"] = request(f"69000000{n}", title="another")
    cisco.cases["691111111"] = request("691111111", title=f"{case.number} Power supply 2B")
    Mirroring(api=api, now=clock).turn()
    found = desk.found(case.number)
    assert found.cisco == "691111111"
    assert [entry.visible for entry in found.entries if entry.fact("cisco")] == [True]


@pytest.mark.usefixtures("sqlite_store")
def test_what_a_device_has_opened_by_itself_is_seen_before_a_second_request_is_made(cisco: Support, api: Api) -> None:
    case = opened()
    cisco.cases["691111111"] = request("691111111", title="Call Home: power", serial_number=case.opening.serial)
    cisco.cases["691111112"] = request("691111112", title="another")
    assert mirroring.open_for(api, case) == {"691111111": "Call Home: power"}
    cisco.faults = [mashery("ERR_403_NOT_AUTHORIZED", "Not Authorized")]
    assert mirroring.open_for(api, case) == {}


@pytest.mark.parametrize(
    ("fault", "words", "again"),
    [
        (mashery("ERR_403_NOT_AUTHORIZED", "Not Authorized"), "does not let this application in", False),
        (mashery("ERR_403_DEVELOPER_INACTIVE", "Developer Inactive"), "does not let this application in", False),
        (mashery("ERR_403_DEVELOPER_OVER_RATE", "Developer Over Rate"), "daily number of requests", True),
        ((200, {"Content-Type": "text/html"}, b"<h1>Gateway Timeout</h1>"), "with a page: Gateway Timeout", True),
        ((503, {"Content-Type": "text/html"}, b"<h1>Maintenance</h1>"), "503 with a page", True),
        ((596, {"Content-Type": "text/html"}, b"<h1>596 Service Not Found</h1>"), "596", False),
        ((302, {"Location": "https://id.cisco.com/login"}, b""), "a redirect; it is not followed", False),
        ((200, {}, b'{"cases": ["brok'), "something else than JSON", True),
        (api_error(403, "EXCEEDED_CASEIDS"), "EXCEEDED_CASEIDS", False),
        (None, "gave no answer", True),
    ],
)
def test_errors_are_told_apart_by_what_they_hold(cisco: Support, api: Api, fault: object, words: str, again: bool) -> None:
    cisco.faults = [fault]  # type: ignore[list-item]
    with pytest.raises(DeskError, match=words) as caught:
        mirror.detail(api, "698765432")
    assert caught.value.again is again


def test_asked_too_fast_it_asks_again(cisco: Support, api: Api) -> None:
    cisco.cases["698765432"] = request("698765432")
    cisco.faults = [mashery("ERR_403_DEVELOPER_OVER_QPS", "Developer Over Qps")] * 2
    assert mirror.detail(api, "698765432").status == "Cisco Pending"
    assert mirror.detail(api, "698765432").serial == ""  # one blank means nothing


def test_what_cisco_does_not_show_is_not_there(cisco: Support, api: Api) -> None:
    with pytest.raises(NotThere):
        mirror.rma(api, "800000099")
    with pytest.raises(NotThere):
        mirror.detail(api, "1")
    assert list(mirror.summaries(api, [])) == []
    assert list(mirror.of_contract(api, "90000002")) == []
    assert len(cisco.asked) == 3  # a last page of 0 ends the asking


def test_a_return_s_days_become_steps_of_the_replacement_and_none_twice() -> None:
    wanted = Wanted(number="2611-0001-R1", case="2611-0001", customer="acme", at=NOW, who="li.wei", serial="A", pid="P")
    found = Replacement(wanted=wanted, stage=Stage.ORDERED, since=NOW, version=4, rma="800000004", route=Route.DIRECT)
    said = CiscoRma(
        number="800000004", shipped=date(2026, 11, 24), courier="DHL", tracking="77", sent="FNS0000X015", return_by=date(2026, 12, 4)
    )
    steps = list(returning.steps(found, said, NOW))
    assert [step.step for step in steps] == [Step.SHIPPED, Step.DATED]
    assert (steps[0].fact("tracking"), steps[0].fact("serial"), steps[1].fact("by")) == ("77", "FNS0000X015", "2026-12-04")
    known = Replacement(
        wanted=wanted, stage=Stage.SHIPPED, since=NOW, version=6, rma="800000004", tracking="77", return_by=date(2026, 12, 4), shipped=NOW
    )
    assert list(returning.steps(known, said, NOW)) == []


@pytest.mark.usefixtures("sqlite_store")
def test_evidence_is_put_to_cx_drive_with_the_number_and_its_token(cisco: Support, api: Api, tmp_path: Path) -> None:
    case = opened()
    keys = Keys(folder=tmp_path)
    put(case, NOW, "show environment\n")
    exchange.number(case.number, "698765432", "li.wei", NOW)
    found = desk.found(case.number)
    with pytest.raises(ConfigError, match="no upload token"):
        evidence.sent(found, api.settings, keys, str, NOW)
    keys.keep(Upload(sr="698765432", host="cxd.cisco.com", token=Secret("right")))
    with pytest.raises(DeskError, match="does not take the token"):
        evidence.sent(found, api.settings, keys, str, NOW)
    cisco.uploads["698765432"] = "right"
    evidence.sent(found, api.settings, keys, str, NOW)
    assert list(cisco.files) == ["698765432-evidence.zip"]
