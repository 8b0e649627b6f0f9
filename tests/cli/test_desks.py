"""The desks that cases go to are those that settings, service center and customers name, and are set up wholly or not at all."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from healthd.cli import _context, _desks
from healthd.cli._tables import checked
from healthd.errors import ConfigError, UnknownName
from healthd.model.phrase import say
from healthd.store import database, outbox

NOW = datetime(2026, 11, 25, tzinfo=UTC)
CUSTOMER = "title: ACME\nlanguages: [en]\ntime_zone: UTC\ncases: {{desk: {desk}}}\n"


def context(folder: Path, settings: str, desk: str = "") -> _context.Context:
    home = folder / "inventories" / "acme"
    home.mkdir(parents=True)
    (home / "customer.yaml").write_text(CUSTOMER.format(desk=desk) if desk else "title: ACME\n")
    (home / "hosts.yaml").write_text("sw1: {hostname: 127.0.0.9}\n")
    (folder / "healthd.toml").write_text(f'data = "{folder}/data"\ninventories = "{folder}/inventories"\n{settings}')
    return _context.context(folder / "healthd.toml", None, None)


RT = '[case.request_tracker]\nurl = "https://rt.example.com"\nqueue = "TAC"\ntoken_ref = "env:RT_TOKEN"\n'


def test_where_nothing_is_said_cases_stay_here(tmp_path: Path) -> None:
    assert list(_desks.desks(context(tmp_path, ""))) == ["embedded"]


def test_a_customer_may_have_a_desk_of_its_own_and_its_secret_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RT_TOKEN", "1-14-secret")
    there = context(tmp_path, f'[case]\nbackend = "mail"\n[case.mail]\nto = "tac@example.com"\n{RT}', desk="request_tracker")
    found = _desks.desks(there)
    assert list(found) == ["mail", "request_tracker"]
    assert "secret" not in repr(found)
    checked(there.config)


def test_a_desk_that_is_not_set_up_is_a_mistake_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"\[case.zammad\]: cases go to this desk, but url is not said"):
        _desks.desks(context(tmp_path, '[case]\nbackend = "zammad"\n'))


def test_a_desk_that_nobody_knows_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="request_tracker"):
        _desks.desks(context(tmp_path, '[case]\nbackend = "remedy"\n'))


def test_a_mistake_in_a_table_inside_the_table_is_told_with_its_line(tmp_path: Path) -> None:
    there = context(tmp_path, '[case]\nbackend = "mail"\n[case.mial]\nto = "x"\n')
    with pytest.raises(ConfigError, match=r":5: \[case\] found 'mial'.*did you mean 'mail'"):
        checked(there.config)


@pytest.mark.parametrize(
    ("line", "said"), [('url = "http://rt.example.com"', "https://"), ("priorities = [1, 2]", "four"), ("timeout = 0", "above 0")]
)
def test_what_cannot_be_is_told(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        checked(context(tmp_path, f"[case.request_tracker]\n{line}\n").config)


TAC = """
title: TAC
people:
  - {name: wang, title: Wang Fang, roles: [duty-manager], email: wang@example.com, language: zh-CN}
"""


def test_an_alarm_about_a_desk_reaches_the_manager_once_in_their_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RT_TOKEN", "1-14-secret")
    there = context(tmp_path, f'[case]\nbackend = "request_tracker"\n{RT}')
    (tmp_path / "inventories" / "tac.yaml").write_text(TAC)
    there.open_store()
    try:
        (worker,) = _desks.part(there).workers
        for _ in range(2):
            worker.alarm(
                "desk:request_tracker:2026-11-25",
                say("{desk} has not done what healthd asks since {since}: {why}", desk="RT", since=NOW, why="500"),
            )
        (sent,) = outbox.listed()
    finally:
        database.close_database()
    assert (sent.message.recipient, sent.message.language) == ("wang@example.com", "zh-CN")
    assert "未完成 healthd 的请求" in sent.message.subject
