"""A place that cannot be used ends every command with a sentence and an exit status, never with a traceback."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from healthd.cli import _app
from healthd.model.observation import Reading
from healthd.model.poll import Layout
from healthd.store import database, sweeps

HOSTS = "sw1:\n  hostname: 192.0.2.1\n  data: {snmp: v2c}\n"
USED = {
    ("backup",): ("data", "to"),
    ("contract", "expiring"): ("inventory",),
    ("contract", "list"): ("inventory",),
    ("demo",): ("to", "inventory"),
    ("device", "trust", "sw1"): ("data", "inventory"),
    ("doctor", "--no-devices"): ("data", "inventory"),
    ("event", "list"): ("data",),
    ("event", "unknown"): ("data",),
    ("export", "{place}/x.csv", "--customer", "acme"): ("data", "file"),
    ("inventory", "check"): ("inventory",),
    ("inventory", "import", "new.csv", "--customer", "acme"): ("inventory",),
    ("inventory", "list"): ("inventory",),
    ("lab", "fault", "sw1", "off"): ("socket",),
    ("lab", "run"): ("socket",),
    ("maintenance", "add", "--all", "-c", "acme", "--from", "2026-01-01T00:00", "--to", "2026-01-01T01:00", "--reason", "x"): ("data", "inventory"),
    ("maintenance", "list"): ("data", "inventory"),
    ("maintenance", "remove", "1", "-c", "acme", "--reason", "x"): ("data",),
    ("outbox", "drop", "x", "--reason", "x"): ("data",),
    ("outbox", "list"): ("data",),
    ("outbox", "retry", "x"): ("data",),
    ("poll",): ("data", "inventory"),
    ("record", "sw1"): ("data", "inventory"),
    ("report", "daily"): ("data", "inventory", "to"),
    ("run",): ("data", "inventory"),
}  # fmt: skip
"""Each command that takes a place, with the options by which it gets one."""
CASES = [(words, option, place) for words, options in USED.items() for option in options for place in ("/proc/nope", "file")]
"""``/proc/nope`` cannot be made, not even by root, and ``file`` is no folder."""
DESK = ("case", "cisco", "errand", "finding", "rma", "roster", "spares", "tray")
"""Nouns whose commands all open the store alike; each is tried with whatever it must be given."""
GIVEN = {"--serial": "S1", "--person": "li.wei", "--role": "engineer", "--mark": "5", "--from": "2026-01-01T00:00", "--set": "slot=1"}
STATUS = {"import": 1, "inventory": 2, "fault": 6}
"""By command or option, where it is not 1: an inventory that is not there is wrong use, and a lab that is not there an unreachable one."""
Ended = Callable[..., tuple[Any, str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Be in a folder with an inventory, a table to import, a file where folders belong, and a database."""
    (tmp_path / "inventories" / "acme").mkdir(parents=True)
    (tmp_path / "inventories" / "acme" / "hosts.yaml").write_text(HOSTS)
    (tmp_path / "inventories" / "acme" / "credentials.yaml").write_text("v2c: {snmp: v2c, community: 'env:C'}\n")
    (tmp_path / "new.csv").write_text("name,address\nsw2,192.0.2.2\n")
    (tmp_path / "file").write_text("no folder")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("C", "x")
    database.open_database(database.Settings().within(tmp_path / "healthd-data"))
    sweeps.put_layout("acme", Layout(device="sw1", readings=(Reading(metric="cpu.busy", item="CPU", value=1.5),)))
    database.close_database()
    yield tmp_path
    database.close_database()


@pytest.fixture
def ended(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ended:
    """Return what runs the command line in *home* and tells its exit status and what it said on standard error."""
    del home

    def run(*words: str) -> tuple[Any, str]:
        monkeypatch.setattr(sys, "argv", ["healthd", *words])
        with pytest.raises(SystemExit) as end:
            _app.main()
        return end.value.code, capsys.readouterr().err

    return run


@pytest.mark.parametrize(("words", "option", "place"), CASES, ids=str)
def test_a_place_that_cannot_be_used_is_told_in_a_sentence(
    ended: Ended, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], option: str, place: str
) -> None:
    where = f"{place}/socket" if option == "socket" else place
    # The lab's ports are another test's; it opens its socket when it has them.
    monkeypatch.setattr("healthd.lab.running.running", lambda *_, **__: contextlib.AsyncExitStack())
    status, said = ended(*(word.format(place=place) for word in words), *(() if option == "file" else (f"--{option}", where)))
    assert said.startswith("healthd: ")
    assert place in said
    assert "Errno" not in said
    assert status == next((number for word, number in STATUS.items() if word in (*words, option)), 1)


def _commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, each in getattr(group, "commands", {}).items():
        if hasattr(each, "commands"):
            yield from _commands(each, (*path, name))
        else:
            yield (*path, name), each


def of_the_desk() -> list[tuple[str, ...]]:
    """Return the commands of the desk's nouns, each with a value for everything that it must be given."""
    found = []
    for words, command in _commands(typer.main.get_command(_app.app)):
        if words[0] in DESK:
            needed = [each for each in command.params if each.required]
            options = [(each.opts[0], GIVEN.get(each.opts[0], "1")) for each in needed if each.param_type_name == "option"]
            arguments = ["1" for each in needed if each.param_type_name == "argument"]
            found.append((*words, *arguments, *(word for option in options for word in option)))
    return found


@pytest.mark.parametrize("place", ["/proc/nope", "file"])
@pytest.mark.parametrize("words", of_the_desk(), ids=lambda words: " ".join(words[:2]))
def test_a_command_of_the_desk_without_its_data_says_so_in_a_sentence(ended: Ended, words: tuple[str, ...], place: str) -> None:
    status, said = ended(*words, "--data", place)
    assert said.startswith("healthd: ")
    assert "Errno" not in said
    assert "Traceback" not in said
    assert (status == 1 and place in said) or status in (2, 3), said


def test_every_command_that_takes_a_place_is_tried_above() -> None:
    commands = {words: each for words, each in _commands(typer.main.get_command(_app.app)) if words[0] not in DESK}
    for words in (("parse",), ("config", "check"), ("config", "show")):
        del commands[words]  # they read one file, and say themselves what is wrong with it
    places = {
        words: {each.name for each in command.params} & {"to", "data", "inventory", "socket", "file"} for words, command in commands.items()
    }
    for days in (("export",), ("maintenance", "add")):
        places[days].discard("to")  # a moment
    places["record",].discard("to")  # needs a device that answers: see test_record.py
    tried = {next(name for name in commands if words[: len(name)] == name): set(options) for words, options in USED.items()}
    assert set(tried) == {words for words, taken in places.items() if taken}
    # An inventory is only read; where it is not needed, nothing is said of it.
    assert {words: taken - {"inventory"} for words, taken in tried.items()} == {
        words: taken - {"inventory"} for words, taken in places.items() if taken
    }


def test_a_traceback_is_shown_to_who_asks_for_it(ended: Ended, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTHD_DEBUG", "1")
    status, said = ended("poll", "--data", "/proc/nope")
    assert (status, "Traceback" in said) == (1, True)


def test_an_inventory_file_that_cannot_be_read_is_a_mistake_beside_the_others(ended: Ended, home: Path) -> None:
    (home / "inventories" / "acme" / "defaults.yaml").mkdir()
    (home / "inventories" / "acme" / "hosts.yaml").write_text("sw1:\n  hostname: 192.0.2.256\n")
    status, said = ended("poll")
    assert status == 2
    assert "acme/defaults.yaml:1: cannot be read: Is a directory" in said
    assert "found '192.0.2.256'" in said


def test_a_copy_makes_one_folder_and_says_so_and_none_above_it(ended: Ended, home: Path) -> None:
    assert ended("backup", "--to", "one/copy") == (0, "made the folder one\n")
    assert ended("backup", "--to", "one/other") == (0, "")
    assert ended("backup", "--to", "two/three/copy") == (
        1, "healthd: cannot copy to two/three/copy: No such file or directory; name a place that can be written\n"
    )  # fmt: skip
    assert not (home / "two").exists()
    status, said = ended("backup", "--to", "four/copy", "--data", "elsewhere")
    assert status == 1
    assert "there is nothing to copy" in said
    assert not (home / "four").exists(), "where there is nothing to copy, nothing is made"
