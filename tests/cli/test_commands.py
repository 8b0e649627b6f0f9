"""What all commands have in common: help with examples, exit statuses, pipes, terminals of any kind."""

import os
import pty
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer

from healthd import cli, modules
from healthd.cli import _app, _table
from healthd.errors import UnknownName
from healthd.model.finding import Finding, Level
from healthd.model.observation import System
from healthd.model.phrase import say
from healthd.model.poll import Poll

GOOD = "title: 杭州中正\nlanguages: [zh-CN]\nsites: [{name: 杭州}]\n"
COMMAND = [sys.executable, "-m", "healthd"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a customer with two thousand devices and a Chinese title."""
    home = tmp_path / "inventories" / "hz"
    home.mkdir(parents=True)
    (home / "customer.yaml").write_text(GOOD)
    hosts = (f"core-{n:04}:\n  hostname: 10.0.{n // 250}.{n % 250 + 1}\n  data: {{site: 杭州}}\n" for n in range(2000))
    (home / "hosts.yaml").write_text("".join(hosts))
    return tmp_path


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "HEALTHD_DATA": str(folder / "data"), **more}
    return subprocess.run([*COMMAND, *words], cwd=folder, env=env, capture_output=True, check=False, timeout=60)


def commands(group: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every command there is, with its help."""
    for name, each in getattr(group, "commands", {}).items():
        if hasattr(each, "commands"):
            yield from commands(each, (*path, name))
        else:
            yield (*path, name), each.help or ""


ALL = dict(commands(typer.main.get_command(_app.app)))


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_help_begins_with_what_it_does_and_has_an_example(words: tuple[str, ...]) -> None:
    assert ALL[words].splitlines()[0].endswith((".", "…"))
    assert f"healthd {' '.join(words)}" in ALL[words], "an example that can be typed"


def test_the_help_lists_every_command_in_order(folder: Path) -> None:
    text = run(folder, "--help").stdout.decode()
    listed = [line.split()[0] for line in text.split("Commands:\n")[1].splitlines() if line.startswith("  ") and line[2] != " "]
    assert listed == list(modules.names(cli))


def test_every_reading_command_has_json() -> None:
    # What these print is a file's name, a word that all is well, or meant for a shell or a file; they change things or write files.
    writing = {("backup",), ("demo",), ("export",), ("record",), ("run",), ("lab", "env"), ("lab", "run")}
    writing |= {("config", "check"), ("config", "schema"), ("outbox", "retry"), ("outbox", "drop"), ("errand", "retry"), ("errand", "drop")}
    writing |= {("cisco", each) for each in ("draft", "escalate", "number", "note", "close", "upload")}
    writing |= {("tray", each) for each in ("confirm", "attach", "reject", "take")} | {("rma", "form")}
    for words, each in ALL.items():
        del each
        if words not in writing:
            command = typer.main.get_command(_app.app)
            for word in words:
                command = command.commands[word]  # type: ignore[attr-defined]
            assert any("--json" in option.opts for option in command.params), words


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--help",), 0, ""),
        (("--version",), 0, ""),
        (("poll", "--no-such-option"), 2, "No such option"),
        (("no-such-command",), 2, "No such command"),
        (("poll", "core-00001"), 3, "unknown device 'core-00001'; known: core-0001, "),
        (("poll", "--customer", "hx"), 3, "unknown customer 'hx'; known: hz"),
        (("poll", "--inventory", "nowhere"), 2, "allowed: a folder with one folder a customer, or a hosts.yaml"),
        (("--debug", "poll", "core-00001"), 3, "Traceback"),
        (("poll", "--config", "nowhere.toml"), 2, "nowhere.toml"),
    ],
)
def test_the_exit_status_says_what_kind_of_failure_it_is(folder: Path, words: tuple[str, ...], status: int, said: str) -> None:
    done = run(folder, *words)
    assert done.returncode == status, done.stderr
    assert said in done.stderr.decode()
    assert ("Traceback" in done.stderr.decode()) is ("--debug" in words)


WRONG = {
    '[store]\nurl = "postgresql://u:canary@127.0.0.1/db"\n': "healthd.toml:2: [store] url: found a password",
    '[store]\nurll = "sqlite:///x"\n': "healthd.toml:2: [store] found 'urll'; allowed: ",
    "[store]\nurl = 5\n": "healthd.toml:2: [store] url: found something else; allowed: sqlite",
    "data = 5\n": "healthd.toml:1: data: found 5; allowed: text",
    "[store\n": "healthd.toml: not TOML",
}


@pytest.mark.parametrize("text", WRONG)
@pytest.mark.parametrize("words", [("export", "x.csv", "--customer", "hz"), ("report", "daily", "--json"), ("backup",)])
def test_wrong_settings_are_told_and_never_replaced_by_others(folder: Path, text: str, words: tuple[str, ...]) -> None:
    (folder / "healthd.toml").write_text(text)
    env = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    done = subprocess.run([*COMMAND, *words], cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert WRONG[text] in done.stderr
    assert "canary" not in done.stderr
    assert not list(folder.rglob("*.sqlite3")), "no other database is made instead"


def test_of_two_thousand_names_the_nearest_ten_are_told() -> None:
    said = str(UnknownName("device", "core-077", (*(f"core-{n:02}" for n in range(90)), "edge")))
    assert said.startswith("unknown device 'core-077'; known: core-77, ")
    assert said.endswith("and 81 more")
    assert said.count(",") == 9


def test_a_reader_that_goes_away_early_gets_no_complaint(folder: Path) -> None:
    for words in (["inventory", "list"], ["inventory", "list", "--json"]):
        line = " ".join([*COMMAND, *words])
        env = {"PATH": os.environ["PATH"], "HOME": str(folder)}
        done = subprocess.run(["bash", "-c", f"{line} | head -1"], cwd=folder, env=env, capture_output=True, check=False, timeout=60)
        assert done.stderr == b""
        assert done.stdout.count(b"\n") == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_a_pipe_gets_utf8_whatever_the_locale(folder: Path, encoding: str) -> None:
    for words in (("inventory", "list"), ("inventory", "list", "--json")):
        done = run(folder, *words, LC_ALL="C", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.decode("utf-8").count("杭州") == 2000


def on_a_terminal(folder: Path, *words: str, **more: str) -> bytes:
    """Run a command whose output is a terminal; return what the terminal got."""
    ours, theirs = pty.openpty()
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "HEALTHD_DATA": str(folder / "data"), "TERM": "xterm", **more}
    process = subprocess.Popen([*COMMAND, *words], cwd=folder, env=env, stdout=theirs, stderr=theirs, stdin=theirs)
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        said += piece
    process.wait(60)
    os.close(ours)
    return said


def test_a_terminal_that_lacks_chinese_gets_numbers_and_no_traceback(folder: Path) -> None:
    said = on_a_terminal(folder, "inventory", "list", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert b"Traceback" not in said
    assert said.count(b"\\u676d\\u5dde") == 2000


@pytest.fixture
def silent(tmp_path: Path) -> Path:
    """Make a customer whose one device does not answer."""
    home = tmp_path / "inventories" / "a"
    home.mkdir(parents=True)
    (home / "hosts.yaml").write_text("dead:\n  hostname: 127.0.0.1\n  data: {snmp: v2c, snmp_port: 9}\n")
    (home / "credentials.yaml").write_text("v2c: {snmp: v2c, community: 'env:C'}\n")
    return tmp_path


def test_colours_are_for_terminals_whose_user_wants_them(silent: Path) -> None:
    assert b"\x1b[31mdead" in on_a_terminal(silent, "poll", C="x")
    assert b"\x1b[31m" not in on_a_terminal(silent, "poll", C="x", NO_COLOR="1")
    done = run(silent, "poll", C="x")
    assert (done.returncode, done.stderr) == (6, b"")
    assert b"\x1b" not in done.stdout
    assert b"nothing listens at that port" in done.stdout


def test_only_a_terminal_sees_progress_and_only_after_a_while(silent: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute:
        mute.bind(("127.0.0.1", 0))
        port = mute.getsockname()[1]
        (silent / "inventories" / "a" / "hosts.yaml").write_text(
            f"mute:\n  hostname: 127.0.0.1\n  data: {{snmp: v2c, snmp_port: {port}}}\n"
        )
        (silent / "healthd.toml").write_text("[snmp]\ntimeout = 2.2\nretries = 0\n")
        assert b"polled 1 of 1 device" in on_a_terminal(silent, "poll", C="x")
        done = run(silent, "poll", "--json", C="x")
        assert done.stderr == b""
        (silent / "healthd.toml").write_text("[snmp]\ntimeout = 0.2\nretries = 0\n")
        assert b"polled 1 of" not in on_a_terminal(silent, "poll", C="x")


def test_the_table_keeps_its_columns_and_says_what_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    now = datetime.now(UTC)
    poll = Poll(device="sw1", at=now, up=True, system=System(platform="ios", vendor="cisco", version="15.2"))
    found = [
        Finding(rule="flash", device="sw1", level=Level.NOTICE, summary=say("Little room.")),
        Finding(rule="psu", device="sw1", level=Level.CRITICAL, summary=say("Power supply 2 has failed."), advice=say("Replace it.")),
    ]
    _table.show([_table.row(poll, found), _table.row(Poll(device="r2", at=now, up=False, reason="no answer, " * 20), ())])
    head, silent, up, empty, trouble = capsys.readouterr().out.splitlines()
    assert head.index("SYSTEM") == silent.index("no answer") == up.index("ios")
    assert up.endswith("1 critical, 1 notice")
    assert (empty, trouble) == ("", "sw1  critical: Power supply 2 has failed. → Replace it.")


def test_a_device_cannot_steer_the_terminal() -> None:
    system = System(platform="ios", vendor="cisco", version="15.2\x1b]0;owned\x07\u202e", pid="WS\x9bC\n2960")
    cells = _table.row(Poll(device="sw1", at=datetime.now(UTC), up=True, system=system), ()).cells
    assert all(character.isprintable() for cell in cells for character in cell)
    assert "15.2\\x1b]0;owned\\x07\\u202e" in cells
