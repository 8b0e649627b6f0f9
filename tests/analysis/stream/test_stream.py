"""The stream of events: nothing is lost unseen, nothing counted twice, and what flaps is told thrice at most."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.stream.pairs import Flap, Swing, swing, troubles
from healthd.analysis.stream.same import Doubles, fingerprint, repeats, unheard
from healthd.analysis.stream.sequence import gaps
from healthd.model.event import Event

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def event(
    text: str = "x",
    *,
    after: float = 0,
    address: str = "10.0.0.1",
    at: datetime | None = None,
    kind: str = "",
    item: str = "",
    sequence: int | None = None,
) -> Event:
    return Event(
        device="sw1",
        received=NOW + after * SECOND,
        kind=kind,
        source="udp",
        text=text,
        address=address,
        at=at,
        item=item,
        sequence=sequence,
    )


def lines(*numbers: int) -> list[tuple[int, datetime]]:
    return [(number, NOW + n * SECOND) for n, number in enumerate(numbers)]


def test_a_jump_in_the_numbers_is_a_gap_with_its_times() -> None:
    (gap,) = gaps("sw1", lines(10, 11, 15, 16))
    assert (gap.lost, gap.after, gap.before) == (3, NOW + SECOND, NOW + 2 * SECOND)


def test_lines_that_overtook_each_other_are_no_gap() -> None:
    assert gaps("sw1", lines(10, 12, 11, 14, 13, 15)) == ()


def test_a_line_that_never_comes_stays_a_gap_though_others_are_late() -> None:
    assert [g.lost for g in gaps("sw1", lines(10, 13, 11, 14))] == [1]


def test_numbers_that_begin_again_are_a_restart_not_a_gap_of_billions() -> None:
    assert gaps("sw1", lines(50_000, 50_001, 1, 2, 3)) == ()


def test_numbers_that_wrap_go_on() -> None:
    assert gaps("sw1", lines(2**32 - 2, 2**32 - 1, 0, 1)) == ()


@given(st.integers(0, 2**31), st.sets(st.integers(1, 400)), st.integers(401, 500))
def test_as_many_are_lost_as_were_left_out(first: int, left_out: set[int], end: int) -> None:
    came = [n for n in range(end + 1) if n not in left_out]
    assert sum(g.lost for g in gaps("sw1", [(first + n, NOW + n * SECOND) for n in came])) == len(left_out)


def test_a_copy_over_another_relay_is_the_same_event() -> None:
    doubles = Doubles()
    stamp = NOW.replace(microsecond=123000)
    assert not doubles.is_double(event(at=stamp))
    assert doubles.is_double(event(at=stamp, address="10.0.0.2", after=40))
    assert fingerprint(event(at=stamp)) == fingerprint(event(at=stamp, address="10.0.0.2"))


def test_the_same_text_at_another_time_is_another_event() -> None:
    doubles = Doubles()
    assert not doubles.is_double(event(at=NOW.replace(microsecond=1000)))
    assert not doubles.is_double(event(at=NOW.replace(microsecond=2000)))


def test_without_a_time_of_its_own_the_same_way_repeats_and_another_way_copies() -> None:
    doubles = Doubles()
    assert not doubles.is_double(event())
    assert not doubles.is_double(event(after=1))
    assert doubles.is_double(event(after=2, address="10.0.0.2"))
    assert not doubles.is_double(event(after=60, address="10.0.0.1"))


def test_a_flood_does_not_make_it_grow() -> None:
    doubles = Doubles()
    for n in range(60_000):
        doubles.is_double(event(str(n)))
    assert len(doubles._seen) == 50_000


def test_repetitions_that_a_relay_counted_are_counted() -> None:
    assert repeats(event("last message repeated 17 times")) == 17
    assert repeats(event("Interface down")) == 0


def test_a_trouble_lasts_from_its_first_event_to_the_one_that_ends_it() -> None:
    story = [event(kind="interface.down", item="Gi1", after=n) for n in (0, 1)]
    story += [
        event(kind="interface.down", item="Gi2", after=2),
        event(kind="interface.up", item="Gi1", after=9),
        event(kind="interface.up", item="Gi9", after=10),
    ]
    ended, standing = troubles(story, {"interface.down": "interface.up"})
    assert (ended.item, ended.count, ended.until) == ("Gi1", 2, NOW + 9 * SECOND)
    assert (standing.item, standing.until) == ("Gi2", None)


def test_a_thousand_flaps_an_hour_are_told_three_times_and_the_end_is_true() -> None:
    state, told = Swing(), []
    for n in range(1000):
        state, say = swing(state, NOW + n * 3.6 * SECOND, "down" if n % 2 == 0 else "up")
        told += [say] if say else []
    for minute in range(60):
        state, say = swing(state, NOW + timedelta(hours=1, minutes=minute), None)
        told += [say] if say else []
    assert told.count("flapping") == told.count("settled") == 1
    assert len(told) <= 3 + Flap().start - 2
    assert (state.told, state.count) == ("up", 1000)


@given(st.lists(st.tuples(st.floats(0.5, 900), st.sampled_from(["up", "down"])), max_size=60))
def test_whatever_happened_the_last_word_is_the_final_state(steps: list[tuple[float, str]]) -> None:
    state, at, last = Swing(), NOW, ""
    for seconds, word in steps:
        at += seconds * SECOND
        last = word
        state, _ = swing(state, at, word)
    for _ in range(4):
        at += timedelta(minutes=6)
        state, _ = swing(state, at, None)
    assert not state.flapping
    assert state.told == last


def test_what_was_received_already_is_not_new_when_the_device_is_asked() -> None:
    kept = [event("port down", at=NOW), event("port down", at=NOW + 60 * SECOND)]
    asked = [event("port  down", at=NOW + SECOND), event("port down", at=NOW + 61 * SECOND), event("port down", at=NOW + 120 * SECOND)]
    assert unheard(asked, kept) == (asked[2],)


def test_a_message_of_several_lines_is_the_same_when_its_first_one_is_asked_for() -> None:
    whole = event("System restarted --\nCisco IOS Software, ISR Software\nCompiled Mon", at=NOW)
    assert unheard([event("System restarted --", at=NOW + SECOND)], [whole]) == ()


def test_a_line_said_twice_and_heard_once_is_new_once() -> None:
    assert len(unheard([event("x", at=NOW), event("x", at=NOW)], [event("x", at=NOW)])) == 1


def test_a_line_without_a_time_is_the_same_as_any_with_its_words() -> None:
    assert unheard([event("x"), event("x")], [event("x", at=NOW - 9999 * SECOND)]) == (event("x"),)


@given(said=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 500)), max_size=15))
def test_asking_twice_gives_nothing_new_the_second_time(said: list[tuple[str, int]]) -> None:
    asked = [event(text, at=NOW + n * SECOND) for text, n in said]
    assert unheard(asked, unheard(asked, [])) == ()
