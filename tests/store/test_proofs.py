"""What looks at parts have proven is kept by the finding, for a week, and no longer than it is news."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from healthd.model.finding import Condition
from healthd.model.message import Attachment
from healthd.model.phrase import say
from healthd.model.verdict import Proof, Proven, Way
from healthd.store import devices, files, journal, proofs
from healthd.store.database import Settings

NOW = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
SOON, CODE = timedelta(minutes=1), "ACME"


def test_what_is_proven_twice_is_kept_once_and_ends_after_a_week(store: Settings) -> None:
    devices.put(CODE, [])
    proof = _proof()
    proofs.keep(CODE, "1:psu:d:1", Proven(proofs=(proof,)), NOW, Condition.SUSPECT)
    proofs.keep(CODE, "1:psu:d:1", Proven(proofs=(replace(proof, last=NOW + SOON),)), NOW + SOON, Condition.FAILED)
    known = proofs.known(CODE, ["1:psu:d:1", "1:psu:d:2"])
    assert set(known) == {"1:psu:d:1"}
    assert [(each.at, each.last) for each in known["1:psu:d:1"].proofs] == [(NOW, NOW + SOON)]
    assert known["1:psu:d:1"].state is Condition.FAILED
    later = NOW + timedelta(days=8)
    proofs.keep(CODE, "1:psu:d:1", Proven(), later)
    assert proofs.known(CODE, ["1:psu:d:1"])["1:psu:d:1"].proofs == ()
    assert proofs.known("HDZZ", ["1:psu:d:1"]) == {}, "no customer sees another one's"


def test_what_was_seen_of_one_unit_is_not_taken_over_by_the_next_one(store: Settings) -> None:
    devices.put(CODE, [])
    for serial in ("OLD", "NEW"):
        proofs.keep(CODE, "1:psu:d:1", Proven(proofs=(replace(_proof(), serial=serial),)), NOW)
    assert [each.serial for each in proofs.known(CODE, ["1:psu:d:1"])["1:psu:d:1"].proofs] == ["OLD"]


def _proof() -> Proof:
    return Proof(way=Way.EVENT, at=NOW, says=Condition.SUSPECT, text=say("{line}", line="x"), source="%X")


def test_the_newest_files_are_named_and_all_are_kept(store: Settings) -> None:
    devices.put(CODE, [])
    for number in range(proofs.FILES + 5):
        file = Attachment(name=f"look {number:02}.txt", media="text/plain", data=b"words %d" % number)
        proofs.keep(CODE, "1:psu:d:1", Proven(files=(file,)), NOW + number * SOON)
    ids = proofs.known(CODE, ["1:psu:d:1"])["1:psu:d:1"].files
    assert [files.get(each).name for each in (ids[0], ids[-1])] == ["look 05.txt", f"look {proofs.FILES + 4}.txt"]


def test_what_is_remembered_no_longer_is_deleted_unless_its_finding_stands(store: Settings) -> None:
    devices.put(CODE, [])
    devices.put("OTHR", [])
    late = NOW + proofs.REMEMBERED + SOON
    for key in ("1:psu:d:1", "1:psu:d:2"):
        proofs.keep(CODE, key, Proven(proofs=(_proof(),)), NOW, Condition.SUSPECT)
    proofs.keep("OTHR", "1:psu:d:1", Proven(), NOW)
    proofs.keep(CODE, "1:psu:d:3", Proven(), late - SOON)
    assert proofs.forget(CODE, ["1:psu:d:2"], late) == 1
    assert set(proofs.known(CODE, [f"1:psu:d:{n}" for n in range(4)])) == {"1:psu:d:2", "1:psu:d:3"}
    assert set(proofs.known("OTHR", ["1:psu:d:1"])) == {"1:psu:d:1"}
    assert len(journal.heads(proofs.KIND, CODE)) == 2


def test_of_many_looks_the_newest_lines_are_kept_and_more_can_follow(store: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    devices.put(CODE, [])
    monkeypatch.setattr(proofs, "MOST", 5)
    for number in range(8):
        proofs.keep(CODE, "1:psu:d:1", Proven(), NOW + number * SOON)
    proofs.forget(CODE, ["1:psu:d:1"], NOW + 8 * SOON)
    (head,) = journal.heads(proofs.KIND, CODE)
    assert [each.at for each in journal.lines(proofs.KIND, head.number)] == [NOW + number * SOON for number in range(3, 8)]
    proofs.keep(CODE, "1:psu:d:1", Proven(), NOW + 9 * SOON)
    assert len(journal.lines(proofs.KIND, head.number)) == 6


def test_looks_of_the_last_day_are_counted(store: Settings) -> None:
    devices.put(CODE, [])
    for at in (NOW, NOW + SOON, NOW + proofs.DAY):
        proofs.keep(CODE, "1:psu:d:1", Proven(), at)
    assert proofs.known(CODE, ["1:psu:d:1"])["1:psu:d:1"].looks == (NOW + SOON, NOW + proofs.DAY)
