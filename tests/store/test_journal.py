"""Records grow line by line: nobody overwrites anybody."""

from dataclasses import replace
from datetime import UTC, datetime
from threading import Thread

import pytest

from healthd.errors import Conflict, UnknownName
from healthd.model.case import Channel, Did, Entry
from healthd.model.message import Attachment
from healthd.model.record import Head
from healthd.store import database, files, journal

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
HEAD = Head(kind="case", number="2611-0001", customer="acme", value="one", key="1:psu:sw:2B", state="new")


def entry(text: str) -> Entry:
    return Entry(at=NOW, who="chen.jie", channel=Channel.HOTLINE, did=Did.NOTED, text=text)


@pytest.mark.usefixtures("store")
def test_what_was_begun_is_read_back_with_its_lines_in_their_order() -> None:
    journal.begin(HEAD, [entry("a"), entry("b")], NOW)
    assert journal.lines("case", "2611-0001") == (entry("a"), entry("b"))
    assert journal.head("case", "2611-0001") == replace(HEAD, version=2, changed=NOW)


@pytest.mark.usefixtures("store")
def test_who_read_an_older_version_writes_nothing() -> None:
    journal.begin(HEAD, [entry("a")], NOW)
    read = journal.head("case", "2611-0001")
    journal.add(replace(read, value="two"), [entry("b")], NOW)
    with pytest.raises(Conflict, match="changed by somebody else"):
        journal.add(replace(read, value="three"), [entry("c")], NOW)
    assert journal.head("case", "2611-0001").value == "two"
    assert [line.text for line in journal.lines("case", "2611-0001")] == ["a", "b"]


@pytest.mark.usefixtures("store")
def test_of_twenty_who_change_one_version_at_once_one_is_heard() -> None:
    journal.begin(HEAD, [entry("a")], NOW)
    read, done = journal.head("case", "2611-0001"), []

    def change(number: int) -> None:
        try:
            journal.add(read, [entry(str(number))], NOW)
            done.append(number)
        except Conflict:
            pass
        finally:
            database.leave()

    threads = [Thread(target=change, args=(n,)) for n in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [line.text for line in journal.lines("case", "2611-0001")] == ["a", *map(str, done)]
    assert len(done) == 1


@pytest.mark.usefixtures("store")
def test_a_number_is_given_once() -> None:
    journal.begin(HEAD, [], NOW)
    with pytest.raises(Conflict, match="there is a case 2611-0001 already"):
        journal.begin(HEAD, [], NOW)
    assert journal.last("case", "2611-") == "2611-0001"
    assert journal.last("case", "2612-") == ""
    with pytest.raises(UnknownName, match="2611-0009"):
        journal.head("case", "2611-0009")


@pytest.mark.usefixtures("store")
def test_heads_are_found_by_what_they_are_about() -> None:
    journal.begin(HEAD, [], NOW)
    journal.begin(replace(HEAD, number="2611-0002", key="1:fan:sw:1", open=False, state="closed"), [], NOW)
    journal.begin(replace(HEAD, number="2611-0003", customer="hdzz"), [], NOW)
    assert [h.number for h in journal.heads("case", "acme")] == ["2611-0001", "2611-0002"]
    assert [h.number for h in journal.heads("case", opened=True)] == ["2611-0001", "2611-0003"]
    assert [h.number for h in journal.heads("case", key="1:fan:sw:1")] == ["2611-0002"]
    assert [h.number for h in journal.heads("case", states=("closed",))] == ["2611-0002"]


@pytest.mark.usefixtures("store")
def test_a_file_is_kept_once_and_comes_back_as_it_was() -> None:
    file = Attachment(name="日志.txt", media="text/plain", data=b"%FAN-3-FAN_FAILED\n" * 500)
    first, again = files.put("acme", file, NOW), files.put("acme", file, NOW)
    assert first == again
    assert files.get(first) == file
    assert [(each.name, each.size) for each in files.told((first, "gone"))] == [("日志.txt", 9000)]
    with pytest.raises(ValueError, match="allowed: up to"):
        files.put("acme", replace(file, data=bytes(files.LARGEST + 1)), NOW)
