"""Cisco's log lines are read whatever stands before the tag, and no byte of them is lost."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.collectors.logs.syslog import Context, parse

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CONTEXT = Context(received=NOW, device="sw1", address="192.0.2.1")


def at(year: int, *rest: int, hours: float = 0, micro: int = 0) -> datetime:
    return datetime(year, *rest, microsecond=micro, tzinfo=timezone(timedelta(hours=hours)))


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("%SYS-5-CONFIG_I: Configured", {"at": None, "hostname": ""}),
        ("<189>30: r1: Mar  1 13:56:15.055: %SYS-5-CONFIG_I: x", {"sequence": 30, "hostname": "r1", "at": at(2026, 3, 1, 13, 56, 15, micro=55000)}),
        ("<189>30: *Mar  1 13:56:15.055: %SYS-5-CONFIG_I: x", {"sequence": 30, "at": at(2026, 3, 1, 13, 56, 15, micro=55000)}),
        ("<189>30: 000031: .Mar 1 2025 13:56:15 CET: %SYS-5-RESTART: x", {"sequence": 31, "at": at(2025, 3, 1, 13, 56, 15, hours=1)}),
        ("<189>7: r1: 2y10w: %SYS-5-RESTART: x", {"at": None, "sequence": 7, "hostname": "r1"}),
        ("<189>7: 00:01:12: %SYS-5-RESTART: x", {"at": None, "sequence": 7}),
        ("Mar  1 08:00:01 relay.example.com 82: Mar  1 07:59:59.872 CST: %LINK-3-UPDOWN: x", {"hostname": "relay.example.com", "at": at(2026, 3, 1, 7, 59, 59, hours=-6, micro=872000)}),
        ("<187>: 2026 Mar  1 08:49:23 UTC : %LOG_LOCAL7-3-SYSTEM_MSG: x", {"facility": "LOG_LOCAL7", "at": at(2026, 3, 1, 8, 49, 23), "hostname": ""}),
        ("<190>2026 Mar  1 13:15:07 nexus-1 %ETHPORT-5-IF_DOWN_LINK_FAILURE: x", {"hostname": "nexus-1", "facility": "ETHPORT"}),
        ("<187>94: gw2 LC/0/2/CPU0:Mar  1 20:16:14.834 : ifmgr[214]: %PKT_INFRA-LINK-3-UPDOWN : x", {"location": "LC/0/2/CPU0", "hostname": "gw2", "facility": "PKT_INFRA-LINK", "text": "x"}),
        ("<187>RP/0/RSP0/CPU0:Mar  1 20:16:14.834 UTC: envmon[1]: %PLATFORM-ENVMON-2-FAN_FAIL : Set|x", {"location": "RP/0/RSP0/CPU0", "hostname": "", "text": "Set|x"}),
        ("Mar 01 2026 15:27:55 FW-A : %ASA-4-106023: Deny", {"facility": "ASA", "mnemonic": "106023", "hostname": "FW-A", "severity": 4}),
        ("<165>Mar 01 2026 15:27:55: %ASA-5-106100: x", {"at": at(2026, 3, 1, 15, 27, 55), "hostname": ""}),
        ("<189>1 2026-03-01T15:27:55.5+08:00 sw9 - - - - %SYS-5-RESTART: x", {"hostname": "sw9", "at": at(2026, 3, 1, 15, 27, 55, hours=8, micro=500000)}),
        ("<189>5: Mar  1 13:00:00: %EARL-SW2_DFC1-3-X: y", {"facility": "EARL", "location": "SW2_DFC1"}),
        ("<189>5: Mar  1 13:00:00: %PIM-SW1-5-NBRCHG: y", {"facility": "PIM", "location": "SW1"}),
        ("<189>5: Mar  1 13:00:00: %IOSXE-1-PLATFORM: SW1: kernel: %KERN-3-EDAC: bad", {"facility": "IOSXE", "mnemonic": "PLATFORM"}),
    ],
)  # fmt: skip
def test_the_header_is_taken_apart_by_what_it_looks_like(line: str, want: dict[str, object]) -> None:
    event = parse(line.encode(), CONTEXT)
    assert {name: getattr(event, name) for name in want} == want
    assert event.mnemonic
    assert (event.device, event.address, event.raw) == ("sw1", "192.0.2.1", line.encode())


@pytest.mark.parametrize(
    ("received", "printed", "year"),
    [
        (datetime(2027, 1, 1, 0, 0, 5, tzinfo=UTC), "Dec 31 23:59:59", 2026),
        (datetime(2026, 12, 31, 23, 59, 58, tzinfo=UTC), "Jan  1 00:00:07", 2027),
        (datetime(2028, 3, 1, tzinfo=UTC), "Feb 29 12:00:00", 2028),
        (datetime(2026, 11, 25, 12, 0, tzinfo=UTC), "Apr 20 08:00:00", 2026),
        (datetime(2026, 11, 25, 12, 0, tzinfo=UTC), "Nov 26 12:00:00", 2026),
        (datetime(2026, 11, 25, 12, 0, tzinfo=UTC), "Nov 28 08:00:00", 2026),
        (datetime(2026, 11, 25, 12, 0, tzinfo=UTC), "Dec 25 08:00:00", 2026),
        (datetime(2026, 11, 25, 12, 0, tzinfo=UTC), "Dec 28 08:00:00", 2025),
        (datetime(2026, 3, 1, 12, 0, tzinfo=UTC), "Aug 31 12:00:00", 2025),
    ],
)
def test_a_year_that_is_not_printed_is_the_newest_that_is_not_the_future(received: datetime, printed: str, year: int) -> None:
    event = parse(f"<189>1: {printed}: %SYS-5-X: y".encode(), Context(received=received))
    assert event.at
    assert event.at.year == year


@pytest.mark.parametrize(
    ("home", "printed", "hours"),
    [
        ("Asia/Shanghai", "Nov 25 15:00:00 CST", 8),
        ("America/Chicago", "Nov 25 01:00:00 CST", -6),
        ("America/Chicago", "Nov 25 02:00:00 CDT", -5),
        ("Asia/Kolkata", "Nov 25 12:30:00 IST", 5.5),
        ("Asia/Jerusalem", "Nov 25 09:00:00 IST", 2),
        ("Europe/London", "Nov 25 07:00:00 GMT", 0),
        ("Asia/Shanghai", "Nov 25 07:00:00 UTC", 0),
        ("Asia/Shanghai", "Nov 25 07:00:00", 0),
        (None, "Nov 25 01:00:00 CST", -6),
    ],
)
def test_an_abbreviation_means_what_it_means_at_the_place_of_the_device(home: str | None, printed: str, hours: float) -> None:
    context = Context(received=datetime(2026, 11, 25, 7, 0, 5, tzinfo=UTC), home=ZoneInfo(home) if home else None)
    assert parse(f"<189>1: {printed}: %SYS-5-X: y".encode(), context).at == datetime(2026, 11, 25, 7, tzinfo=UTC), hours


def test_a_time_that_cannot_be_is_no_time() -> None:
    event = parse(b"<189>1: Jun 31 25:61:00: %SYS-5-X: y", CONTEXT)
    assert event.at is None
    assert event.mnemonic == "X"


def test_a_line_without_a_tag_is_kept_and_nothing_is_invented() -> None:
    event = parse(b"<14>Mar  1 13:56:30 sfims: something happened at 10:00:00", CONTEXT)
    assert (event.mnemonic, event.facility, event.severity) == ("", "", None)
    assert event.at == at(2026, 3, 1, 13, 56, 30)


def test_a_severity_beyond_seven_is_no_tag() -> None:
    assert not parse(b"%ASA-8-999999: phony", CONTEXT).mnemonic


@given(st.binary(max_size=400))
def test_any_bytes_give_one_event_with_the_bytes_in_it(line: bytes) -> None:
    assert parse(line, CONTEXT).raw == line.rstrip(b"\r\n")


@given(st.text(max_size=80), st.sampled_from(["LINK", "PKT_INFRA-LINK", "SYS"]), st.integers(0, 7))
def test_a_well_formed_tag_is_found_behind_any_header(header: str, facility: str, severity: int) -> None:
    if "%" in header:
        return
    event = parse(f"{header} %{facility}-{severity}-UPDOWN: Interface Gi1/0/1 down".encode("utf-8", "surrogatepass"), CONTEXT)
    assert (event.facility, event.severity, event.mnemonic) == (facility, severity, "UPDOWN")


@pytest.mark.parametrize("line", [b"%" * 65536, b"1:" * 32768, b"a-" * 32768, b"%A-" * 20000, b"Jan 1 " * 10000, b"<" * 65536])
def test_long_hostile_lines_are_read_in_bounded_time(line: bytes) -> None:
    start = datetime.now(UTC)
    parse(line, CONTEXT)
    assert datetime.now(UTC) - start < timedelta(seconds=2)
