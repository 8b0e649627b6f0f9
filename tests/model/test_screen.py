"""What a terminal adds is taken away, and what the device printed is not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.model.screen import clean, forbidden, unknown

PAGE = "NAME: chassis\n  PID: X1\n\n  SN: 1"


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        f"\n\n{PAGE}\n\n\n",
        PAGE.replace("\n", "\r\n"),
        f"sw-1#show inventory\n{PAGE}\nsw-1#",
        f"sw-1# sh inv\r\n{PAGE}\r\nsw-1# exit\r\n",
        f"show inventory\n{PAGE}\n",
        f"RP/0/RSP0/CPU0:pe-1#show inventory\nTue Mar  7 14:29:29.338 EST\n{PAGE}\nRP/0/RSP0/CPU0:pe-1#",
        f"fw-1/ctx/act> show inventory\n{PAGE}\nfw-1/ctx/act> ",
        PAGE.replace("  PID", " --More-- \b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\b  PID"),
        PAGE.replace("  PID", "<--- More --->\r              \r  PID"),
        f"\x1b[24;1H{PAGE}\x1b[0m",
        f"{PAGE}   \t\n",
    ],
)
def test_the_page_alone_is_left(text: str) -> None:
    assert clean(text, "show inventory") == f"{PAGE}\n"


def test_a_line_with_a_prompt_s_sign_inside_the_page_stays() -> None:
    page = "interface Gi1\n description to core#show me\nend\n"
    assert clean(page, "show running-config") == page


@given(st.text(st.characters(codec="ascii", exclude_characters="\r\x08\x1b\x00\x07#>-"), max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    "text",
    [
        "          ^\n% Invalid input detected at '^' marker.\n",
        "% Incomplete command.\n",
        '% Ambiguous command:  "show i"\n',
        "                ^\n% Invalid command at '^' marker.\n",
        "ERROR: % Invalid input detected at '^' marker.\n",
        "Syntax error while parsing 'show nonsense'\n",
    ],
)
def test_a_command_that_the_device_lacks_is_recognised(text: str) -> None:
    assert unknown(text)
    assert not forbidden(text)


@pytest.mark.parametrize("text", ["% Authorization failed.\n", "Command authorization failed.\n", "% Permission denied for the role\n"])
def test_a_command_that_the_account_may_not_give_is_recognised(text: str) -> None:
    assert forbidden(text)


def test_a_page_that_speaks_of_such_words_is_no_refusal() -> None:
    page = "%SYS-5-CONFIG: configured\n" + "line of a log\n" * 60 + "% Invalid input detected\n"
    assert not unknown(page)
    assert not forbidden("x" * 500 + "% authorization failed")


@pytest.mark.parametrize(
    "text", [" " * 50_000, "\t" * 50_000, f"a{' ' * 50_000}b", "-- " * 20_000, "x\x08" * 20_000, "x" * 20_000 + "\x08" * 20_000]
)
def test_a_page_made_to_waste_time_wastes_none(text: str) -> None:
    before = time.perf_counter()
    assert len(max(clean(text).split("\n"), key=len)) <= max(202, len(text.strip()) if "-" in text else 0)
    assert time.perf_counter() - before < 1
