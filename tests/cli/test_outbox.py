"""``healthd outbox`` shows what is on its way, tries again, and gives up with a name and a reason."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from healthd.cli._app import app
from healthd.delivery import Delivery
from healthd.errors import ConfigError, UnknownName
from healthd.model.message import Message
from healthd.notify.channels import folder
from healthd.store import database, outbox

NOW = datetime.now(UTC)


def message(key: str) -> Message:
    return Message(key=key, channel="mail", recipient="li@example.com", subject=f"subject {key}", text="t", made=NOW)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    database.open_database(database.Settings(url=database.sqlite_url(tmp_path / "healthd.sqlite3")))
    outbox.put("acme", [message("daily:acme:1"), message("daily:acme:2")], NOW)
    (taken,) = outbox.lease("x", NOW, length=timedelta(minutes=1), most=1)
    outbox.failed(taken, NOW, "550 no such user", None)
    database.close_database()
    return tmp_path


def run(data: Path, *words: str) -> str:
    done = CliRunner().invoke(app, ["outbox", *words, "--data", str(data)], catch_exceptions=False)
    database.close_database()
    assert done.exit_code == 0, done.output
    return done.stdout


def listed(data: Path, *words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run(data, "list", "--json", *words).splitlines()]


def test_messages_are_listed_with_their_stage_and_why(data: Path) -> None:
    assert {(each["key"], each["stage"]) for each in listed(data)} == {("daily:acme:1", "failed"), ("daily:acme:2", "waiting")}
    (failed,) = listed(data, "--stage", "failed")
    assert failed["error"] == "550 no such user"
    assert "550 no such user" in run(data, "list")


def test_what_was_sent_says_who_took_it(data: Path) -> None:
    database.open_database(database.Settings(url=database.sqlite_url(data / "healthd.sqlite3")))
    mails = folder.Settings(path=data / "mails")
    assert Delivery(owner="x", channels={"mail": lambda each: folder.send(mails, each)}).due(NOW) == 1
    database.close_database()
    (sent,) = listed(data, "--stage", "sent")
    assert sent["means"] == f"file {data}/mails/daily-acme-2.eml"
    assert f"subject daily:acme:2  → file {data}/mails/daily-acme-2.eml" in run(data, "list")
    assert "means" not in listed(data, "--stage", "failed")[0]


def test_what_failed_can_be_tried_again(data: Path) -> None:
    assert run(data, "retry", "all") == "1 message will be tried again\n"
    assert [each["stage"] for each in listed(data)] == ["waiting", "waiting"]


def test_giving_up_needs_a_reason_and_keeps_it(data: Path) -> None:
    with pytest.raises(ConfigError, match="needs --reason"):
        run(data, "drop", "daily:acme:2")
    assert run(data, "drop", "daily:acme:2", "--reason", "sent by hand") == "1 message dropped\n"
    (dropped,) = listed(data, "--stage", "dropped")
    assert "sent by hand" in str(dropped["error"])


def test_an_unknown_key_is_told_with_those_there_are(data: Path) -> None:
    with pytest.raises(UnknownName, match="daily:acme:1"):
        run(data, "retry", "weekly")


def test_an_unknown_stage_is_told(data: Path) -> None:
    with pytest.raises(ConfigError, match="found 'lost'; allowed: waiting"):
        run(data, "list", "--stage", "lost")


def test_a_list_without_messages_says_so_to_people_alone(data: Path, tmp_path: Path) -> None:
    empty = ["outbox", "list", "--data", str(tmp_path / "new")]
    assert CliRunner().invoke(app, empty, catch_exceptions=False).stderr == "no message: nothing was sent, and nothing waits\n"
    assert CliRunner().invoke(app, [*empty, "--json"], catch_exceptions=False).output == ""
    database.close_database()
    done = CliRunner().invoke(app, ["outbox", "list", "--stage", "sent", "--data", str(data)], catch_exceptions=False)
    assert (done.stdout, done.stderr) == ("", "no message of these\n")
    database.close_database()
