"""``healthd event`` shows what happened, known and unknown senders apart, and says what it did not understand."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from healthd import intake
from healthd.analysis.stream import flaps, heard
from healthd.cli import _kinds
from healthd.cli._app import app
from healthd.collectors.traps import decode
from healthd.daemon import logbook
from healthd.errors import ConfigError, UnknownName
from healthd.model.event import Event
from healthd.store import database, events, quarantine


def event(device: str, minutes: float, kind: str = "psu.failed", severity: int = 2, **more: object) -> Event:
    at = datetime.now(UTC) - timedelta(minutes=minutes)
    return Event(device=device, received=at, kind=kind, source="udp", severity=severity, address="192.0.2.1", **more)  # type: ignore[arg-type]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    database.open_database(database.Settings(url=database.sqlite_url(tmp_path / "healthd.sqlite3")))
    events.add("acme", [event("sw1", 5, text="PSU \x1b[31mA"), event("sw1", 3, "psu.ok", 5), event("sw2", 4, "interface.down", 3)])
    quarantine.add([event("", 1, "", 6, raw=b"<189>\xffhello")])
    database.close_database()
    return tmp_path


def ran(data: Path, *words: str) -> Result:
    done = CliRunner().invoke(app, ["event", *words, "--data", str(data)], catch_exceptions=False)
    database.close_database()
    assert done.exit_code == 0, done.output
    return done


def run(data: Path, *words: str) -> list[str]:
    return ran(data, *words).stdout.splitlines()


def test_everything_is_listed_in_the_order_of_receiving(data: Path) -> None:
    found = [json.loads(line) for line in run(data, "list", "--json")]
    assert [each.get("device") for each in found] == ["sw1", "sw2", "sw1", None]
    assert found[-1]["raw"] == "<189>\\xffhello"
    assert "mnemonic" not in found[-1]


def test_filters_narrow_it(data: Path) -> None:
    assert len(run(data, "list", "--class", "psu", "--json")) == 2
    assert len(run(data, "list", "--severity", "3", "--json")) == 2
    assert len(run(data, "list", "--severity", "critical", "--json")) == 1
    assert len(run(data, "list", "--since", "2m", "--json")) == 1
    assert len(run(data, "list", "--since", "90s", "--json")) == 1
    assert len(run(data, "list", "--no-unknown", "--since", "2m", "--json")) == 0


def test_nothing_that_a_device_sent_acts_on_a_terminal(data: Path) -> None:
    assert "\x1b" not in "".join(run(data, "list"))


def test_people_read_a_table_with_a_head_and_times_with_their_zone(data: Path) -> None:
    head, first, *_ = run(data, "list", "--class", "psu")
    assert head.split() == ["TIME", "DEVICE", "SEVERITY", "CLASS", "MESSAGE", "TEXT"]
    assert head.index("CLASS") == first.index("psu.failed")
    assert datetime.fromisoformat(first[: head.index("DEVICE")].strip()).tzinfo
    assert "critical" in first


@pytest.mark.parametrize(
    ("word", "near"),
    [("nosuch", "access"), ("psu.nosuch", "psu.failed"), ("interfce.down", "interface.down"), ("device.gone", "device.up")],
)
def test_a_class_that_no_event_can_have_is_told_with_the_nearest(data: Path, word: str, near: str) -> None:
    with pytest.raises(UnknownName, match=f"unknown event class '{word}'; known: .*{near}"):
        run(data, "list", "--class", word)


@pytest.mark.parametrize(
    "word", ["bgp", "fan.found", "device.up", "interface.flapping", "new-thing.critical", "trap.unknown", "reboot.cleared"]
)
def test_a_class_that_no_event_has_now_is_told_as_that(data: Path, word: str) -> None:
    done = ran(data, "list", "--class", word)
    assert (done.stdout, done.stderr) == ("", "no such event in that time\n")
    assert ran(data, "list", "--class", word, "--json").output == ""


def test_every_class_that_we_give_ourselves_can_be_asked_for() -> None:
    ours = {flaps.FLAPPING, flaps.SETTLED, heard.SUPPRESSED, intake.UNREAD, logbook.UNDATED, decode.UNKNOWN}
    assert ours | {"device.down", "device.up", "device.unreachable"} <= _kinds.kinds()


def test_a_severity_that_is_none_is_told_with_what_is_allowed(data: Path) -> None:
    for word in ("nosuch", "8"):
        with pytest.raises(ConfigError, match=f"--severity: found '{word}'; allowed: 0 to 7, emergency"):
            run(data, "list", "--severity", word)


def test_unknown_senders_are_listed(data: Path) -> None:
    (sender,) = [json.loads(line) for line in run(data, "unknown", "--json")]
    assert (sender["address"], sender["kept"]) == ("192.0.2.1", 1)


def test_a_time_that_is_none_is_told_with_what_is_allowed(data: Path) -> None:
    with pytest.raises(ConfigError, match="--since: found 'tomorrow'; allowed: 90s, 30m"):
        run(data, "list", "--since", "tomorrow")
