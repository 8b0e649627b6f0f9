"""What the queue gives out is understood in every placement, and nothing makes the reader stumble."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.caseclient.cisco import heard

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x), max_leaves=8
)
NAMES = ("CustCallID", "SPCallID", "Remarks", "CallStates", "ExtTableValues", "CCP", "Priorities", "Severities", "Solution")


def said(*, inside: bool, **calls: object) -> str:
    beside = {"CallStates": {"ShortName": "Update", "Name": "Updated"}, "ExtTableValues": {"Field107": "RMA801934965"}}
    calls = {"CustCallID": "2611-0042", "SPCallID": "692072147", **calls}
    return json.dumps({"Calls": {**calls, **beside}} if inside else {"Calls": calls, **beside})


@pytest.mark.parametrize("inside", [True, False])
def test_both_placements_say_the_same(inside: bool) -> None:
    found = heard.read(said(inside=inside, Remarks="hello"), NOW)
    assert found is not None
    assert (found.call, found.sr, found.state, found.status, found.rma, found.text) == (
        "2611-0042", "692072147", "Update", "Updated", "801934965", "hello",
    )  # fmt: skip


def test_an_empty_group_inside_hides_none_that_stands_beside() -> None:
    raw = json.dumps({"Calls": {"CustCallID": "1", "CallStates": {}, "ExtTableValues": {}}, "CallStates": {"ShortName": "Closed"}})
    found = heard.read(raw, NOW)
    assert found is not None
    assert found.state == "Closed"


@pytest.mark.parametrize(
    ("remarks", "text", "errors"),
    [
        ("note", "note", ()),
        ([{"errorMessage": "bad serial", "errorCode": "E1"}, {"errorMessage": "more"}], "", ("bad serial (E1)", "more")),
        ({"errorMessage": "alone", "errorCode": 7}, "", ("alone (7)",)),
        ([], "", ()),
        ([{}], "", ("an error without words",)),
        (["plain"], "", ("plain",)),
        (None, "", ()),
        (7, "7", ()),
    ],
)
def test_remarks_are_a_text_or_errors(remarks: object, text: str, errors: tuple[str, ...]) -> None:
    found = heard.read(json.dumps({"Calls": {"CustCallID": "1", "Remarks": remarks}}), NOW)
    assert found is not None
    assert (found.text, found.errors) == (text, errors)


@pytest.mark.parametrize(
    ("note", "number"),
    [
        ("RMA 801934965 was created", "801934965"),
        ("RMA#: 801934965", "801934965"),
        ("Your service order number 801934965", "801934965"),
        ("SVO: 801934965.", "801934965"),
        ("see 801934965", ""),
        ("RMA will follow; call 85212345678 please", ""),
    ],
)
def test_a_return_s_number_is_found_in_words(note: str, number: str) -> None:
    found = heard.read(json.dumps({"Calls": {"CustCallID": "1", "Remarks": note}}), NOW)
    assert found is not None
    assert found.rma == number


@pytest.mark.parametrize("email", ["Email", "EMail"])
def test_keys_that_differ_between_the_directions_are_both_read(email: str) -> None:
    raw = json.dumps({"Calls": {"CustCallID": "1", "CCP": {"FirstName": "Max", "LastName": "M", email: "m@cisco.com"}}})
    found = heard.read(raw, NOW)
    assert found is not None
    assert found.who == "Max M <m@cisco.com>"


def test_credentials_are_blanked_in_whole_and_in_broken_messages() -> None:
    raw = '{"ExtTableValues": {"Field80": "cxd.cisco.com", "Field81" : "To\\"ken42", "Field82": "4102444800"}, "Calls": {"SPCallID": "692072147"'
    assert "ken42" not in heard.masked(raw)
    assert "Live42" not in heard.masked("Username: 1\nPassword: Live42\nToken = Live42")
    whole = raw + "}}"
    found = heard.upload(whole)
    assert found is not None
    assert (found.sr, found.host, found.token.reveal(), found.until) == ("692072147", "cxd.cisco.com", 'To"ken42', 4102444800.0)
    assert heard.upload(heard.masked(whole)) is None
    assert heard.mark(whole) != ""


def test_the_same_message_has_one_mark_wherever_its_groups_stand_and_another_one_has_another() -> None:
    assert heard.mark(said(inside=True, Remarks="a")) == heard.mark(said(inside=False, Remarks="a"))
    assert heard.mark(said(inside=True, Remarks="a")) != heard.mark(said(inside=True, Remarks="b"))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2019-05-02T18:20:43.000+0000", datetime(2019, 5, 2, 18, 20, 43, tzinfo=UTC)),
        ("2019-05-02T18:20:43.000+0800", datetime(2019, 5, 2, 10, 20, 43, tzinfo=UTC)),
        ("2022-04-01 10:20:00", datetime(2022, 4, 1, 10, 20, tzinfo=UTC)),
        ("10/08/2021 08:20", datetime(2021, 10, 8, 8, 20, tzinfo=UTC)),
        ("soon", None),
    ],
)
def test_three_ways_to_write_a_moment(text: str, at: datetime | None) -> None:
    assert heard.moment(text) == at


@given(st.text() | JSON.map(json.dumps) | st.dictionaries(st.sampled_from(NAMES), JSON).map(lambda d: json.dumps({"Calls": d})))
def test_no_text_makes_the_reader_stumble(raw: str) -> None:
    found = heard.read(raw, NOW)
    assert found is None or found.call
    heard.masked(raw)
    heard.upload(raw)
    assert heard.mark(raw)


def test_nesting_without_end_is_no_message() -> None:
    assert heard.read("[" * 100_000, NOW) is None
