"""What an answer says is told in one line, and a wait that it asks for is one that can be meant."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.caseclient.wire import LONGEST_WAIT_S, Settings, Wire, wait, words

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@given(said=st.text())
def test_a_wait_is_none_or_between_nothing_and_an_hour(said: str) -> None:
    found = wait(said, NOW)
    assert found is None or 0 <= found <= LONGEST_WAIT_S


def test_a_wait_may_be_a_date() -> None:
    assert wait("Wed, 25 Nov 2026 08:02:00 GMT", NOW) == 120
    assert wait("Wed, 25 Nov 2026 07:00:00 GMT", NOW) == 0


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"message":"No permission"}', "No permission"),
        (b'{"error":{"message":"No Record found","detail":"x"},"status":"failure"}', "No Record found"),
        (b'{"error":"e","error_human":"for people"}', "for people"),
        (b'{"errorMessages":[],"errors":{"summary":"is required"}}', '{"summary": "is required"}'),
        (b'{"errorMessages":["one"],"errors":{}}', "['one']"),
        (b"<!DOCTYPE html><p>x", "a page for people"),
        (b"\xff\x00plain\n text", "\ufffd plain text"),
        (b"", ""),
    ],
)
def test_what_each_system_says_of_a_mistake_is_found(body: bytes, said: str) -> None:
    assert words(body) == said


@given(body=st.binary(max_size=2000))
def test_whatever_comes_is_one_line_of_few_characters(body: bytes) -> None:
    assert len(words(body)) <= 300
    assert words(body) == "" or words(body).isprintable()


def test_a_wire_shows_no_login() -> None:
    assert "secret" not in repr(Wire(Settings(url="https://desk.example.com"), {"Authorization": "secret"}))
