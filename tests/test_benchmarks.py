"""The benchmarks work and say what they should; their figures are measured elsewhere, on a quiet machine."""

import socket
from pathlib import Path

import pytest

from benchmarks import __main__ as runner
from benchmarks import intake, storing
from benchmarks._figure import Figure, Rounds
from benchmarks._hostile import WAYS, hostile
from healthd.store import database


def test_every_benchmark_has_figures_and_a_place_of_its_own() -> None:
    members = runner.members()
    assert {"polling", "report", "storing", "intake", "soak"} <= set(members)
    assert all(callable(each.figures) for each in members.values())
    assert len({each.ORDER for each in members.values()}) == len(members)


def test_the_table_says_of_each_figure_whether_it_met_its_target() -> None:
    good, bad, open_ = (Figure(what=f"w{met}", ours="1", target="≤ 2", met=met) for met in (True, False, None))
    lines = runner.table([good, bad, open_]).splitlines()
    assert lines[0].startswith("Measured 20")
    assert [line.rsplit("|", 2)[1].strip() for line in lines[-3:]] == ["yes", "**no**", ""]


def test_the_readme_has_a_place_for_the_table() -> None:
    text = runner.README.read_text("utf-8")
    assert text.count(runner.BEGIN) == text.count(runner.END) == 1
    assert text.index(runner.BEGIN) < text.index(runner.END)


def test_a_ratio_is_the_median_of_the_rounds_ratios() -> None:
    measured = Rounds()
    for ours, peer in ((10.0, 1.0), (4.0, 2.0), (9.0, 3.0)):
        measured.add("ours", ours)
        measured.add("peer", peer)
    assert measured.ratio("ours", "peer") == 3.0


def test_what_is_stored_is_read_back_whole(tmp_path: Path) -> None:
    size = storing.Size(each=2, rounds=3, days=2)
    found = list(storing._measured("SQLite", database.sqlite_url(tmp_path / "data" / "healthd.sqlite3"), size))
    assert len(found) == 3
    assert f"{3 * 20 * len(storing.READINGS):,} readings" in found[-1].what


def test_lines_are_stored_or_dropped_by_the_books_alone() -> None:
    before = {"syslog": {"missing": 0, "in": 5, "out": 5}}
    after = {
        "syslog": {"missing": 0, "in": 20, "out": 17, "dropped: copy": 3},
        "listener udp": {"in": 30, "out": 20, "dropped: above its rate": 10},
        "queue": {"in": 2, "dropped: no room": 2},
    }
    assert intake._since(before, after) == (12, 15)


def test_every_line_of_the_stream_differs_from_the_others() -> None:
    lines = intake._lines(2000)
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("way", WAYS)
def test_a_hostile_agent_never_gives_a_right_answer(way: object) -> None:
    question = bytes.fromhex("302602010104067075626c6963a01902047fffffff020100020100300b300906052b060102010500")
    for datagram in way(question):  # type: ignore[operator]
        assert datagram != question
        assert b"\x2b\x06\x01\x02\x01\x02" not in datagram


def test_hostile_agents_answer_where_they_are_asked() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        asker.bind(("127.0.0.1", 0))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
            found.bind(("127.79.0.1", 0))
            port = found.getsockname()[1]
        asker.settimeout(5)
        with hostile(["127.79.0.1"], port):
            asker.sendto(b"0123", ("127.79.0.1", port))
            assert len(asker.recv(100)) == 4
