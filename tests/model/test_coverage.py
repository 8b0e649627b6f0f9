"""What the name of a service level promises, however it is written; what it does not say is not guessed."""

from datetime import timedelta

import pytest

from healthd.model.coverage import NBD, promised

FOUR, TWO = timedelta(hours=4), timedelta(hours=2)


@pytest.mark.parametrize(
    ("text", "hours", "days", "within"),
    [
        ("8x5xNBD", 8, 5, NBD),
        ("CX LEVEL 2 8X5XNBD", 8, 5, NBD),
        ("SMARTnet Premium 24x7x4", 24, 7, FOUR),
        ("24 x 7 x 2", 24, 7, TWO),
        ("7x24x4", 24, 7, FOUR),
        ("7×24×4 金牌服务", 24, 7, FOUR),
        ("5x8xNBD", 8, 5, NBD),
        ("SNT", 8, 5, NBD),
        ("SNTP", 24, 7, FOUR),
        ("S2P", 24, 7, TWO),
        ("C4P", 24, 7, FOUR),
        ("Premium Parts & Labor - 4 Hour", None, None, FOUR),
        ("7x24", 24, 7, None),
        ("5x8", 8, 5, None),
        ("gold", None, None, None),
        ("", None, None, None),
    ],
)
def test_a_level_is_read_as_it_is_written(text: str, hours: int | None, days: int | None, within: timedelta | None) -> None:
    found = promised(text)
    assert (found.hours, found.days, found.within, found.text) == (hours, days, within, text)
    assert found.known == (hours is not None or within is not None)


@pytest.mark.parametrize(
    ("text", "hardware", "on_site"), [("SAU", False, False), ("SAS", False, False), ("C4P", True, True), ("SNT", True, False)]
)
def test_a_code_says_whether_hardware_and_an_engineer_come_with_it(text: str, hardware: bool, on_site: bool) -> None:
    assert (promised(text).hardware, promised(text).on_site) == (hardware, on_site)
