"""Names that tables, commands and messages give the same part are the same place, and those of others are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.proofs.places import INSIDE, OTHER, SAME, UNSAID, agreement, nearest, place


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Switch 2 - Power Supply B", "Switch 2: power supply B", SAME),
        ("Switch 2 - Power Supply B", "2B", SAME),
        ("Switch 2 - Power Supply B", "Switch 1: power supply B", OTHER),
        ("Switch 2 - Power Supply B", "power supply B", INSIDE),
        ("Switch 2 - Power Supply B", "Power Supply is not responding", UNSAID),
        ("PowerSupply-1", "Power supply 1", SAME),
        ("Power Supply Module 0", "slot P0", SAME),
        ("Sw1, PSA", "Sw1, PSB", OTHER),
        ("power-module 0/PS0/M0/SP", "Power-module 0/PS0/M0/SP", SAME),
        ("PS 1 PWR-2700-AC/4", "power supply 1", SAME),
        ("Fan Module-1", "Fan1(sys_fan1)", SAME),
        ("Fan Module-1", "Fan_in_PS1", INSIDE),
        ("Switch 1 - FAN - T1 1 (ENVMON)", "Switch 1: Fan 1", INSIDE),
        ("Module 3 Line card", "Module 3", SAME),
        ("Module 3 Line card", "Module 13", OTHER),
        ("GigabitEthernet1/0/7", "Gi1/0/7", SAME),
    ],
)
def test_two_names(one: str, other: str, how: int) -> None:
    assert agreement(place(one), place(other)) == agreement(place(other), place(one)) == how


def test_the_best_is_taken_and_nothing_where_it_could_be_several() -> None:
    names = ["Switch 1 - Fan 1", "Switch 2 - Fan 1", "Switch 2 - Fan 2"]

    def of(said: str) -> list[str]:
        return list(nearest(names, lambda name: agreement(place(said), place(name))))

    assert of("Switch 2 Fan 1") == ["Switch 2 - Fan 1"]
    assert of("Fan 2") == ["Switch 2 - Fan 2"]
    assert of("Fan 1") == []
    assert of("a fan") == []
    assert of("Fan 9") == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_agreement_goes_both_ways_and_a_name_is_its_own_place(one: str, other: str) -> None:
    assert agreement(place(one), place(other)) == agreement(place(other), place(one))
    assert agreement(place(one), place(one)) == SAME
