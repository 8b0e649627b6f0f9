"""What is written on other desks can be found again, and says what is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.caseclient import wording
from healthd.model.case import Opening, Priority
from healthd.model.phrase import say
from tests.caseclient.cases import opening


@given(token=st.text(min_size=1, max_size=60), name=st.text(min_size=1, max_size=60), text=st.text(max_size=300))
def test_the_mark_of_a_note_is_found_in_its_text_whatever_else_is_in_it(token: str, name: str, text: str) -> None:
    said = wording.marked(text, token, name)
    assert wording.mark(token, name) in wording.marks(said)
    assert wording.mark(token, name + "x") not in wording.marks(said)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Cisco SR 691234567 is open", "691234567"),
        ("sr# 691234567", "691234567"),
        ("已在思科开单，服务请求号 698000001。", "698000001"),
        ("Cisco TAC: 691234567.", "691234567"),
        ("call 612345678 for the key", ""),
        ("SR 6912345678", ""),
        ("SR 591234567", ""),
        ("Cisco\n691234567", ""),
    ],
)
def test_ciscos_number_is_read_where_a_word_beside_it_says_so(text: str, number: str) -> None:
    assert wording.cisco_number(text) == number


@given(text=st.text(), longest=st.integers(2, 200))
def test_a_line_is_one_line_of_at_most_so_much(text: str, longest: int) -> None:
    line = wording.one_line(text, longest)
    assert len(line) <= longest
    assert line.isprintable()


def test_a_text_is_cut_and_its_end_is_marked() -> None:
    long = wording.cut("x" * (wording.LONGEST_TEXT + 5))
    assert len(long) == wording.LONGEST_TEXT
    assert long.endswith("…")


def test_a_hundred_devices_are_told_by_number_and_the_first_fifty_by_name() -> None:
    said: Opening = opening(impact=tuple(f"sw{n}" for n in range(100))).opening
    text = wording.text(said, str)
    assert "(100)" in text
    assert "sw49 …" in text
    assert "sw50" not in text


def test_what_is_proposed_and_what_is_entitled_is_said() -> None:
    said = opening(proposed=True, priority=Priority.P1, entitlement=say("No contract covers it.")).opening
    text = wording.text(said, str)
    assert "P1, proposed (nothing left in reserve)" in text
    assert "Entitlement: No contract covers it" in text


def test_places_of_other_fields_are_fields_of_the_case_and_nothing_else() -> None:
    said = opening(serial="S1", site="").opening
    templates = {"a": "{serial} {priority}", "b": "{site}", "c": "{nothing}", "d": "{serial.__class__}", "e": "fixed"}
    assert wording.filled(templates, said) == {"a": "S1 P2", "d": "{serial.__class__}", "e": "fixed"}


def test_a_note_in_html_is_read_as_text() -> None:
    assert wording.plain("<p>a &amp; b</p><br>c<div>d</div>", "text/html") == "a & b\n\ncd"
    assert wording.plain("a < b", "text/plain") == "a < b"
