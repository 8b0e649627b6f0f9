"""The survey: one question, a token instead of a login, one answer."""

from dataclasses import replace

import pytest

from healthd.desk import desk, survey
from healthd.errors import NotAllowed
from healthd.model.case import Case, Did, State
from healthd.store import keys
from tests.desk.desks import NOW, entry, opening

KEY = b"k" * 32
DETAILS = (("caller", "Li"), ("phone", "1"), ("email", "li@example.com"))


def closed() -> Case:
    number = desk.open_case(opening(), NOW, facts=DETAILS).number
    for did, facts in (
        (Did.ASSIGNED, {"engineer": "li.wei"}),
        (Did.ACKNOWLEDGED, {}),
        (Did.RESOLVED, {"reason": "replaced"}),
        (Did.CLOSED, {"agreed": "Li"}),
    ):
        case = desk.act(number, entry(did, **facts), now=NOW)
    return case


def test_a_token_says_its_case_however_it_is_typed() -> None:
    token = survey.signed("2611-0042", KEY)
    assert survey.meant(f"  {token.upper()}\n", KEY) == "2611-0042"


@pytest.mark.parametrize("forged", ["", "2611-0042", "2611-0042-aaaaaaaaaaaaaaaa", "-", "名-名"])
def test_a_token_that_healthd_did_not_make_is_refused(forged: str) -> None:
    with pytest.raises(NotAllowed, match="no token of a survey"):
        survey.meant(forged, KEY)


def test_a_token_of_another_case_or_another_key_is_refused() -> None:
    token = survey.signed("2611-0042", KEY)
    for forged, key in ((token.replace("0042", "0043"), KEY), (token, b"x" * 32)):
        with pytest.raises(NotAllowed):
            survey.meant(forged, key)


@pytest.mark.usefixtures("store")
def test_the_key_is_made_once_and_the_same_for_everybody() -> None:
    first = keys.signing("survey", NOW)
    assert len(first) == 32
    assert keys.signing("survey", NOW) == first == keys._make("survey", NOW)
    assert keys.signing("form", NOW) != first


@pytest.mark.usefixtures("store")
def test_an_answer_is_taken_once_and_only_of_a_closed_case() -> None:
    number = closed().number
    assert survey.answered(number, 5, NOW, comment=" quick ", who="Li").entries[-1].text == "quick"
    assert desk.found(number).state is State.SURVEYED
    with pytest.raises(NotAllowed):
        survey.answered(number, 1, NOW)
    other = desk.open_case(opening("t-2"), NOW).number
    with pytest.raises(NotAllowed):
        survey.answered(other, 5, NOW)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("mark", [0, 6, -1])
def test_a_mark_is_one_to_five(mark: int) -> None:
    number = closed().number
    with pytest.raises(NotAllowed, match="mark is 1"):
        survey.answered(number, mark, NOW)


@pytest.mark.parametrize(
    ("words", "mark", "comment"),
    [
        ("5", "5", ""),
        (" 4 / 5 \n", "4", ""),
        ("4分，很好", "4", "很好"),
        ("3 - slow\nbut friendly", "3", "slow\nbut friendly"),
        ("5/5 great", "5", "great"),
        ("2!\n\nRegards", "2", "Regards"),
    ],
)
def test_an_answer_by_mail_is_known_by_its_mark(words: str, mark: str, comment: str) -> None:
    said = entry(Did.NOTED, "li@example.com", text=f"Re: closed\n\n{words}")
    case = Case(number="2611-0001", opening=opening(), state=State.CLOSED, since=NOW, priority=opening().priority, version=1)
    found = survey.rated(case, said, words)
    assert (found.did, found.fact("mark"), found.text) == (Did.SURVEYED, mark, comment)
    assert survey.rated(replace(case, state=State.RESOLVED), said, words) == said


@pytest.mark.parametrize("words", ["", "5 devices are down again", "1.5", "55", "6", "0", "thanks, 5", "3com"])
def test_other_words_are_no_answer(words: str) -> None:
    said = entry(Did.NOTED, "li@example.com", text=words)
    case = Case(number="2611-0001", opening=opening(), state=State.CLOSED, since=NOW, priority=opening().priority, version=1)
    assert survey.rated(case, said, words) == said
