"""A setting is within its bounds, or an error says its name, what was found and what is allowed."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.model.setting import Unfit, bound, check, chosen, formed


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    whole: int = bound(4, least=1, most=9)
    part: float = bound(2.0, above=0, most=60)
    word: str = chosen("a", "a", "b")
    key: str = formed("x", "no secret", lambda said: said == "x", secret=True)

    def __post_init__(self) -> None:
        check(self)


@given(whole=st.integers(-5, 15), part=st.floats(-1, 70))
def test_what_is_within_its_bounds_is_taken_and_nothing_else(whole: int, part: float) -> None:
    fits = 1 <= whole <= 9 and 0 < part <= 60
    try:
        Settings(whole=whole, part=part)
    except Unfit:
        assert not fits
    else:
        assert fits


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"whole": 10}, "whole: found 10; allowed: a whole number from 1 to 9"),
        ({"part": 0.0}, "part: found 0.0; allowed: a number above 0, at most 60"),
        ({"word": "c"}, "word: found 'c'; allowed: a, b"),
        ({"key": "geheim"}, "key: found something else; allowed: no secret"),
    ],
)
def test_a_mistake_says_its_name_what_was_found_and_what_is_allowed(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(Unfit) as caught:
        Settings(**wrong)  # type: ignore[arg-type]
    assert str(caught.value) == said
    assert str(caught.value.within("acme")) == f"acme.{said}"
