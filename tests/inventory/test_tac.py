"""``tac.yaml``: everything it may say, and every mistake at once with its line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthd import modules, platforms
from healthd.errors import InventoryError
from healthd.inventory.document import Mistakes, load
from healthd.inventory.read import read
from healthd.inventory.tac import tac
from healthd.model.case import Priority
from healthd.model.tac import PROMISES, Role, Tac

ROOT = Path(__file__).parents[2]


def told(tmp_path: Path, text: str) -> tuple[Tac, list[str]]:
    file, mistakes = tmp_path / "tac.yaml", Mistakes(tmp_path)
    file.write_text(text, "utf-8")
    return tac(load(file, mistakes)), mistakes.found


def test_the_example_has_direct_branches_and_others_and_somebody_on_duty_at_every_hour() -> None:
    center = read(ROOT / "inventories", modules.names(platforms)).tac
    assert {each.name for each in center.branches if each.direct} == {"hangzhou", "beijing", "guangzhou", "chengdu"}
    assert [each.name for each in center.branches if each.headquarters] == ["hangzhou"]
    start = datetime(2026, 11, 23, tzinfo=UTC)
    for hour in range(7 * 24):
        for role in Role:
            assert center.on_duty(role, start + timedelta(hours=hour)), (role, hour)


def test_without_the_file_there_are_only_the_promises(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "hosts.yaml").write_text("sw1: {hostname: 192.0.2.1}\n")
    assert read(tmp_path, ("ios",)).tac == Tac()


def test_what_a_level_leaves_out_is_as_for_all_and_none_promises_nothing(tmp_path: Path) -> None:
    made, mistakes = told(tmp_path, "promises: {P1: {response: 10m}, P3: {resolution: none}}\nlevels: {gold: {P1: {resolution: 2h}}}\n")
    assert mistakes == []
    first = made.promised(Priority.P1, "gold")
    assert (first.response, first.resolution, first.round_the_clock) == (timedelta(minutes=10), timedelta(hours=2), True)
    assert made.promised(Priority.P3).resolution is None
    assert made.promised(Priority.P3).update == PROMISES[Priority.P3].update


def test_every_mistake_is_told_with_its_line_what_was_found_and_what_is_allowed(tmp_path: Path) -> None:
    text = """time_zone: Mars
people:
  - {name: ann, roles: [hotlin], email: ann, branch: nowhere}
  - {name: ann, urgent: oncall, language: fr}
  - {name: ben}
branches:
  - {name: hz, direct_ship: maybe}
duties:
  - {role: engineer, people: [nobody], hours: "25:00-26:00", weekdays: [monday]}
promises: {P1: {response: soon}, P9: {}}
returns: 0
mystery: 1
"""
    _, mistakes = told(tmp_path, text)
    assert sorted(mistakes) == sorted([
        "tac.yaml:1: time_zone: found 'Mars'; allowed: a name of the IANA time zone database; write for example Asia/Shanghai",
        "tac.yaml:3: person 'ann': email: found 'ann'; allowed: an address such as name@example.com; correct it",
        "tac.yaml:3: person 'ann': roles: found 'hotlin'; allowed: center-manager, duty-manager, engineer, executive, hotline, sales, senior-engineer, senior-manager, spares; did you mean 'hotline'?",
        "tac.yaml:3: person 'ann': branch: found 'nowhere'; allowed: hz; use one of them",
        "tac.yaml:4: person 'ann': language: found 'fr'; allowed: en, zh-CN; use one of them",
        "tac.yaml:4: people: found 'ann' twice; allowed: once; rename one of them",
        "tac.yaml:5: person 'ben': found neither email nor urgent; allowed: somebody who can be told; add 'email: …'",
        "tac.yaml:6: branches: found 0 headquarters (none); allowed: one; mark it with 'headquarters: true'",
        "tac.yaml:7: direct_ship: found 'maybe'; allowed: true, false; write one of them",
        "tac.yaml:9: duty: weekdays: found 'monday'; allowed: fri, mon, sat, sun, thu, tue, wed; did you mean 'mon'?",
        'tac.yaml:9: duty: hours: found \'25:00-26:00\'; allowed: "HH:MM-HH:MM", over midnight too; leave it out for round the clock',
        "tac.yaml:9: duty of engineer: people: found 'nobody'; allowed: ann, ben; use one of them",
        "tac.yaml:10: promises: found key 'P9'; allowed: P1, P2, P3, P4; remove it",
        "tac.yaml:10: response: found 'soon'; allowed: a number with m, h or d, or none; write for example 15m or 4h",
        "tac.yaml:11: returns: found 0; allowed: working days, 1 to 365; write for example 10",
        "tac.yaml:12: tac: found key 'mystery'; allowed: branches, currency, desk, duties, free, holidays, hotline, levels, link, people, promises, returns, silence, spares, time_zone, title, worked; remove it",
    ])  # fmt: skip


@pytest.mark.parametrize(
    "text", ["people: 7", "promises: [a]", "levels: 3", "duties: [7]", "branches: {a: b}", "worked: [soon]", "title: [x]"]
)
def test_a_value_of_the_wrong_kind_is_told_and_ends_nothing(tmp_path: Path, text: str) -> None:
    made, mistakes = told(tmp_path, f"{text}\n")
    assert len(mistakes) == 1
    assert "allowed:" in mistakes[0]
    assert isinstance(made, Tac)


def test_the_check_of_the_inventory_covers_it(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "hosts.yaml").write_text("sw1: {hostname: 192.0.2.1}\n")
    (tmp_path / "tac.yaml").write_text("returns: never\n")
    with pytest.raises(InventoryError, match=r"tac\.yaml:1: returns: found 'never'"):
        read(tmp_path, ("ios",))
