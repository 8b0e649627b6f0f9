"""Failed, absent, unpowered and contradictory are different words, and only one of them is worth a replacement."""

from datetime import timedelta

import pytest

from healthd.analysis.rules import fan, psu
from healthd.catalogue.mibs import envmon, fru
from healthd.model.finding import Condition, Level
from tests.analysis.rules.scene import FIVE, NOW, ask, part, state

FRU = "CISCO-ENTITY-FRU-CONTROL-MIB::cefcFRUPowerOperStatus"
ENVMON = "CISCO-ENVMON-MIB::ciscoEnvMonSupplyState"
C, W, U = Level.CRITICAL, Level.WARNING, Level.UNKNOWN

SUPPLIES = [
    part("1", "powerSupply", "9", name="PSU A", pid="PWR-C1-715WAC", serial="LIT1", slot="A", fru=True),
    part("2", "powerSupply", "9", name="PSU B", pid="PWR-C1-715WAC", serial="LIT2", slot="B", fru=True),
    part("9", "chassis", "", name="Switch 1", pid="C9300-48P", serial="FOC1"),
]


def supply(word: str, index: str = "1", source: str = FRU) -> object:
    return state("psu.state", word, f"PSU {'AB'[int(index) - 1]}", index, source)


@pytest.mark.parametrize(
    ("word", "level", "verdict"),
    [
        ("on", None, None),
        ("normal", None, None),
        ("failed", C, Condition.FAILED),
        ("offEnvPower", W, Condition.UNPOWERED),
        ("offAdmin", W, Condition.UNPOWERED),
        ("offDenied", W, Condition.UNPOWERED),
        ("offEnvTemp", C, Condition.ENVIRONMENT),
        ("offEnvFan", C, Condition.SUSPECT),
        ("onButFanFail", W, Condition.SUSPECT),
        ("shutdown", W, Condition.UNPOWERED),
        ("notFunctioning", C, Condition.SUSPECT),
        ("notPresent", None, None),
    ],
)
def test_what_a_supplys_word_means(word: str, level: Level | None, verdict: Condition | None) -> None:
    found = ask(psu, [supply(word), supply("on", "2")], parts=SUPPLIES)
    assert [(f.level, f.verdict, f.index) for f in found] == ([(level, verdict, "1")] if level else [])


@pytest.mark.parametrize(
    "word", [w for w in (*fru.POWER_STATE.values(), *envmon.STATE.values()) if w not in ("on", "normal", "notPresent")]
)
def test_no_state_of_the_mibs_is_forgotten(word: str) -> None:
    assert word in psu.JUDGEMENTS


def test_a_failed_supply_names_the_part_to_replace_and_what_is_left() -> None:
    (found,) = ask(psu, [supply("failed"), supply("on", "2")], parts=SUPPLIES)
    assert (found.pid, found.serial, found.slot) == ("PWR-C1-715WAC", "LIT1", "A")
    assert str(found.summary) == "Power supply PSU A has failed; 1 of 2 supplies deliver power."
    assert found.key == "1:psu:edge:PSU A"


def test_a_supply_that_cannot_be_read_is_not_taken_for_its_chassis() -> None:
    blank = [part("1", "powerSupply", "9", name="PSU A", fru=True), *SUPPLIES[1:]]
    (found,) = ask(psu, [supply("failed")], parts=blank)
    assert (found.pid, found.serial) == ("", "")


def test_a_built_in_supply_means_the_switch() -> None:
    built_in = [part("1", "powerSupply", "9", name="PSU A", fru=False), SUPPLIES[2]]
    (found,) = ask(psu, [supply("failed")], parts=built_in)
    assert found.pid == "C9300-48P"


def test_a_bay_without_a_supply_is_no_fault_even_when_it_is_off_for_other_reasons() -> None:
    bay = [SUPPLIES[0], part("2", "powerSupply", "9", name="PSU B"), SUPPLIES[2]]
    assert ask(psu, [supply("on"), supply("offEnvOther", "2")], parts=bay) == []


def test_two_tables_that_agree_on_an_empty_bay_need_no_inventory() -> None:
    assert ask(psu, [supply("on"), supply("offEnvOther", "2"), supply("notPresent", "2", ENVMON)]) == []


def test_a_supply_that_is_there_and_off_for_other_reasons_has_no_power() -> None:
    (found,) = ask(psu, [supply("on"), supply("offEnvOther", "2")], parts=SUPPLIES)
    assert found.verdict is Condition.UNPOWERED


@pytest.mark.parametrize("word", ["on", "offEnvPower", "failed"])
def test_a_supply_whose_row_went_is_gone_whatever_it_said_last(word: str) -> None:
    both, one = [supply("on"), supply("on", "2")], [supply("on")]
    (found,) = ask(psu, one, before=[both, both, both, [supply("on"), supply(word, "2")]])
    assert (found.verdict, found.since) == (Condition.ABSENT, NOW - FIVE)
    assert ask(psu, one, before=[[supply("on"), supply("offEnvPower", "2")]]) == [], "it never delivered power"


def test_a_supply_pulled_out_is_absent_and_not_failed() -> None:
    gone = [SUPPLIES[0], part("2", "powerSupply", "9", name="PSU B"), SUPPLIES[2]]
    (found,) = ask(psu, [supply("on"), supply("offEnvOther", "2")], before=[[supply("on"), supply("on", "2")]], parts=gone)
    assert (found.level, found.verdict) == (W, Condition.ABSENT)


@pytest.mark.parametrize(("one", "other"), [("on", "notFunctioning"), ("failed", "normal")])
def test_tables_that_contradict_each_other_are_not_believed_alone(one: str, other: str) -> None:
    (found,) = ask(psu, [supply(one), supply(other, source=ENVMON)], parts=SUPPLIES)
    assert (found.level, found.verdict) == (W, Condition.SUSPECT)
    assert len(found.evidence) == 2


def test_two_tables_that_agree_make_one_finding() -> None:
    (found,) = ask(psu, [supply("shutdown", source=ENVMON), supply("failed")], parts=SUPPLIES)
    assert found.verdict is Condition.FAILED


def test_the_rps_behind_a_supply_is_not_the_supply() -> None:
    (found,) = ask(psu, [state("psu.state", "notFunctioning", "Sw1, PS1 RPS", "1006", ENVMON)])
    assert found.verdict is Condition.UNPOWERED
    assert "itself does" in str(found.summary)


def test_an_envmon_index_that_is_no_entity_index_borrows_no_part() -> None:
    chassis = [part("1", "chassis", "", name="router", pid="ISR4331/K9", serial="FDO1")]
    (found,) = ask(psu, [state("psu.state", "notFunctioning", "PS 1", "1", ENVMON)], parts=chassis)
    assert found.pid == ""


@pytest.mark.parametrize(("minutes", "count"), [(0, 1), (15, 1), (16, 0), (600, 0)])
def test_a_state_not_heard_lately_is_not_the_present(minutes: int, count: int) -> None:
    assert len(ask(psu, [supply("failed")], parts=SUPPLIES, age=timedelta(minutes=minutes))) == count


def test_a_row_missing_from_the_newest_poll_is_not_judged() -> None:
    assert ask(psu, [supply("on", "2")], before=[[supply("failed"), supply("on", "2")]]) == []


def test_since_is_when_the_state_began() -> None:
    (found,) = ask(psu, [supply("failed")], before=[[supply("on")], [supply("failed")]], parts=SUPPLIES)
    assert found.since is not None
    assert (found.evidence[0].at - found.since) == timedelta(minutes=5)


def blades(word: str, index: str = "5", item: str = "Fan 1") -> object:
    return state("fan.state", word, item, index)


FANS = [
    *SUPPLIES,
    part("5", "fan", "6", name="Fan 1"),
    part("6", "fan", "9", name="Fan tray", pid="FAN-T1", serial="LIT5"),
    part("7", "fan", "1", name="PSU A fan"),
]


@pytest.mark.parametrize(
    ("word", "level", "verdict"),
    [
        ("up", None, None),
        ("normal", None, None),
        ("notPresent", None, None),
        ("down", C, Condition.FAILED),
        ("notFunctioning", C, Condition.FAILED),
        ("critical", C, Condition.SUSPECT),
        ("shutdown", C, Condition.SUSPECT),
        ("warning", W, Condition.SUSPECT),
        ("unknown", U, None),
    ],
)
def test_what_a_fans_word_means(word: str, level: Level | None, verdict: Condition | None) -> None:
    found = ask(fan, [blades(word)], parts=FANS)
    assert [(f.level, f.verdict) for f in found] == ([(level, verdict)] if level else [])


def test_a_fan_is_replaced_with_its_tray() -> None:
    (found,) = ask(fan, [blades("down")], parts=FANS)
    assert (found.pid, found.serial) == ("FAN-T1", "LIT5")


def test_the_fan_of_a_supply_without_input_stands_still_for_that_reason() -> None:
    (found,) = ask(fan, [blades("down", "7"), supply("offEnvPower")], parts=FANS)
    assert (found.level, found.verdict) == (W, Condition.UNPOWERED)


def test_a_fan_tray_pulled_out_is_absent() -> None:
    (found,) = ask(fan, [blades("notPresent")], before=[[blades("normal")]])
    assert found.verdict is Condition.ABSENT


def counted(word: str, number: int) -> object:
    return state("psu.state", word, f"power-supply {number}", str(number), ENVMON)


def by_entity(word: str, letter: str, index: str) -> object:
    return state("psu.state", word, f"Power Supply {letter}", index, FRU)


def test_a_table_that_counts_supplies_by_itself_makes_no_second_finding() -> None:
    rows = [by_entity("on", "A", "1001"), by_entity("failed", "B", "1002"), counted("normal", 1), counted("critical", 2)]
    (found,) = ask(psu, rows)
    assert (found.item, found.verdict, len(found.evidence)) == ("Power Supply B", Condition.FAILED, 2)
    assert "1 of 2" in str(found.summary)


def test_tables_that_cannot_be_paired_are_both_told() -> None:
    rows = [by_entity("failed", "A", "1001"), by_entity("on", "B", "1002"), counted("normal", 1), counted("critical", 2)]
    assert {f.item for f in ask(psu, rows)} == {"Power Supply A", "power-supply 2"}


def test_the_fans_of_a_tray_at_fault_are_no_further_trouble() -> None:
    (found,) = ask(fan, [blades("down"), state("fan.state", "down", "Fan tray", "6", FRU)], parts=FANS)
    assert (found.item, found.serial) == ("Fan tray", "LIT5")


def test_a_fan_with_a_fault_in_a_tray_without_one_is_told() -> None:
    (found,) = ask(fan, [blades("down"), state("fan.state", "up", "Fan tray", "6", FRU)], parts=FANS)
    assert (found.item, found.serial) == ("Fan 1", "LIT5")


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("Fan Module-1", "Fan Module-1 is down."),
        ("FAN 2", "Fan 2 is down."),
        ("Switch 1 - FAN - T1 1", "Fan Switch 1 - FAN - T1 1 is down."),
        ("Fantray 1", "Fan Fantray 1 is down."),
    ],
)
def test_what_a_part_is_stands_once_before_its_name(item: str, said: str) -> None:
    (found,) = ask(fan, [blades("down", item=item)], parts=FANS)
    assert (str(found.summary), found.item) == (said, item)


def test_a_name_of_two_words_is_not_said_twice_either() -> None:
    (found,) = ask(psu, [state("psu.state", "failed", "Power Supply Module 0", "1", FRU)])
    assert str(found.summary).startswith("Power supply Module 0 has failed")
