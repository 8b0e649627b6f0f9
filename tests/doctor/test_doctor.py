"""The doctor finds what is wrong and says what to do; the books are shown, and a hole in them ends with status 1."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from healthd.store import database, tally
from tests.daemon.house import House, house


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path) as made:
        made.write()
        yield made


def doctor(home: House, *words: str) -> tuple[int, list[dict[str, object]]]:
    command = [sys.executable, "-m", "healthd", "doctor", "--json", "--config", str(home.settings), *words]
    env = {**os.environ, "HOUSE_COMMUNITY": "public"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=env)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def of(found: list[dict[str, object]], check: str) -> list[tuple[object, object]]:
    return [(each["level"], each["text"]) for each in found if each["check"] == check]


def test_a_fresh_installation_is_examined_without_being_touched(home: House) -> None:
    _, found = doctor(home, "--no-devices")
    assert of(found, "database") == [("note", "there is no database yet")]
    assert ("good", f"udp: 127.0.0.1:{home.udp} is free and permitted") in of(found, "ports")
    assert of(found, "post")[0][0] == "note"
    assert not (home.folder / "data" / "healthd.sqlite3").exists()


def test_devices_that_do_not_answer_are_told_by_cause(home: House) -> None:
    status, found = doctor(home)
    ((level, text),) = of(found, "devices")
    assert (status, level) == (1, "bad")
    assert str(text).startswith("SNMP: 2 of 2 do not answer: ")
    assert "(sw1, sw2)" in str(text)


def test_a_port_that_is_taken_and_an_open_data_folder_are_found(home: House) -> None:
    (home.folder / "data").mkdir(mode=0o755)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", home.traps))
        _, found = doctor(home, "--no-devices")
    assert ("note", f"traps: 127.0.0.1:{home.traps}: Address already in use") in of(found, "ports")
    assert of(found, "secrets")[0][0] == "bad"


def test_a_mail_server_that_is_not_there_is_found(home: House) -> None:
    home.settings.write_text(home.settings.read_text() + '\n[notify.mail]\nhost = "127.0.0.1"\nport = 9\n')
    _, found = doctor(home, "--no-devices")
    assert of(found, "post")[0][0] == "bad"


def test_a_hole_in_the_books_is_shown(home: House) -> None:
    (home.folder / "data").mkdir(mode=0o700)
    database.open_database(database.Settings(url=database.sqlite_url(home.folder / "data" / "healthd.sqlite3")))
    tally.add(datetime.now(UTC), {("syslog", "in"): 5, ("syslog", "out"): 5, ("trap", "in"): 5, ("trap", "out"): 4})
    database.close_database()
    status, found = doctor(home, "--accounting")
    assert status == 1
    assert {each["stage"]: each["missing"] for each in found} == {"outbox": 0, "syslog": 0, "trap": 1}
