"""What is written for Cisco: messages, drafts, sheets, codes, archives."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from healthd.caseclient.cisco import archive, codes, draft, messages, severity
from healthd.caseclient.cisco.codes import Code
from healthd.caseclient.cisco.draft import Matter
from healthd.caseclient.cisco.messages import Party
from healthd.caseclient.cisco.settings import Settings
from healthd.desk import lifecycle
from healthd.errors import ConfigError, DeskError, NotAllowed
from healthd.model.case import Case, Channel, Opening, Priority
from healthd.model.cisco import Push, Severity
from healthd.model.device import Contact, Customer, Site
from healthd.model.finding import Condition
from healthd.model.message import Attachment
from healthd.model.phrase import say
from healthd.model.verdict import Component, Proof, Verdict, Way

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
CODE = Code(id="4711", technology="LAN Switching", subtechnology="Cat9300", problem="Hardware Failure")
ACME = Customer(code="acme", title="ACME Group")
SITE = Site(name="hz", title="Hangzhou", address="1 West Lake Rd", branch="Hangzhou")
LI = Contact(name="李伟", email="li.wei@example.com", phone="+86 571 0000")
PROOF = Proof(
    way=Way.SNMP,
    at=NOW,
    says=Condition.FAILED,
    text=say("the power supply says that it has failed"),
    source="cefcFRUPowerOperStatus",
    raw="off\x1b[2J",
)
VERDICT = Verdict(component=Component.PSU, device="sw1", item="2B", state=Condition.FAILED, proofs=(PROOF,))
OPENING = Opening(
    key="psu:sw1:2B", token="t", customer="acme", title=say("Power supply 2B of sw1 has failed"), text=say("Two proofs agree"), at=NOW,
    priority=Priority.P2, why=say("redundancy is lost"), device="sw1", component="psu", pid="C9300-48P", serial="FOC1234X0AB", slot="2B",
    contract="90000002", software="17.3.4", rma=True, verdict=VERDICT, impact=("a", "b"),
)  # fmt: skip
SAID = Settings(
    cco="acme-cco", numbers={"China": "+86 400 0000"}, last_name="Chen", email="tac@example.com", element="SRM", contract="PLSS"
)


@pytest.fixture
def case() -> Case:
    return lifecycle.folded([OPENING], "2611-0042")


def test_the_draft_is_in_the_order_of_cisco_s_own_note(case: Case) -> None:
    text = draft.draft(case, Matter(customer=ACME, severity=Severity.S2, code=CODE, site=SITE, contact=LI, files=("a.txt",)), SAID)
    labels = ["Title:", "Severity:", "Entitlement:", "Technology:", "Subtechnology:", "Problem Code:", "Product:", "Product Family:"]
    labels += ["Software Version:", "Router/Node Name:", "Problem Details:"]
    places = [text.index(f"\n{label}" if n else label) for n, label in enumerate(labels)]
    assert places == sorted(places)
    assert text.startswith("Title: 2611-0042 Power supply 2B of sw1 has failed\nSeverity: 2 ")
    assert "serial FOC1234X0AB, contract 90000002" in text
    assert "Product Family: C9300" in text
    assert "We ask for a replacement (RMA)." in text
    assert "\x1b" not in text


def test_a_case_of_which_little_is_known_still_makes_a_draft(case: Case) -> None:
    bare = replace(OPENING, pid="", serial="", contract="", software="", device="", verdict=None, impact=(), slot="", rma=False)
    text = draft.draft(lifecycle.folded([bare], "2611-0042"), Matter(customer=ACME, severity=Severity.S4), SAID)
    assert "Entitlement: to be found" in text
    assert "Product: NA" in text
    assert case.number in text


def test_the_sheet_has_what_cisco_asks_on_the_telephone(case: Case) -> None:
    rows = {
        str(name): str(value)
        for name, value in draft.sheet(case, Matter(customer=ACME, severity=Severity.S2, site=SITE, contact=LI), SAID, NOW)
    }
    assert rows["Call Cisco TAC"] == "China +86 400 0000"
    assert (rows["Severity to ask for"], rows["Serial number"], rows["Our case"]) == ("S2", "FOC1234X0AB", "2611-0042")
    assert "" not in rows.values()


@pytest.mark.parametrize(
    ("priority", "expected", "phone"), [("P1", "S1", True), ("P2", "S2", True), ("P3", "S3", False), ("P4", "S4", False)]
)
def test_priority_becomes_severity_and_the_grave_ones_are_phoned(case: Case, priority: str, expected: str, phone: bool) -> None:
    found = severity.severity(replace(case, priority=Priority[priority]))
    assert (found.name, found.by_phone) == (expected, phone)


def test_the_machine_opens_nothing_grave() -> None:
    severity.check(Severity.S3, "healthd")
    severity.check(Severity.S1, "li.wei")
    with pytest.raises(NotAllowed):
        severity.check(Severity.S2, "healthd")


def test_a_message_has_everything_that_is_mandatory(case: Case) -> None:
    from tests.caseclient.servers.cisco_bonding import MANDATORY, _at

    push = Push(at=NOW, who="li", mark="m", state="New", severity=3)
    said = replace(SAID, places={"default": {"country": "China", "country_code": "CN"}, "hz": {"zip": "310000"}})
    made = messages.new(case, push, Party(customer=ACME, code=CODE, text="x" * 40_000, site=SITE, contact=LI), said, NOW)
    assert [name for name in MANDATORY if not _at(made, name)] == []
    assert made["Calls"]["SubComp"]["LocationZip"] == "310000"
    assert (made["Calls"]["Caller"]["LastName"], made["Calls"]["Caller"]["FirstName"]) == ("李", "伟")
    assert (made["Calls"]["MainComp"]["SerNrProv"], made["Calls"]["CHD"]["PIN"]) == ("FOC1234X0AB", "acme-cco")
    assert len(made["Calls"]["Description"]) == 32_000


def test_files_that_are_too_large_do_not_go_with_a_message() -> None:
    small, large = (Attachment(name="a", media="application/zip", data=b"x" * size) for size in (1_000_000, 7_500_000))
    assert messages.fits([small])
    assert not messages.fits([large])
    with pytest.raises(DeskError, match="larger"):
        messages.attached({}, [large])


def test_codes_are_merged_and_those_that_went_are_gone() -> None:
    row = {"id": 1, "techName": "LAN Switching", "subTechName": "Cat9300", "problemCodeName": "Hardware Failure", "changeFlag": "A"}
    known = codes.merged((), [row, {**row, "id": 2, "subTechName": "Cat9500"}, {"id": 3}])
    assert [code.id for code in known] == ["1", "2"]
    changed = codes.merged(known, [{"id": 1, "changeFlag": "D"}, {**row, "id": 2, "problemCodeName": "Software Failure"}])
    assert [(code.id, code.problem) for code in changed] == [("2", "Software Failure")]
    assert [code.id for code in codes.matching(known, "cat9300 hardware")] == ["1"]
    assert codes.unpacked(codes.packed(known)) == known
    assert codes.unpacked("broken") == ()
    assert codes.chosen(known, {"psu": "1", "default": "2"}, "psu").id == "1"
    assert codes.chosen(known, {"psu": "1", "default": "2"}, "fan").id == "2"
    with pytest.raises(ConfigError, match="neither 'fan' nor default"):
        codes.chosen(known, {"psu": "1"}, "fan")
    with pytest.raises(DeskError):
        codes.read({"tspCodes": 7})


def test_the_archive_is_scrubbed_bounded_and_leads_nowhere() -> None:
    files = [
        Attachment(name="../../etc/passwd", media="text/plain", data=b"enable secret Geheim42\n"),
        Attachment(name="show tech.txt", media="text/plain", data=b"a"),
        Attachment(name="show/tech.txt", media="text/plain", data=b"b"),
        Attachment(name="core.gz", media="application/gzip", data=b"\x1f\x8b\0\0"),
        Attachment(name="photo.png", media="image/png", data=b"\x89PNG\0"),
        Attachment(name="empty", media="text/plain", data=b""),
        Attachment(name="README.txt", media="text/plain", data=b"c"),
        Attachment(name="big", media="text/plain", data=b"x" * (archive.MOST + 1)),
    ]
    made = archive.archive("698765432", files, lambda text: text.replace("Geheim42", "<removed>"), NOW)
    assert made.file.name == "698765432-evidence.zip"
    assert [name for name, _ in made.left_out] == ["core.gz", "empty", "big"]
    with zipfile.ZipFile(io.BytesIO(made.file.data)) as zipped:
        assert zipped.namelist() == ["README.txt", "passwd", "show_tech.txt", "tech.txt", "photo.png", "2-README.txt"]
        assert b"Geheim42" not in zipped.read("passwd")
        assert b"left out: core.gz" in zipped.read("README.txt")
    assert "Geheim" not in archive.command("698765432", made.file.name, "https://cxd.cisco.com/home/")


def test_pushing_needs_all_that_cisco_gave_the_connection() -> None:
    with pytest.raises(ValueError, match="needs client_ref"):
        Settings(way="push")
    assert not Settings().pushes
    assert not Settings().mirrors
    with pytest.raises(ValueError, match="https"):
        Settings(url="http://example.com")


def test_a_draft_says_each_proof_once_and_counts_only_what_was_counted() -> None:
    title, proof = "Power supply 2B of sw1 has failed", str(PROOF.text)
    seen = replace(OPENING, text=say("Power supply 2B of sw1 has failed\n{proof}", proof=proof))
    text = draft.draft(lifecycle.folded([seen], "2611-0042"), Matter(customer=ACME, severity=Severity.S2), SAID)
    details = text.partition("Problem Details:")[2]
    assert (details.count(title), details.count(proof)) == (1, 1)

    phoned = replace(
        OPENING, channel=Channel.HOTLINE, verdict=None, impact=(), slot="", item="", component="", text=say("half of the floor is offline")
    )
    called = lifecycle.folded([phoned], "2611-0042")
    text = draft.draft(called, Matter(customer=ACME, severity=Severity.S2), SAID)
    assert "Device: C9300-48P serial FOC1234X0AB\n" in text
    assert "Part:" not in text
    assert " slot -" not in text
    rows = {str(name): str(value) for name, value in draft.sheet(called, Matter(customer=ACME, severity=Severity.S2), SAID, NOW)}
    assert rows["Impact and since when"].startswith("half of the floor is offline, since ")
    silent = lifecycle.folded([replace(phoned, text=say(""), why=say(""))], "2611-0042")
    rows = {str(name): str(value) for name, value in draft.sheet(silent, Matter(customer=ACME, severity=Severity.S2), SAID, NOW)}
    assert rows["Impact and since when"].startswith("not known, since ")
