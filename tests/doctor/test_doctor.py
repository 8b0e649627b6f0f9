"""The doctor finds what is wrong and says what to do; the books are shown, and a hole in them ends with status 1."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthd.model.availability import Reclassification, State
from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.store import agreements, database, errands, quarantine, tally
from tests.caseclient.cases import opening
from tests.daemon.house import House, house


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path) as made:
        made.write()
        yield made


def doctor(home: House, *words: str) -> tuple[int, list[dict[str, object]]]:
    done = healthd(home, "doctor", "--json", *words)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def healthd(home: House, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "healthd", *words, "--config", str(home.settings)]
    env = {**os.environ, "HOUSE_COMMUNITY": "public"}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=env)


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
    assert str(text).startswith("SNMP: no answer from 2 of 2: nothing listens at that port")
    assert "(sw1, sw2)" in str(text)


@pytest.mark.parametrize("word", [State.MAINTENANCE, State.UP])
def test_a_silent_device_in_agreed_maintenance_is_said_to_be_so(home: House, word: State) -> None:
    now = datetime.now(UTC)
    (home.folder / "data").mkdir(mode=0o700)
    database.open_database(database.Settings(url=database.sqlite_url(home.folder / "data" / "healthd.sqlite3")))
    for minute, state in enumerate((State.MAINTENANCE, word)):
        span = Interval(now - timedelta(hours=1), now + timedelta(hours=1, seconds=minute))
        entered = now - timedelta(hours=1, minutes=5 - minute)
        agreements.enter("acme", [Reclassification(device="sw2", interval=span, state=state, author="x", reason="y", entered=entered)])
    database.close_database()
    status, found = doctor(home)
    told = of(found, "devices")
    assert status == 1
    if word is State.MAINTENANCE:
        assert told[0][0] == "bad"
        assert str(told[0][1]).startswith("SNMP: no answer from 1 of 2: ")
        assert told[1:] == [("note", "SNMP: no answer from 1 of 2, in agreed maintenance (sw2)")]
    else:
        assert [level for level, _ in told] == ["bad"]


def test_a_port_that_is_taken_and_an_open_data_folder_are_found(home: House) -> None:
    (home.folder / "data").mkdir(mode=0o755)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", home.traps))
        _, found = doctor(home, "--no-devices")
    assert ("note", f"traps: 127.0.0.1:{home.traps}: Address already in use") in of(found, "ports")
    assert of(found, "secrets")[0][0] == "bad"


def test_what_the_running_daemon_holds_is_no_trouble(home: House) -> None:
    home.start()
    home.ready()
    pid = home.running[-1].pid
    _, found = doctor(home, "--no-devices")
    ports = of(found, "ports")
    assert ports == [
        ("good", f"{name}: 127.0.0.1:{port} is heard by the healthd that runs here (process {pid})")
        for name, port in (("udp", home.udp), ("tcp", home.udp), ("traps", home.traps))
    ]
    polled = healthd(home, "poll", "--store")
    assert (polled.returncode, polled.stdout) == (1, "")
    assert f"(process {pid})" in polled.stderr
    assert "no device was asked" in polled.stderr
    unknown = healthd(home, "maintenance", "remove", "99", "-c", "acme", "--reason", "x")
    assert (unknown.returncode, unknown.stderr) == (3, "healthd: unknown entry '99'; known: none\n"), "handed over, and still what it was"
    home.until(
        lambda: any("since healthd first ran, 0 minutes ago" in str(text) for _, text in of(doctor(home, "--no-devices")[1], "logs"))
    )


def test_before_the_first_run_nobody_is_blamed_for_sending_nothing(home: House) -> None:
    (home.folder / "data").mkdir(mode=0o700)
    database.open_database(database.Settings(url=database.sqlite_url(home.folder / "data" / "healthd.sqlite3")))
    database.close_database()
    _, found = doctor(home, "--no-devices")
    assert of(found, "logs") == [("note", "no log line was received: healthd has not run here yet")]


def test_a_sender_is_named_once_by_whatever_ways_it_sends(home: House) -> None:
    (home.folder / "data").mkdir(mode=0o700)
    database.open_database(database.Settings(url=database.sqlite_url(home.folder / "data" / "healthd.sqlite3")))
    quarantine.add(
        [Event(device="", kind="", received=datetime.now(UTC), source=way, address="127.10.1.22", raw=b"x") for way in ("udp", "trap")]
    )
    database.close_database()
    _, found = doctor(home, "--no-devices")
    assert ("note", "1 unknown sender: 127.10.1.22") in of(found, "logs")


def test_where_nothing_listens_that_is_told_and_not_that_its_host_key_is_not_known(home: House) -> None:
    folder = home.folder / "inventories" / "acme"
    with socket.create_server(("127.0.0.1", 0)) as there:
        (folder / "hosts.yaml").write_text(
            "".join(
                f"{name}:\n  hostname: {address}\n  data: {{ssh: shell, ssh_port: {port}}}\n"
                for name, address, port in (("sw1", "127.0.0.1", there.getsockname()[1]), ("sw2", "127.0.0.2", 9))
            )
        )
        (folder / "defaults.yaml").unlink(missing_ok=True)
        (folder / "credentials.yaml").write_text("shell: {ssh: password, username: u, password: 'env:HOUSE_COMMUNITY'}\n")
        _, found = doctor(home)
    told = sorted(str(text) for _, text in of(found, "devices"))
    assert told[0] == "SSH: no answer from 1 of 2: Connection refused (sw2)"
    assert told[1].startswith("SSH: no answer from 1 of 2: its SSH host key is not known;")


def test_a_customer_whose_reports_nobody_gets_is_told(home: House) -> None:
    _, found = doctor(home, "--no-devices")
    assert "nobody gets" not in str(of(found, "post"))
    (home.folder / "inventories" / "acme" / "customer.yaml").write_text("title: ACME\ncontacts: [{name: Li, phone: '1', means: phone}]\n")
    _, found = doctor(home, "--no-devices")
    assert ("note", "acme: nobody gets its reports by mail") in of(found, "post")


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


def test_what_a_desk_refused_and_owes_is_told(home: House) -> None:
    (home.folder / "data").mkdir(mode=0o700)
    database.open_database(database.Settings(url=database.sqlite_url(home.folder / "data" / "healthd.sqlite3")))
    then = datetime.now(UTC) - timedelta(hours=1)
    errands.put("acme", "zammad", [opening("hd-1"), opening("hd-2")], then)
    first, second = errands.lease("x", then, length=timedelta(minutes=1), backend="zammad")
    errands.failed(first, then, "422 no such group", None)
    errands.failed(second, then, "no answer", then + timedelta(days=1))
    database.close_database()
    _, found = doctor(home, "--no-devices")
    assert of(found, "errands") == [
        ("bad", "1 errand for desks is refused; the newest, on zammad: 422 no such group"),
        ("bad", "1 errand for desks is late; the newest, on zammad: no answer"),
    ]
