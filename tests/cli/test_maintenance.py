"""``healthd maintenance`` from the outside: before and after the fact, by device or site, taken back again."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from healthd.model.availability import State, Transition
from healthd.model.interval import Interval
from healthd.store import database, states

HOSTS = """
hz-1: {hostname: 192.0.2.1, data: {site: hz, snmp: v2}}
hz-2: {hostname: 192.0.2.2, data: {site: hz, snmp: v2}}
sz-1: {hostname: 192.0.2.3, data: {site: sz, snmp: v2}}
"""
CUSTOMER = """
title: ACME
time_zone: Asia/Shanghai
sites:
  - {name: hz, title: Hangzhou}
  - {name: sz, title: Shenzhen}
"""
NIGHT = Interval(datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC))
WHEN = ("--from", "2026-03-01T22:00", "--to", "2026-03-02T02:00")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "inventories" / "acme"
    folder.mkdir(parents=True)
    for name, text in (("hosts.yaml", HOSTS), ("customer.yaml", CUSTOMER), ("credentials.yaml", "v2: {snmp: v2c, community: 'env:C'}\n")):
        (folder / name).write_text(text)
    return tmp_path


def healthd(place: Path, *words: object) -> subprocess.CompletedProcess[str]:
    where = ("--inventory", place / "inventories", "--data", place / "data")
    command = [sys.executable, "-m", "healthd", "maintenance", *map(str, words), *map(str, where)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def shown(place: Path, device: str) -> list[str]:
    database.open_database(database.Settings().within(place / "data"))
    found = [span.state.value for span in states.spans("acme", device, NIGHT)]
    database.close_database()
    return found


def test_maintenance_of_a_site_is_entered_listed_and_taken_back(place: Path) -> None:
    database.open_database(database.Settings().within(place / "data"))
    states.add("acme", [Transition(device=name, at=NIGHT.start, state=State.DOWN) for name in ("hz-1", "hz-2", "sz-1")])
    database.close_database()
    done = healthd(place, "add", "-c", "acme", "--site", "hz", *WHEN, "--reason", "CHG-7", "--author", "Li Wei")
    assert (done.returncode, done.stderr) == (0, "")
    assert "2026-03-01 22:00 to 2026-03-02 02:00  maintenance  hz-1, hz-2: CHG-7 (Li Wei, entered" in done.stdout
    # 22:00 in Shanghai is 14:00 in UTC.
    assert (shown(place, "hz-2"), shown(place, "sz-1")) == (["down", "maintenance", "down"], ["down"])
    (entry,) = [json.loads(line) for line in healthd(place, "list", "--json").stdout.splitlines()]
    assert (entry["devices"], entry["from"], entry["author"]) == (["hz-1", "hz-2"], "2026-03-01T14:00:00+00:00", "Li Wei")
    assert not [key for key, value in entry.items() if value in (None, "", [])], "what is not known is left out"
    back = healthd(place, "remove", entry["number"], "-c", "acme", "--reason", "cancelled", "--author", "Emma")
    assert "withdrawn by Emma: cancelled" in back.stdout
    assert (shown(place, "hz-2"), healthd(place, "list").stdout) == (["down"], "")
    assert "withdrawn by Emma" in healthd(place, "list", "--withdrawn").stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((*WHEN, "--reason", "x"), 2, "no device is named; allowed: --device, --site or --all"),
        ((*WHEN, "--reason", "x", "--device", "hz-9"), 3, "unknown device 'hz-9'; known: hz-1, hz-2, sz-1"),
        ((*WHEN, "--reason", "x", "--site", "bj"), 3, "unknown site 'bj'; known: hz, sz"),
        ((*WHEN, "--reason", " ", "--all"), 2, "--reason: found nothing"),
        ((*WHEN, "--reason", "x", "--all", "--as", "fine"), 2, "--as: found 'fine'; allowed: up, down, unreachable, maintenance"),
        (("--from", "now", "--to", "2026-03-02", "--reason", "x", "--all"), 2, "--from: found 'now'"),
        (("--from", "2026-03-03", "--to", "2026-03-02", "--reason", "x", "--all"), 2, "allowed: --from before --to"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_entered(place: Path, words: tuple[str, ...], status: int, said: str) -> None:
    done = healthd(place, "add", "-c", "acme", *words)
    assert done.returncode == status, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert healthd(place, "list").stdout == ""
