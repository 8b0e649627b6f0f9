"""``healthd config`` says whether the file is right, what holds, and what can be set; what it shows is itself a settings file."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from healthd.cli import _tables
from healthd.cli._app import app
from healthd.config import load
from healthd.errors import ConfigError


def run(*words: str) -> str:
    done = CliRunner().invoke(app, ["config", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_right_file_is_called_right(tmp_path: Path) -> None:
    file = tmp_path / "healthd.toml"
    file.write_text("[snmp]\ntimeout = 5\n")
    assert run("check", "--config", str(file)) == f"{file} is right\n"


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "healthd.toml"
    file.write_text('[snmp]\ntimeout = "5"\n[listen]\nudp = "514"\n[notify.mial]\n')
    with pytest.raises(ConfigError) as told:
        run("check", "--config", str(file))
    lines = str(told.value).splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "3", "5"]
    assert "found '514'; allowed: host:port" in lines[1]
    assert "did you mean 'mail'?" in lines[2]


def test_what_is_shown_is_a_settings_file_that_means_the_same(tmp_path: Path) -> None:
    file = tmp_path / "healthd.toml"
    file.write_text('[daemon]\nsweep_s = 60\n[daemon.customers.ACME]\nping_s = 30\n[listen]\nowners = {traps = "ACME"}\n')
    again = tmp_path / "again.toml"
    again.write_text(run("show", "--config", str(file)))
    assert _tables.checked(load(again)) == _tables.checked(load(file))


def test_the_schema_lists_every_key_of_every_table() -> None:
    listed = {(each["table"], each["key"]) for each in map(json.loads, run("schema").splitlines())}
    assert {("listen", "udp"), ("notify.mail", "host"), ("daemon", "sweep_s"), ("store", "url")} <= listed
    assert ("notify.mail", "password") not in listed
