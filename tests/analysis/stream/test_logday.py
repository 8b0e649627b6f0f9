"""What a day's logs say: counts beside the usual, what is new, who is silent, what is missing, whose clock is wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.stream.clocks import unreliable
from healthd.analysis.stream.first import first_seen
from healthd.analysis.stream.heard import lost, silent, suppressed, talkers
from healthd.analysis.stream.logday import logday
from healthd.analysis.stream.meaning import meaning
from healthd.analysis.stream.noted import noted
from healthd.analysis.stream.repeated import collapsed
from healthd.analysis.stream.tallied import tallies
from healthd.analysis.stream.usual import band
from healthd.model.device import Device
from healthd.model.event import Event
from healthd.model.logged import Logged

START = datetime(2026, 3, 20, tzinfo=UTC)
DEVICES = [Device(name=n, customer="gold", address="") for n in ("a", "b", "c")]


def line(minute: float = 0, device: str = "a", tag: str = "LINK-3-UPDOWN", **more: object) -> Event:
    facility, severity, mnemonic = tag.split("-")
    said = {"kind": "x.y", "source": "udp", "text": "text"} | more
    at = START + timedelta(minutes=minute)
    return Event(device=device, received=at, facility=facility, severity=int(severity), mnemonic=mnemonic, **said)


def logged(days: int, seen: dict[str, set[str]] | None = None, **counts: int) -> Logged:
    day = {("LINK-UPDOWN", 3): counts.get("links", 4)}
    return Logged(days=(day,) * days, seen={name: frozenset(those) for name, those in (seen or {}).items()})


def test_usual_is_the_median_with_a_band_that_one_bad_day_does_not_widen() -> None:
    found = band([10, 12, 11, 10, 12, 11, 9000])
    assert (found.median, found.days) == (11, 7)
    assert 7 < found.low < 10
    assert 12 < found.high < 15


def test_fewer_than_seven_days_are_not_usual() -> None:
    assert band([5] * 6) is None


@given(st.lists(st.integers(0, 10**9), min_size=7, max_size=28))
def test_the_band_lies_around_its_median_and_never_below_nothing(counts: list[int]) -> None:
    found = band(counts)
    assert 0 <= found.low <= found.median <= found.high


def test_messages_are_ranked_with_their_senders_and_a_day_without_one_counts_as_none() -> None:
    lines = [line(1), line(2, "b"), line(3, tag="SYS-5-CONFIG_I"), line(4)]
    first, second = tallies(lines, logged(9).known)
    assert (first.name, first.number, first.devices, first.usual.median) == ("LINK-3-UPDOWN", 3, 2, 4)
    assert (second.name, second.usual.median) == ("SYS-5-CONFIG_I", 0)


def test_a_message_is_new_to_everyone_or_to_a_device() -> None:
    known = logged(9, {"a": {"LINK-UPDOWN"}, "b": {"SYS-CONFIG_I", "LINK-UPDOWN"}})
    lines = [line(1), line(2, tag="SYS-5-CONFIG_I"), line(3, "b", "OSPF-5-ADJCHG"), line(4, "a", "OSPF-5-ADJCHG")]
    assert [(f.sample.message, f.devices, f.everywhere) for f in first_seen(lines, known)] == [
        ("OSPF-ADJCHG", ("a", "b"), True),
        ("SYS-CONFIG_I", ("a",), False),
    ]


def test_of_a_device_that_never_logged_only_what_nobody_logged_is_new() -> None:
    assert first_seen([line(1, "c")], logged(9, {"a": {"LINK-UPDOWN"}})) == ()


def test_nothing_is_called_new_while_too_few_days_are_known() -> None:
    assert first_seen([line(1)], logged(6)) is None


def test_a_repeated_line_is_told_once_and_what_the_device_counted_itself_is_added() -> None:
    again = Event(device="a", received=START + timedelta(minutes=9), kind="", source="udp", text="last message repeated 12 times")
    found = collapsed([line(1, tag="SYS-2-X"), line(2, tag="SYS-2-X"), line(3, "b", "SYS-6-Y"), again], 2)
    assert [(f.number, f.last) for f in found] == [(14, again.received)]


def test_repetitions_of_a_lesser_line_are_not_added_to_the_grave_one_before_it() -> None:
    again = Event(device="a", received=START + timedelta(minutes=9), kind="", source="udp", text="last message repeated 12 times")
    assert [f.number for f in collapsed([line(1, tag="SYS-2-X"), line(2), again], 2)] == [1]


def test_who_stopped_logging_is_told_from_who_never_did_and_an_unread_line_is_no_silence() -> None:
    bare = Event(device="c", received=START, kind="", source="udp", text="?")
    found = silent([*DEVICES, Device(name="d", customer="gold", address="")], [line(), bare], logged(9, {"b": {"X-Y"}}))
    assert (found.stopped, found.never) == (("b",), ("d",))


def test_what_a_poll_noticed_is_no_sign_of_life_in_the_log() -> None:
    polled = Event(device="a", received=START, kind="device.up", source="poll", severity=5)
    assert silent(DEVICES[:1], [polled], Logged()).never == ("a",)
    assert logday(DEVICES, [polled], Logged()) is None


def test_lost_lines_are_found_by_the_devices_own_numbers_of_what_was_sent_at_once() -> None:
    numbers = [
        line(1, sequence=5),
        line(2, sequence=6),
        line(3, sequence=20),
        line(4, "b", sequence=1),
        line(5, sequence=900, source="cli"),
    ]
    assert [(g.device, g.lost) for g in lost(numbers)] == [("a", 13)]


def test_suppressed_lines_are_added_up() -> None:
    rows = [Event(device="a", received=START, kind="log.suppressed", source="udp", variables=(("number", n),)) for n in ("5", "7", "x")]
    assert suppressed(rows) == (("a", 12),)


def test_the_most_talkative_come_first() -> None:
    assert talkers([line(1), line(2, "b"), line(3, "b")], 1) == (("b", 2),)


@pytest.mark.parametrize(
    ("raw", "flag"),
    [
        (b"<189>12: *Mar 20 00:00:01.1: %LINK-3-UPDOWN: x", "*"),
        (b"<189>12: r1: .Mar 20 00:00:01: %LINK-3-UPDOWN: x", "."),
        (b"<189>12: Mar 20 00:00:01: %LINK-3-UPDOWN: at *Mar 1", ""),
        (b"<189>12: r1.Mar 20 00:00:01: %LINK-3-UPDOWN: x", ""),
    ],
)
def test_a_clock_says_of_itself_that_it_is_not_set(raw: bytes, flag: str) -> None:
    found = unreliable([line(n, raw=raw, at=START + timedelta(minutes=n)) for n in range(3)])
    assert [c.flag for c in found] == ([flag] if flag else [])


def test_a_clock_that_is_minutes_off_is_told_by_how_much_and_one_late_line_is_no_proof() -> None:
    ahead = [line(n, at=START + timedelta(minutes=n + 7)) for n in range(3)]
    late = [line(n, "b", at=START + timedelta(minutes=n - (30 if n == 1 else 0))) for n in range(3)]
    asked = [line(n, "c", at=START - timedelta(hours=9), source="cli") for n in range(3)]
    assert [(c.device, c.off) for c in unreliable([*ahead, *late, *asked])] == [("a", timedelta(minutes=7))]


def test_a_day_counts_lines_of_logs_alone() -> None:
    polled = Event(device="a", received=START, kind="device.down", source="poll", severity=2)
    found = logday(DEVICES, [polled, line(1), line(2, tag="SYS-5-CONFIG_I")], logged(9))
    assert (found.number, found.up_to(3), found.severe.median) == (2, 1, 4)
    assert found.grave == ()


def test_a_day_that_is_not_over_is_not_held_against_whole_ones() -> None:
    found = logday(DEVICES, [line(1)], logged(9), whole=False)
    assert found.severe is None
    assert found.severities[3] == (1, None)
    assert found.messages[0].usual is None


def test_silence_after_weeks_of_lines_is_a_log_without_lines_and_not_no_log() -> None:
    found = logday(DEVICES, [], logged(9, {"a": {"LINK-UPDOWN"}}))
    assert found.number == 0
    assert found.silent.stopped == ("a",)
    assert not found.calm


def test_a_day_of_small_talk_is_calm() -> None:
    assert logday(DEVICES, [line(1, tag="SYS-5-CONFIG_I")], Logged()).calm
    assert not logday(DEVICES, [line(1, tag="SYS-4-X")], Logged()).calm
    assert not logday(DEVICES, [line(1, tag="SYS-5-X", kind="login.failed")], Logged()).calm


def test_the_catalogue_says_what_a_message_means_in_both_languages() -> None:
    said = meaning(line(tag="LINEPROTO-5-UPDOWN", text="Line protocol on Interface Gi1, changed state to down"))
    assert "line protocol" in said.en
    assert "接口" in said.zh
    assert meaning(line(tag="NO_SUCH-5-THING")) is None


def test_what_is_noted_out_of_a_buffer_is_as_old_as_it_says() -> None:
    written = START - timedelta(days=3)
    (old,) = noted([line(5, tag="SYS-5-RESTART", kind="device.restarted", source="cli", at=written)])
    (new,) = noted([line(5, tag="SYS-5-RESTART", kind="device.restarted", at=written)])
    assert (old.last, new.last) == (written, START + timedelta(minutes=5))
