"""What the client remembers of its cases, and how it learns that people closed one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from healthd.errors import UnknownName
from healthd.model.action import Filed, Note, Ticket
from healthd.model.case import Priority
from healthd.model.followed import Followed, Told
from healthd.model.phrase import say
from healthd.store import filed, journal, tickets
from healthd.store.database import Settings

NOW = datetime(2026, 11, 20, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def case(number: str = "hd-1", key: str = "1:psu:core:PS1", **more: object) -> Followed:
    values = {"opened": NOW, "since": NOW, "priority": Priority.P3, "covers": (key,), "devices": ("core",), **more}
    return Followed(token=number, key=key, customer="acme", **values)  # type: ignore[arg-type]


def file(token: str, at: datetime, *, over: bool) -> None:
    filed.keep("acme", token, Filed(ticket=Ticket(backend="embedded", id="1", over=over)), at)


def test_a_case_is_remembered_as_it_is_with_all_that_was_said_on_it(store: Settings) -> None:
    note = Note(token="hd-1", mark="n2", text=say("Still so."))
    tickets.keep(case(), (), NOW)
    tickets.keep(case(sent=2, notices=(NOW,)), (note,), NOW + HOUR)
    assert tickets.known("acme", (), NOW + HOUR, DAY) == (case(sent=2, notices=(NOW,)),)
    assert journal.lines(tickets.KIND, "hd-1") == (note,)


def test_of_closed_cases_those_of_a_key_and_those_of_late_are_known(store: Settings) -> None:
    tickets.keep(case(), (), NOW)
    tickets.keep(case("hd-2", "1:fan:core:1", closed=NOW), (), NOW)
    later = NOW + 2 * DAY
    assert [each.token for each in tickets.known("acme", (), NOW + HOUR, DAY)] == ["hd-1", "hd-2"]
    assert [each.token for each in tickets.known("acme", (), later, DAY)] == ["hd-1"]
    assert [each.token for each in tickets.known("acme", ["1:fan:core:1"], later, DAY)] == ["hd-1", "hd-2"]
    assert tickets.known("other", ["1:fan:core:1"], NOW, DAY) == ()


def test_what_people_close_and_take_up_again_on_their_desk_is_learnt(store: Settings) -> None:
    tickets.keep(case(), (), NOW)
    tickets.settle("acme", NOW, DAY)
    assert tickets.known("acme", (), NOW, DAY)[0].is_open, "nothing was filed yet"
    file("hd-1", NOW, over=False)
    file("hd-1", NOW + HOUR, over=True)
    tickets.settle("acme", NOW + HOUR, DAY)
    assert tickets.known("acme", (), NOW + HOUR, DAY)[0].closed == NOW + HOUR
    file("hd-1", NOW + 2 * HOUR, over=False)
    tickets.settle("acme", NOW + 2 * HOUR, DAY)
    assert tickets.known("acme", (), NOW + 2 * HOUR, DAY)[0].is_open


def test_only_a_draft_can_be_wanted(store: Settings) -> None:
    tickets.keep(case(draft=True), (), NOW)
    tickets.keep(case("hd-2"), (), NOW)
    tickets.want("hd-1", NOW)
    assert tickets.covering("acme", "1:psu:core:PS1")[0].wanted
    for token in ("hd-2", "hd-3"):
        with pytest.raises(UnknownName):
            tickets.want(token, NOW)


WELL = {"told": Told.WELL, "stands": False}


def test_what_is_well_for_long_is_over_where_the_desk_cannot_tell_and_only_there(store: Settings) -> None:
    for number, more in (("hd-1", {**WELL, "desk": "mail"}), ("hd-2", {**WELL, "desk": "jira"}), ("hd-3", {"desk": "mail"})):
        tickets.keep(case(number, f"1:psu:core:{number}", **more), (), NOW)
        file(number, NOW, over=False)
    for later, over in ((DAY - HOUR, set()), (DAY, {"hd-1"}), (DAY + HOUR, {"hd-1"})):
        tickets.settle("acme", NOW + later, DAY, lambda desk: desk != "mail")
        assert {each.token for each in tickets.known("acme", (), NOW + later, DAY) if not each.is_open} == over
    assert not filed.watched("embedded", NOW + 2 * DAY, HOUR)[2:], "nobody looks at its ticket any more"


def test_however_many_cases_are_known_few_questions_are_asked(store: Settings) -> None:
    for n in range(30):
        tickets.keep(case(f"hd-{n}", f"1:psu:core:{n}"), (), NOW)
        file(f"hd-{n}", NOW, over=False)
    with CaptureQueriesContext(connection) as asked:
        tickets.settle("acme", NOW, DAY)
        assert len(tickets.known("acme", ["1:psu:core:1"], NOW, DAY)) == 30
    assert len([each for each in asked if "SELECT" in each["sql"]]) <= 4
