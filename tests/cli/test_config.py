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
    told = CliRunner().invoke(app, ["config", "check", "--config", str(file)]).stderr
    assert told == "note: no mail server is set ([notify.mail] host): mail is left as files in outbox, inside the data folder\n"
    file.write_text('[notify.mail]\nhost = "mail.example.com"\n')
    assert CliRunner().invoke(app, ["config", "check", "--config", str(file)]).stderr == ""


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "healthd.toml"
    file.write_text('[snmp]\ntimeout = "5"\n[listen]\nudp = "514"\n[notify.mial]\n')
    with pytest.raises(ConfigError) as told:
        run("check", "--config", str(file))
    lines = str(told.value).splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "4", "5"]
    assert "found '514'; allowed: host:port" in lines[1]
    assert "did you mean 'mail'?" in lines[2]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[daemon]\nlog_s = 30\n", "2: [daemon] log_s: found 30; allowed: a number from 60; default: 900.0"),
        ('[daemon]\npoll_at = "25:00"\n', "2: [daemon] poll_at: found '25:00'; allowed: a time of day as \"HH:MM\"; default: '02:30'"),
        ('[listen]\nrate = 5\nudp = "5514"\n', "3: [listen] udp: found '5514'; allowed: host:port, as 10.0.0.1:5514 or [::1]:5514; empty"),
        (
            "[daemon.customers.ACME]\nsweep_s = 60\nping_s = 1\n",
            "3: [daemon] customers.ACME.ping_s: found 1.0; allowed: a number from 5 to",
        ),
        ("[daemon.customers.ACME]\nsweep = 60\n", "1: [daemon] customers.ACME: found 'sweep'; allowed: ping_s, sweep_s"),
        ("[store]\nrollup_days = 10\n", "2: [store] rollup_days: found 10; allowed: raw_days (35) and more"),
        ('[store]\nurl = "postgresql://me:geheim@db/x"\n', "2: [store] url: found a password; allowed: an address without one"),
        (
            '[store]\nurl = "mysql://me:geheim@db/x"\n',
            "2: [store] url: found something else; allowed: sqlite:///… or postgresql://…; default",
        ),
        ('[listen]\ntls = "0.0.0.0:6514"\n', "2: [listen] tls: found '0.0.0.0:6514'; allowed: with certificate and key"),
        ('[icmp]\nway = "carrier pigeon"\n', "2: [icmp] way: found 'carrier pigeon'; allowed: auto, raw, fping, tcp, off; default: 'auto'"),
    ],
)
def test_a_value_out_of_its_bounds_is_told_with_its_line_and_its_bounds(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "healthd.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as told:
        run("check", "--config", str(file))
    assert str(told.value).startswith(f"{file}:{says}")
    assert "geheim" not in str(told.value)


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
