"""``healthd lab`` from the outside: what there is, and faults on demand in a running lab."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from healthd.cli import lab
from healthd.lab import examples
from healthd.lab.faults import KINDS
from healthd.lab.running import SNMP

ROOT = Path(__file__).parents[2]


def run(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **more}
    command = [sys.executable, "-m", "healthd", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60)


def test_the_lab_lists_its_devices_its_faults_and_its_made_up_secrets() -> None:
    devices = [json.loads(line) for line in run("lab", "list", "--json").stdout.splitlines()]
    assert len(run("lab", "list").stdout.splitlines()) == len(devices) > 15
    assert {each["platform"] for each in devices} == {"ios", "iosxe", "nxos", "iosxr", "asa"}
    assert all(each["address"].startswith("127.") for each in devices)
    assert [json.loads(line)["fault"] for line in run("lab", "faults", "--json").stdout.splitlines()] == list(KINDS)
    secrets = dict(line.removeprefix("export ").split("=") for line in run("lab", "env").stdout.splitlines())
    assert all(name.startswith("HEALTHD_LAB_") for name in secrets)
    checked = run("inventory", "check", "--inventory", ROOT / "inventories", **secrets)
    assert (checked.returncode, checked.stderr) == (0, ""), "the example inventories refer to just these"


def test_a_fault_without_a_lab_says_how_to_start_one(tmp_path: Path) -> None:
    done = run("lab", "fault", "ldn-acc-01", "psu-failed", "--socket", tmp_path / "none")
    assert done.returncode == 6
    assert "start one: healthd lab run" in done.stderr
    assert run("lab", "run", "--syslog", "nowhere").returncode == 2


def free() -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind(("127.10.1.31", SNMP))
        except OSError:
            return False
    return True


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("ldn-acc-01", "psu-fail"), 3, "unknown fault 'psu-fail'; known: psu-failed, "),
        (("ldn-acc-99", "psu-failed"), 3, "unknown device of the lab 'ldn-acc-99'; known: ldn-acc-01, "),
        (("ldn-acc-99", "--clear"), 3, "unknown device of the lab 'ldn-acc-99'; known: ldn-acc-01, "),
        (("ldn-acc-01", "psu-failed", "--item", "9Z"), 3, "unknown item of ldn-acc-01 for psu-failed '9Z'; known: 1A, 1B, "),
        (("ldn-acc-01", "link-down", "--item", "Gi99/1"), 3, "unknown port of ldn-acc-01 'Gi99/1'; known: Gi"),
        (("ldn-acc-01", "bgp-lost"), 2, "ldn-acc-01 has nothing that bgp-lost could happen to"),
    ],
)
async def test_what_the_lab_does_not_know_is_told_with_the_nearest_names(
    tmp_path: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    network = examples.network(datetime.now(UTC), only=["ldn-acc-01", "ldn-edge-01"])
    door = tmp_path / "lab.sock"
    async with await asyncio.start_unix_server(lambda reader, writer: lab._command(network, reader, writer), door):
        done = await asyncio.to_thread(run, "lab", "fault", *words, "--socket", door)
    assert done.returncode == status
    assert done.stderr.startswith(f"healthd: {said}")
    assert done.stderr.count(",") < 12, "of many names the nearest"


@pytest.mark.slow
def test_a_fault_in_the_running_lab_is_seen_and_put_right(tmp_path: Path) -> None:
    if not free():
        pytest.skip(f"port {SNMP} is in use: another lab is running")
    door = tmp_path / "lab.sock"
    secrets = dict(line.removeprefix("export ").split("=") for line in run("lab", "env").stdout.splitlines())
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    lab = subprocess.Popen(
        [sys.executable, "-m", "healthd", "lab", "run", "--socket", str(door)], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    )
    try:
        assert lab.stdout is not None
        assert "devices answer" in lab.stdout.readline()
        assert 'way = "off"' in lab.stdout.readline() + lab.stdout.readline(), "a device that is off still answers pings here"
        assert door.stat().st_mode & 0o077 == 0, "the lab obeys its own user alone"

        second = run("lab", "run", "--socket", door)
        assert (second.returncode != 0, door.exists()) == (True, True), "a second lab leaves the first one its socket"

        def supplies() -> set[str]:
            polled = run("poll", "ldn-acc-01", "--json", "--inventory", ROOT / "inventories", "--data", tmp_path / "data", **secrets)
            told = [json.loads(line) for line in polled.stdout.splitlines()]
            return {line["finding"]["level"] for line in told if line.get("finding", {}).get("rule") == "psu"}

        assert supplies() == set()
        broken = run("lab", "fault", "ldn-acc-01", "psu-failed", "--socket", door, "--json")
        assert json.loads(broken.stdout) == {"injected": "psu-failed", "device": "ldn-acc-01"}
        time.sleep(1.1)
        assert "critical" in supplies()
        wrong = run("lab", "fault", "ldn-acc-01", "no-such-fault", "--socket", door)
        assert wrong.returncode != 0
        assert "no-such-fault" in wrong.stderr
        assert "Traceback" not in wrong.stderr
        assert "1 fault cleared" in run("lab", "fault", "ldn-acc-01", "--clear", "--socket", door).stdout
        time.sleep(1.1)
        assert supplies() == set()
    finally:
        lab.send_signal(signal.SIGINT)
        assert lab.wait(20) == 0
    assert not door.exists()
