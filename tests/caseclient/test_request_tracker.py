"""The real Request Tracker 5: a case's whole way on it, and a crash at the worst moment."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthd.caseclient.backend import Means
from healthd.errands import Worker
from healthd.errors import DeskError
from healthd.store import errands, filed
from tests.caseclient import cases
from tests.caseclient.cases import FILES, note, opening
from tests.caseclient.servers.rt5 import RealTracker
from tests.daemon.test_kills import goes_on, killed

pytestmark = pytest.mark.slow
NOW = datetime.now(UTC)
MEANS = Means(file=FILES.__getitem__)


def worker(real: RealTracker) -> Worker:
    return Worker(owner="test", desk=real.desk(MEANS, cisco_field="Cisco SR"))


def test_a_case_goes_its_whole_way(real_tracker: RealTracker, sqlite_store: object) -> None:
    token, does = "hd-whole", worker(real_tracker)
    actions = [cases.for_token(each, token) for each in (cases.RAISE, cases.PROPOSE)]
    errands.put("ACME", does.desk.name, [opening(token, files=("f1",)), note("n1", token), *actions], NOW)
    while does.due(NOW):
        pass
    kept = filed.filed(token)
    assert kept is not None
    id_ = kept.ticket.id
    told = real_tracker.one(id_)
    assert (len(told.notes), told.is_open, told.files) == (3, True, {cases.EVIDENCE.name: cases.EVIDENCE.data})
    assert real_tracker.ask("GET", f"ticket/{id_}")["Priority"] in ("100", "High")
    real_tracker.ask("PUT", f"ticket/{id_}", json={"Status": "stalled", "CustomFields": {"Cisco SR": "691234567"}})
    real_tracker.says(id_, "Waiting for the part.", NOW)
    assert does.words(NOW + timedelta(minutes=10)) == 2
    kept = filed.filed(token)
    assert kept is not None
    assert (kept.ticket.status, kept.ticket.cisco, kept.ticket.over) == ("stalled", "691234567", False)
    real_tracker.closes(id_, NOW)
    assert does.words(NOW + timedelta(minutes=20)) == 1
    kept = filed.filed(token)
    assert kept is not None
    assert kept.ticket.over
    errands.put("ACME", does.desk.name, [cases.for_token(cases.REOPEN, token)], NOW)
    does.due(NOW)
    assert real_tracker.one(id_).is_open


def test_a_case_that_was_created_before_a_crash_is_found_again(real_tracker: RealTracker, tmp_path: Path) -> None:
    def at(minutes: float) -> Callable[[Path], None]:
        def work(_: Path) -> None:
            does = worker(real_tracker)
            errands.put("ACME", does.desk.name, [opening("hd-crash"), note("n1", "hd-crash")], NOW)
            while does.due(NOW + timedelta(minutes=minutes)):
                pass

        return work

    killed(at(0), tmp_path, "errands.after_create", 1)
    goes_on(at(11), tmp_path)
    desk = real_tracker.desk(MEANS)
    (ticket,) = desk.twins("hd-crash")
    assert len(real_tracker.one(ticket.id).notes) == 1


def test_a_queue_that_is_not_there_is_told(real_tracker: RealTracker) -> None:
    with pytest.raises(DeskError, match="No permission to create tickets in the queue 'Nowhere'") as raised:
        real_tracker.desk(MEANS, queue="Nowhere").open(opening("hd-nowhere"))
    assert (raised.value.again, raised.value.unsure) == (False, False)


def test_a_field_that_is_not_there_is_noticed_and_the_title_carries_the_token(real_tracker: RealTracker) -> None:
    desk = real_tracker.desk(MEANS, key_field="Misspelt")
    ticket = desk.open(opening("hd-field"))
    assert desk.find("hd-field") == ticket
    told = real_tracker.one(ticket.id)
    assert told.title.endswith("[hd-field]")
    assert "Misspelt" in told.notes[0]


def test_a_wrong_token_is_a_login_that_may_become_right(real_tracker: RealTracker) -> None:
    wrong = RealTracker(real_tracker.url, {**real_tracker.tokens, "healthd": "1-1-00000000000000000000000000000000"})
    with pytest.raises(DeskError, match="401") as raised:
        wrong.desk(MEANS).find("hd-1")
    assert raised.value.again


def test_a_change_that_is_not_permitted_is_seen_behind_its_200(real_tracker: RealTracker) -> None:
    desk = real_tracker.desk(MEANS, resolve_to="no-such-status")
    ticket = desk.open(opening("hd-status"))
    with pytest.raises(DeskError, match="isn't a valid status"):
        desk.close(ticket, "a double")
