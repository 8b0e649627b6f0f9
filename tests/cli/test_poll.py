"""``healthd poll`` and ``healthd device trust`` against devices that answer, refuse and stay silent."""

import asyncio
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from healthd.cli.poll import PASTLESS
from healthd.lab.faults import Fault
from healthd.transports import known_hosts
from tests.cli.site import site

KINDS = {"system", "part", "interface", "reading", "neighbor", "finding", "collect"}
NEEDED = {
    "system": ("platform",), "part": ("index", "class"), "interface": ("index", "name"), "reading": ("metric", "value"),
    "neighbor": ("protocol",), "finding": ("rule", "level", "summary", "key"), "collect": ("up", "unsupported", "errors"),
}  # fmt: skip


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


async def test_each_line_keeps_the_contract_and_each_device_ends_with_its_collect_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with site(tmp_path, monkeypatch, ["ldn-acc-01", "ldn-edge-01", "hz-pe-01"]) as there:
        there.network.inject(Fault(device="ldn-acc-01", kind="psu-failed", start=there.now - 60, item="1A"))
        ran = await there.run("poll", "--json")
    assert (ran.status, ran.err) == (0, "")
    told = lines(ran.out)
    for line in told:
        ((kind, said),) = [(key, value) for key, value in line.items() if key in KINDS]
        assert set(line) == {"device", "at", kind}
        assert datetime.fromisoformat(line["at"]).utcoffset() is not None
        assert all(key in said for key in NEEDED[kind]), line
        assert not [key for key, value in said.items() if value in (None, "")], "what could not be read is left out"
    by_device = {name: [line for line in told if line["device"] == name] for name in there.network.specs}
    for name, theirs in by_device.items():
        assert ["collect" in line for line in theirs].index(True) == len(theirs) - 1, name
        assert theirs[-1]["collect"]["up"] is True
        assert theirs[-1]["collect"]["errors"] == []
        start = told.index(theirs[0])
        assert told[start : start + len(theirs)] == theirs, "the lines of a device stay together"
    faults = [line["finding"] for line in by_device["ldn-acc-01"] if "finding" in line]
    assert [(f["level"], f["verdict"]) for f in faults if f["rule"] == "psu"] == [("critical", "failed")]


async def test_the_table_has_one_line_a_device_in_order_and_says_what_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with site(tmp_path, monkeypatch, ["ldn-acc-01", "ldn-edge-01"]) as there:
        ran = await there.run("poll")
        one = await there.run("poll", "ldn-edge-01")
    head, *rows = ran.out.splitlines()
    assert head.split()[:5] == ["DEVICE", "STATE", "SYSTEM", "VERSION", "MODEL"]
    assert [row.split()[:3] for row in rows] == [["ldn-acc-01", "up", "iosxe"], ["ldn-edge-01", "up", "iosxe"]]
    assert "\x1b" not in ran.out
    assert len(one.out.splitlines()) == 2
    assert one.err == f"{PASTLESS}\n", "what one answer cannot show is not said to be absent"


async def test_a_silent_device_is_status_six_with_its_reason_and_the_others_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with site(tmp_path, monkeypatch, ["ldn-acc-01", "ldn-edge-01"]) as there:
        there.network.inject(Fault(device="ldn-acc-01", kind="unreachable", start=there.now - 60))
        as_json, table = await there.run("poll", "--json"), await there.run("poll")
        wrong = await there.run("poll", "--json", LAB_AUTH="another-phrase")
    assert (as_json.status, table.status, wrong.status) == (6, 6, 6)
    ended = {line["device"]: line["collect"] for line in lines(as_json.out) if "collect" in line}
    assert (ended["ldn-edge-01"]["up"], ended["ldn-acc-01"]["up"]) == (True, False)
    assert "check the path and the agent" in ended["ldn-acc-01"]["reason"]
    assert [line for line in lines(as_json.out) if line["device"] == "ldn-acc-01" and "collect" not in line] == [], "silence tells nothing"
    assert "unreachable" in table.out
    refused = {line["device"]: line["collect"] for line in lines(wrong.out)}
    assert "wrong signature" in refused["ldn-edge-01"]["reason"]


async def test_commands_of_the_shell_are_read_when_the_key_is_trusted_and_told_when_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with site(tmp_path, monkeypatch, ["ldn-acc-01"], login=True) as there:
        before = await there.run("poll", "--json")
        table = await there.run("poll")
        looked = await there.run("device", "trust", "ldn-acc-01")
        trusted = await there.run("device", "trust", "ldn-acc-01", "--yes", "--json")
        after = await there.run("poll", "--json")
        again = await there.run("device", "trust", "ldn-acc-01")
        host = there.network.specs["ldn-acc-01"].address
        (line,) = (there.data / "known_hosts").read_text().splitlines()
        port = int(line.split("]:")[1].split()[0])
        other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().split()
        known_hosts.accept(there.data / "known_hosts", host, port, known_hosts.HostKey(kind=other[0], text=other[1]))
        changed = await there.run("poll", "--json")
        renewed = await there.run("device", "trust", "ldn-acc-01", "--yes")
    collect = lines(before.out)[-1]["collect"]
    assert collect["by"] == ["snmp"]
    assert any("its SSH host key is not known" in error and "healthd device trust ldn-acc-01" in error for error in collect["errors"])
    assert "unknown: Part of its answer is missing (1): its SSH host key has not been accepted yet" in table.out
    assert "healthd device trust ldn-acc-01" in table.out
    assert looked.status == 4, "without a terminal nobody can say yes"
    assert "SHA256:" in looked.out
    assert "(new)" in looked.out
    said = json.loads(trusted.out)
    assert said == {**said, "device": "ldn-acc-01", "state": "new", "accepted": True}
    assert said["fingerprint"] in looked.out
    assert lines(after.out)[-1]["collect"]["by"] == ["snmp", "ssh"]
    assert lines(after.out)[-1]["collect"]["errors"] == []
    assert (again.status, "(known)" in again.out) == (0, True)
    assert any("has changed; no password was sent" in error for error in lines(changed.out)[-1]["collect"]["errors"])
    assert renewed.out.splitlines()[-1] == "ldn-acc-01: accepted; this key alone is believed from now on"
    assert (renewed.status, "(changed)" in renewed.out, "before: ssh-ed25519 SHA256:" in renewed.out) == (0, True, True)
    assert (there.data / "known_hosts").stat().st_mode & 0o077 == 0


async def test_what_is_polled_can_be_kept_for_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with site(tmp_path, monkeypatch, ["ldn-acc-01", "ldn-edge-01"]) as there:
        there.network.inject(Fault(device="ldn-edge-01", kind="unreachable", start=there.now - 60))
        ran = await there.run("poll", "--store", "--data", str(tmp_path / "kept"))
    assert ran.status == 6
    kept, answered = await asyncio.to_thread(_kept, tmp_path / "kept")
    assert kept == {"ldn-acc-01": True, "ldn-edge-01": False}
    assert answered == {"ldn-acc-01"}


def _kept(folder: Path) -> tuple[dict[str, bool], set[str]]:
    from healthd.store import database, devices, polls, states

    database.open_database(database.Settings(url=database.sqlite_url(folder / "healthd.sqlite3")))
    (code,) = devices.customers()
    found = {name: polls.newest(code, name, answered=False) for name in ("ldn-acc-01", "ldn-edge-01")}
    answered = set(states.answered(code))
    database.close_database()
    return {name: poll.up for name, poll in found.items() if poll}, answered
