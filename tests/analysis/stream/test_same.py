"""Which lines of a buffer are new: those that were not in it before, however they stand in it now."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.stream.same import added, mark
from healthd.model.event import Event

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def line(raw: str, at: datetime | None = None, source: str = "cli") -> Event:
    return Event(device="sw1", received=NOW, at=at, kind="", source=source, text=raw, raw=raw.encode())


def test_a_printed_line_is_the_same_in_whatever_year_it_is_read() -> None:
    assert mark(line("Jan 10 08:00:00: x", at=NOW)) == mark(line("Jan 10 08:00:00: x", at=NOW - timedelta(days=365)))


def test_a_row_of_the_mib_is_told_from_others_by_its_time() -> None:
    before = [mark(line("%LINK-3-UPDOWN: down", at=NOW, source="clog"))]
    later = line("%LINK-3-UPDOWN: down", at=NOW + timedelta(hours=1), source="clog")
    assert added([later], before) == (later,)


@given(before=st.lists(st.sampled_from("abc")), gone=st.integers(0, 5), came=st.lists(st.sampled_from("abcd")))
def test_what_came_is_found_as_often_as_it_stands_there_more_than_before(before: list[str], gone: int, came: list[str]) -> None:
    now = [*before[gone:], *came]
    found = [event.text for event in added(map(line, now), [mark(line(each)) for each in before])]
    assert Counter(found) == Counter(now) - Counter(before)
