"""The search for circular garbage waits for the right moment, and then is made."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from healthd.daemon import garbage


class Knot:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave the search as it was."""
    kept = gc.get_threshold()
    yield
    gc.set_threshold(*kept)
    gc.unfreeze()


def aged() -> "weakref.ref[Knot]":
    """Return a knot of the old generation that nobody holds any more."""
    knot = Knot()
    gc.collect()
    return weakref.ref(knot)


def test_a_knot_goes_when_the_last_heavy_work_is_done() -> None:
    with garbage.heavy():
        with garbage.heavy():
            gone = aged()
        assert gone() is not None, "somebody still has much in memory"
    assert gone() is None


def test_heavy_work_that_fails_is_done_too() -> None:
    with pytest.raises(ZeroDivisionError), garbage.heavy():
        1 / 0  # noqa: B018 - it is to fail
    with garbage.heavy():
        gone = aged()
    assert gone() is None


def test_after_the_start_old_ones_are_searched_by_us_alone() -> None:
    garbage.settle()
    gone = aged()
    many = [[n] for n in range(500_000)]
    assert gone() is not None
    del many
    with garbage.heavy():
        pass
    assert gone() is None


def test_a_process_that_ends_soon_searches_for_nothing_while_it_works_and_passes_over_all_behind_it() -> None:
    begun = gc.get_freeze_count()
    with garbage.paused():
        assert not gc.isenabled()
        there = [[n] for n in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= begun + len(there)
