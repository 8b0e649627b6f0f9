"""``healthd record``: what a device said, without its secrets, says the same again."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from healthd import cycle
from healthd.cli import _lines
from healthd.cli.poll import shown
from healthd.model.answer import Answers
from healthd.model.device import Device
from healthd.model.request import Show
from healthd.model.secret import Secret
from healthd.transports import replay
from healthd.transports.replay import Replay
from healthd.transports.scrub import Scrub
from tests.cli.site import site

VOLATILE = {"at", "since"}


def facts(lines: str) -> list[str]:
    """Return the lines of a poll without the moment, and without how the asking went."""
    told = (json.loads(line) for line in lines.splitlines())
    return sorted(json.dumps({key: value for key, value in line.items() if key not in VOLATILE}) for line in told if "collect" not in line)


@pytest.mark.parametrize("name", ["ldn-acc-01", "ldn-dc-01", "hz-pe-01", "ldn-fw-01", "sz-acc-01"])
async def test_a_recording_of_every_system_gives_the_same_poll_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    async with site(tmp_path, monkeypatch, [name], login=True) as there:
        await there.run("device", "trust", name, "--yes")
        live = await there.run("poll", "--json")
        recorded = await there.run("record", name)
        assert (live.status, recorded.status) == (0, 0), recorded.err
        assert f"in recordings/{name}" in recorded.out
        one = Device(name=name, customer="acme", address="192.0.2.1", snmp="v3", ssh="shell")
    folder = tmp_path / "recordings" / name
    poll = await cycle.poll(one, Replay(folder), datetime.now(UTC))
    again = "\n".join(_lines.lines(poll, shown(one, poll)))
    assert facts(again) == facts(live.out)
    assert set(poll.by) == {"snmp", "ssh"}
    assert b"canary" not in b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_stand_ins_for_serials_are_the_same_over_both_wires(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with site(tmp_path, monkeypatch, ["ldn-acc-01"], login=True) as there:
        await there.run("device", "trust", "ldn-acc-01", "--yes")
        assert (await there.run("record", "ldn-acc-01", "--no-serials", "--to", tmp_path / "r")).status == 0
        serial = there.network.specs["ldn-acc-01"].serial
    text = "".join(path.read_text() for path in (tmp_path / "r").rglob("*") if path.is_file())
    assert serial not in text
    from healthd.transports.scrub import stand_in

    assert text.count(stand_in(serial)) > 1


async def test_a_device_that_does_not_answer_gives_no_recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with site(tmp_path, monkeypatch, ["ldn-acc-01"]) as there:
        refused = await there.run("record", "ldn-acc-01", LAB_AUTH="another-phrase")
        assert refused.status == 4
        assert "wrong signature" in refused.err
        unknown = await there.run("record", "ldn-acc-1")
        assert unknown.status == 3
        nowhere = await there.run("record", "ldn-acc-01", "--to", "/proc/nope")
        assert (nowhere.status, nowhere.out) == (1, "")
        assert nowhere.err == "healthd: cannot use /proc/nope: No such file or directory; name a place that can be read and written\n"
    assert not (tmp_path / "recordings").exists()


def test_a_users_name_is_taken_out_as_a_word_and_not_out_of_other_words(tmp_path: Path) -> None:
    show = Show("show running-config")
    text = "GigabitEthernet1/0/1 is administratively down\nusername admin privilege 15 secret 9 $9$abc\nLast login by admin@10.0.0.1\n"
    answers = Answers(shows={show: text})
    scrub = Scrub(known=(Secret("hidden-word"),), names=("admin",))
    replay.write(tmp_path, Device(name="d", customer="c", address="192.0.2.1"), answers, scrub, datetime.now(UTC))
    said = Replay(tmp_path).shows["show running-config"]
    assert "administratively down" in said
    assert "Last login by <removed>@10.0.0.1" in said
    assert "$9$abc" not in said
    assert replace(scrub, names=()).text("by admin") == "by admin"
