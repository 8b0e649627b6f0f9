"""The daemon starts, does its work, changes while it runs, and stops; nobody else runs on its data."""

import contextlib
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.daemon.house import House, house

pytestmark = pytest.mark.slow
LINE = "<189>7: Nov 25 06:00:00.123 UTC: %LINEPROTO-5-UPDOWN: Line protocol on Interface Gi1/0/1, changed state to down"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path) as made:
        yield made


def test_it_receives_keeps_and_stops_within_fifteen_seconds(home: House) -> None:
    home.start()
    home.ready()
    home.say(LINE)
    home.say("<189>hello", "127.77.0.9")
    trap = ["snmptrap", "-v2c", "-c", "public", "--clientaddr=127.77.0.2", f"127.0.0.1:{home.traps}", "5", "1.3.6.1.6.3.1.1.5.4"]
    subprocess.run([*trap, "1.3.6.1.2.1.2.2.1.2.7", "s", "Gi1/0/7"], check=True, timeout=20)
    inform = ["snmpinform", "-v2c", "-c", "public", "-r", "2", "-t", "3", f"127.0.0.1:{home.traps}", "5", "1.3.6.1.6.3.1.1.5.1"]
    assert subprocess.run(inform, check=False, timeout=20).returncode == 0, "an inform that was kept is confirmed"
    home.until(lambda: len(home.events()) >= 4)
    found = {(e.get("device"), e.get("mnemonic"), e["source"], e["address"]) for e in home.events() if e["source"] != "poll"}
    assert found == {
        ("sw1", "UPDOWN", "udp", "127.77.0.1"),
        (None, None, "udp", "127.77.0.9"),
        ("sw2", "linkUp", "trap", "127.77.0.2"),
        (None, "coldStart", "trap", "127.0.0.1"),
    }
    began = time.monotonic()
    assert home.stop() == 0
    assert time.monotonic() - began < 15


def test_its_pages_say_how_every_part_is_and_count(home: House) -> None:
    home.start()
    home.ready()
    home.say(LINE)
    home.until(lambda: 'healthd_listener_handed_on_total{listener="udp"} 1' in home.page("/metrics")[1])
    home.until(lambda: home.page("/readyz")[0] == 200)
    parts = json.loads(home.page("/readyz")[1])["parts"]
    assert {"acme sweeps", "acme polls", "receiving", "reporting", "delivering", "keeping"} <= set(parts)
    assert home.page("/nothing")[0] == 404


def test_what_had_arrived_before_the_stop_is_kept(home: House) -> None:
    home.start()
    home.ready()
    for number in range(500):
        home.say(f"<189>{number}: Nov 25 06:00:00.123 UTC: %SYS-5-CONFIG_I: Configured from console by li ({number})")
    assert home.stop() == 0
    assert len([e for e in home.events("--device", "sw1") if e["source"] == "udp"]) == 500


def test_a_second_daemon_on_the_same_data_is_refused_and_harms_nothing(home: House) -> None:
    home.start()
    home.ready()
    other = House(home.folder)
    second = other.start()
    home.running.append(second)
    assert second.wait(30) == 1
    assert "another healthd" in home.log()
    home.running.reverse()
    assert home.page("/healthz")[0] == 200


def test_a_port_that_is_taken_is_told_with_what_to_do(home: House) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", home.udp))
        assert home.start().wait(30) == 2
    assert "[listen] udp: cannot listen at 127.0.0.1" in home.log()
    assert "choose another port" in home.log()


def test_a_new_inventory_is_taken_over_and_a_wrong_one_is_not(home: House) -> None:
    import signal

    home.start()
    home.ready()
    hosts = home.folder / "inventories" / "acme" / "hosts.yaml"
    hosts.write_text("sw1: {hostname: 127.77.0.1, datum: {}}\n")
    home.running[0].send_signal(signal.SIGHUP)
    home.until(lambda: "the old ones stay" in home.log())
    home.say(LINE)
    home.until(lambda: any(e.get("device") == "sw1" for e in home.events()))
    hosts.write_text(home.hosts + "sw3: {hostname: 127.77.0.3, data: {snmp: v2}}\n")
    home.running[0].send_signal(signal.SIGHUP)
    home.until(lambda: "new settings taken over: 3 devices" in home.log())
    home.say(LINE, "127.77.0.3")
    home.until(lambda: any(e.get("device") == "sw3" for e in home.events()))
    assert home.stop() == 0


def test_wrong_settings_are_told_before_anything_is_touched(home: House) -> None:
    home.more = 'sweep_s = "often"\n'
    assert home.start().wait(30) == 2
    assert "[daemon] sweep_s: found 'often'; allowed: a number" in home.log()
    assert not (home.folder / "data" / "healthd.sqlite3").exists()


def test_commands_that_write_are_done_by_the_daemon_that_holds_the_database(home: House) -> None:
    home.start()
    home.ready()
    words = ["--from", "2026-11-01T00:00", "--to", "2026-11-01T01:00", "--reason", "CHG-1", "--all", "--author", "li"]
    command = [sys.executable, "-m", "healthd", "maintenance", "add", "-c", "acme", *words, "--json", "--config", str(home.settings)]
    done = subprocess.run(command, env={**os.environ, "HOUSE_COMMUNITY": "public"}, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["reason"] == "CHG-1"
    assert home.stop() == 0
    assert not (home.folder / "data" / "healthd.sqlite3.sock").exists()


def test_a_database_that_somebody_locks_costs_no_message_and_blames_no_device(home: House) -> None:
    home.more = "sweep_s = 10\nping_s = 5\n[store]\nbusy_s = 0.5\n"
    home.start()
    home.ready()
    home.until(lambda: home.page("/readyz")[0] == 200)
    with contextlib.closing(sqlite3.connect(home.folder / "data" / "healthd.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for number in range(200):
            home.say(f"<189>{number}: Nov 25 06:00:00.123 UTC: %SYS-5-CONFIG_I: Configured from console by li ({number})")
        home.until(lambda: home.page("/readyz")[0] == 503, said="the daemon does not say that it cannot write")
        other.execute("COMMIT")
    home.until(lambda: home.page("/readyz")[0] == 200)
    home.until(lambda: "healthd_queue_messages 0" in home.page("/metrics")[1])
    assert home.stop() == 0
    assert len([e for e in home.events("--device", "sw1") if e["source"] == "udp"]) == 200


@pytest.mark.skipif(os.geteuid() != 0, reason="a small file system of its own needs root")
def test_a_full_disk_costs_no_message_that_was_kept_and_blames_no_device(home: House) -> None:
    disk = home.folder / "data"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m,mode=0700", "tmpfs", disk], check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let us mount a small file system")
    try:
        home.start()
        home.ready()
        home.say(LINE)
        home.until(lambda: any(e["source"] == "udp" for e in home.events()))
        ballast = disk / "ballast"
        with contextlib.suppress(OSError), ballast.open("wb") as file:
            while file.write(b"\0" * 4096):
                file.flush()
        home.until(lambda: _flooded(home), said="the disk does not fill")
        ballast.unlink()
        home.until(lambda: home.page("/readyz")[0] == 200, 60)
        home.say(LINE, "127.77.0.2")
        home.until(lambda: any(e.get("device") == "sw2" and e["source"] == "udp" for e in home.events()), 60)
        assert home.stop() == 0
        assert not [e for e in home.events() if e.get("class") == "device.down" and "disk" in e.get("text", "")]
    finally:
        subprocess.run(["umount", "-l", disk], check=False)


def _flooded(home: House) -> bool:
    for number in range(200):
        home.say(f"<189>{number}: Nov 25 06:00:00.123 UTC: %SYS-5-CONFIG_I: {'x' * 900} ({number})")
    return home.page("/readyz")[0] == 503
