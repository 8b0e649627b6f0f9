"""``healthd errand`` shows what desks are asked for, tries again, and gives up with a name and a reason."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from healthd.cli._app import app
from healthd.errors import ConfigError, UnknownName
from healthd.model.action import Filed, Ticket
from healthd.store import database, errands, filed
from tests.caseclient.cases import note, opening

NOW = datetime.now(UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    database.open_database(database.Settings(url=database.sqlite_url(tmp_path / "healthd.sqlite3")))
    errands.put("ACME", "zammad", [opening("hd-a"), note("n1", "hd-a"), opening("hd-b")], NOW)
    first, second = errands.lease("x", NOW, length=timedelta(minutes=1), backend="zammad")
    errands.failed(first, NOW, "422 no such group", None)
    filed.keep("ACME", "hd-b", Filed(ticket=Ticket(backend="zammad", id="7", token="hd-b", url="https://z/7")), NOW)
    errands.done(second, NOW)
    database.close_database()
    return tmp_path


def run(data: Path, *words: str) -> str:
    done = CliRunner().invoke(app, ["errand", *words, "--data", str(data)], catch_exceptions=False)
    database.close_database()
    assert done.exit_code == 0, done.output
    return done.stdout


def listed(data: Path, *words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run(data, "list", "--json", *words).splitlines()]


def test_errands_are_listed_with_their_stage_their_ticket_and_why(data: Path) -> None:
    assert [(each["id"], each["stage"]) for each in listed(data)] == [
        ("hd-a:open", "failed"),
        ("hd-a:n1", "waiting"),
        ("hd-b:open", "done"),
    ]
    (failed,) = listed(data, "--stage", "failed")
    assert (failed["error"], failed["does"]) == ("422 no such group", "open")
    (done,) = listed(data, "--token", "hd-b")
    assert (done["ticket"], done["url"]) == ("7", "https://z/7")
    assert "422 no such group" in run(data, "list")
    with pytest.raises(ConfigError, match="--stage"):
        run(data, "list", "--stage", "lost")


def test_refused_ones_are_tried_again_when_a_person_says_so(data: Path) -> None:
    assert run(data, "retry", "all") == "1 errand will be tried again\n"
    assert [each["stage"] for each in listed(data, "--token", "hd-a")] == ["waiting", "waiting"]
    with pytest.raises(UnknownName, match="hd-z"):
        run(data, "retry", "hd-z")


def test_giving_up_needs_a_reason_which_is_kept(data: Path) -> None:
    with pytest.raises(ConfigError, match="--reason"):
        run(data, "drop", "hd-a")
    assert run(data, "drop", "hd-a", "--reason", "opened by hand") == "2 errands dropped\n"
    assert all("opened by hand" in str(each["error"]) for each in listed(data, "--stage", "dropped"))
