"""Lines that a device remembers are read with their own time, over SNMP or out of its buffer."""

from datetime import UTC, datetime, timedelta

from healthd.catalogue.mibs.snmpv2 import SYSTEM
from healthd.catalogue.mibs.syslog import HISTORY
from healthd.collectors.logs.remembered import SHOW, read
from healthd.collectors.logs.syslog import Context
from healthd.model.answer import Answers

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONTEXT = Context(received=NOW, device="sw1", address="10.0.0.1")


def row(name: str, text: str, ticks: int, severity: int = 4) -> dict[str, bytes | int]:
    return {
        "clogHistFacility": b"LINEPROTO",
        "clogHistSeverity": severity,
        "clogHistMsgName": name.encode(),
        "clogHistMsgText": text.encode(),
        "clogHistTimestamp": ticks,
    }


def test_a_line_is_as_old_as_its_stamp_is_behind_the_clock() -> None:
    rows = {"7": row("UPDOWN", "Line protocol on Interface Gi1/0/1, changed state to down", 400, 6), "12": row("X", "y", 900)}
    first, second = read(Answers(gets={SYSTEM: {"sysUpTime": 1000}}, walks={HISTORY: rows}), CONTEXT)
    assert (first.at, second.at) == (NOW - timedelta(seconds=6), NOW - timedelta(seconds=1))
    assert (first.facility, first.severity, first.mnemonic, first.kind, first.item) == (
        "LINEPROTO",
        5,
        "UPDOWN",
        "interface.down",
        "Gi1/0/1",
    )
    assert (first.source, first.device, first.raw[:20]) == ("clog", "sw1", b"%LINEPROTO-5-UPDOWN:")


def test_a_stamp_from_before_the_clock_wrapped_is_in_the_past() -> None:
    (event,) = read(Answers(gets={SYSTEM: {"sysUpTime": 100}}, walks={HISTORY: {"1": row("X", "y", 2**32 - 900)}}), CONTEXT)
    assert event.at == NOW - timedelta(seconds=10)


def test_without_the_clock_a_line_has_no_time() -> None:
    (event,) = read(Answers(walks={HISTORY: {"1": row("X", "y", 900)}}), CONTEXT)
    assert event.at is None


def test_the_printed_buffer_is_taken_where_there_is_one() -> None:
    text = """Syslog logging: enabled (0 messages dropped)
Log Buffer (8192 bytes):

*Mar  1 11:59:00.001 UTC: %SYS-5-CONFIG_I: Configured from console by li on vty0 (10.0.0.9)
"""
    (event,) = read(Answers(shows={SHOW: text}, walks={HISTORY: {"1": row("X", "y", 900)}}), CONTEXT)
    assert (event.mnemonic, event.source, event.at) == ("CONFIG_I", "cli", NOW - timedelta(minutes=1, microseconds=-1000))
