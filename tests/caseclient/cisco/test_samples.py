"""Recorded and published replies of Cisco's services are read as what they are."""

import json
from pathlib import Path
from typing import Any

import pytest

from healthd.caseclient.cisco import heard, mirror
from tests import walks
from tests.caseclient.cisco.test_heard import NOW

pytestmark = pytest.mark.corpus


def sample(name: str) -> str:
    path = walks.SHARED / "reference" / "cisco" / "samples" / name
    if not path.exists():
        pytest.skip(f"no samples at {path.parent}")
    return path.read_text("utf-8")


def recorded(kind: str) -> list[tuple[Path, Any]]:
    folder = walks.corpus() / "api" / "ciscosupportsdk" / kind
    return [(path, one["body"]) for path in sorted(folder.glob("*.json")) for one in json.loads(path.read_text("utf-8"))]


def test_the_published_pull_message() -> None:
    found = heard.read(sample("smartbonding-pull-message-example.json"), NOW)
    assert found is not None
    assert (found.call, found.sr, found.sd, found.state) == ("PartnerTicket001", "123456789", "425023546", "acknowledge")
    assert (found.rma, found.priority, found.severity) == ("123456", "Shadow", "1")
    assert found.who == "Max Mustermann <mmuster@cisco.com>"


def test_the_recorded_case_gives_its_notes_without_the_live_token() -> None:
    (found,) = mirror.cases([json.loads(sample("case-details-trimmed.json"))["caseDetail"]])
    assert (found.sr, found.over, found.owner) == ("690000001", True, "Sample Person 12")
    assert len(found.notes) == 5
    assert found.notes == tuple(sorted(found.notes, key=lambda note: note.at))
    assert not any("EXAMPLE-TOKEN" in note.text for note in found.notes)


def test_the_recorded_list_of_a_contract() -> None:
    found = list(mirror.cases(json.loads(sample("case-by-contract-id.json"))["cases"]))
    assert len(found) == 10
    assert {each.status for each in found} == {"Cisco Pending", "Customer Pending", "Close Pending"}
    assert found[5].rmas == ("800000001", "800000002")
    assert not any(each.over for each in found)
    assert list(mirror.cases(json.loads(sample("case-by-user-empty.json"))["cases"])) == []


def test_the_recorded_return() -> None:
    (found,) = mirror.rmas(json.loads(sample("rma-by-number.json")))
    assert (found.number, found.sr, found.status, found.tracking, found.courier) == (
        "800000004",
        "690000012",
        "Closed",
        "0000000001",
        "DHL",
    )
    days = [found.ordered, found.shipped, found.return_by, found.returned]
    assert [day.isoformat() if day else "" for day in days] == ["2021-11-14", "2021-11-16", "2021-11-24", "2021-12-08"]
    assert list(mirror.rmas(json.loads(sample("rma-not-found-http200.json")))) == []


def test_every_recorded_reply_about_cases_and_returns_is_read() -> None:
    cases = [found for _, body in recorded("case") for found in mirror.cases(body.get("cases"))]
    returns = [found for _, body in recorded("rma") for found in mirror.rmas(body)]
    assert (len(cases), len(returns)) == (11, 1)
    assert all(each.sr and each.updated for each in cases)
