"""Whatever an event holds comes back exactly, also what is no text."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from healthd.model.event import Event
from healthd.store import _codec
from healthd.store._logged import pack, unpack
from healthd.store._moment import moment

NOW = datetime(2026, 3, 2, tzinfo=UTC)
words = st.text(max_size=20)
times = st.integers(10**15, 4 * 10**15).map(moment)
events = st.builds(
    Event, device=words, received=times, kind=words, source=st.sampled_from(["udp", "trap", "poll"]), at=st.none() | times, item=words,
    severity=st.none() | st.integers(0, 7), before=words, after=words, text=words, address=words, hostname=words, facility=words,
    mnemonic=words, location=words, sequence=st.none() | st.integers(0, 2**32), variables=st.lists(st.tuples(words, words), max_size=4).map(tuple),
    raw=st.binary(max_size=50),
)  # fmt: skip


@given(event=events)
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    assert unpack(pack(event)) == event


@given(event=events)
def test_the_same_event_gives_the_same_bytes(event: Event) -> None:
    assert pack(event) == pack(unpack(pack(event)))


def test_a_text_that_ends_the_line_is_kept_once() -> None:
    event = Event(device="sw1", received=NOW, kind="", source="udp", text="x" * 500, raw=b"<189>%SYS-5-CONFIG_I: " + b"x" * 500)
    assert unpack(pack(event)) == event
    assert len(pack(event)) < 700


def test_events_of_the_first_version_are_still_read() -> None:
    event = Event(device="sw1", received=NOW + timedelta(seconds=1), kind="psu.failed", source="udp", raw=b"\xff")
    assert unpack(_codec.pack(event)) == event
