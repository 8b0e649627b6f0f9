"""Rows pile up in memory of their own, however many there are."""

import pytest

from healthd.store._columns import SMALL, Heap


@pytest.mark.parametrize("size", [1, 1000, 70_000, 3 * SMALL])
def test_a_heap_holds_what_was_added_in_its_order_also_when_it_has_grown_many_times(size: int) -> None:
    heap, rows = Heap(), [bytes([n % 256]) * size for n in range(max(50, 4 * SMALL // size % 3000))]
    for row in rows:
        heap.add(row)
    assert bytes(heap.view()) == b"".join(rows)


def test_an_empty_heap_has_an_empty_view() -> None:
    assert bytes(Heap().view()) == b""
