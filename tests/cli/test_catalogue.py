"""``healthd catalogue`` shows what is known of log messages, and counts it."""

import json

import pytest
from typer.testing import CliRunner

from healthd.catalogue.messages.read import entries
from healthd.cli._app import app
from healthd.errors import UnknownName


def run(*words: str) -> list[str]:
    done = CliRunner().invoke(app, ["catalogue", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


def test_every_entry_is_listed() -> None:
    assert len(run("list")) == len(entries())


def test_lists_are_narrowed_by_system_and_class() -> None:
    found = [json.loads(line) for line in run("list", "--platform", "asa", "--class", "psu", "--json")]
    assert {"ASA-735004", "ASA-735003"} <= {each["tag"] for each in found}
    assert all(value not in (None, "", []) for each in found for value in each.values()), "what there is none of is left out"
    assert all("asa" in each["platforms"] and each["class"].startswith("psu.") for each in found)


def test_an_unknown_system_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match=r"unknown platform 'junos'; known: .*nxos"):
        run("list", "--platform", "junos")


def test_an_unknown_class_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"unknown event class 'fan.chnged'; known: fan.changed"):
        run("list", "--class", "fan.chnged")


def test_counts_exceed_the_best_peer() -> None:
    (counts,) = [json.loads(line) for line in run("count", "--json")]
    assert counts["entries"] == len(entries()) == sum(counts["by_class"].values())
    assert counts["entries"] > 446
    assert counts["classes"] == len(counts["by_class"]) > 194
    assert {"ios", "iosxe", "nxos", "iosxr", "asa"} <= set(counts["by_platform"])


def test_the_table_ends_with_the_totals() -> None:
    assert run("count")[-1] == f"{len(entries()):,} entries, {len({each.kind for each in entries()})} event classes"


@pytest.mark.parametrize("tag", ["C6KPWR-PSFAIL", "%C6KPWR-SP-2-PSFAIL:", "c6kpwr-2-psfail"])
def test_a_message_is_shown_in_both_languages_however_it_is_named(tag: str) -> None:
    said = "\n".join(run("show", tag))
    assert "The output of a supply failed." in said
    assert "电源输出故障。" in said
    assert "Ended by: psu.ok" in said


def test_a_tag_with_several_entries_shows_them_all() -> None:
    found = [json.loads(line)["class"] for line in run("show", "LINEPROTO-UPDOWN", "--json")]
    assert found == ["interface.down", "interface.up"]


def test_an_unknown_tag_is_an_error() -> None:
    with pytest.raises(UnknownName, match="unknown log message 'NO-SUCH'"):
        run("show", "NO-SUCH")


def test_of_a_tag_in_part_only_those_that_may_be_meant_are_told() -> None:
    with pytest.raises(UnknownName) as told:
        run("show", "FRU_PS_ACCESS")
    told_ = str(told.value).partition("known: ")[2].partition(" and ")[0].split(", ")
    assert told_
    assert all("FRU_PS" in tag for tag in told_)
