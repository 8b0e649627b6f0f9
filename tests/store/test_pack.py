"""Packing loses nothing, whatever the values are."""

import math

from hypothesis import given
from hypothesis import strategies as st

from healthd.store import _pack

NUMBERS = st.one_of(st.floats(), st.integers(-(2**70), 2**70), st.just(math.nan), st.integers(-10, 10), st.integers(0, 2**64 - 1))


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[tuple[float, ...]]]:
    codes = draw(st.text("iqd", min_size=1, max_size=12))
    fitting = {
        "i": st.one_of(st.just(math.nan), st.integers(-5, 5)),
        "q": st.one_of(st.just(math.nan), st.integers(0, 2**63)),
        "d": st.floats(),
    }
    row = st.one_of(st.tuples(*[fitting[code] for code in codes]), st.tuples(*[NUMBERS] * len(codes)), st.just(()))
    return codes, draw(st.lists(row, max_size=6))


def same(one: float, other: float) -> bool:
    return one == other or (math.isnan(one) and math.isnan(other))


@given(tables())
def test_every_row_comes_back_as_it_was(table: tuple[str, list[tuple[float, ...]]]) -> None:
    codes, rows = table
    packed = _pack.encode(codes, rows)
    back = [_pack.row(codes, coding, data) for coding, data in packed]
    assert len(back) == len(rows)
    for row, got in zip(rows, back, strict=True):
        assert len(row) == len(got)
        assert all(same(a, b) for a, b in zip(row, got, strict=True)), (row, got)


def test_fitting_rows_are_packed_and_not_written_out() -> None:
    rows = [(1, 2**62, 0.5), (math.nan, math.nan, math.nan), (-7, 0, math.inf)]
    assert [coding for coding, _ in _pack.encode("iqd", rows)] == [_pack.PACKED] * 3
    assert {len(data) for _, data in _pack.encode("iqd", rows)} == {20}
