"""The message catalogue holds together: every entry explains itself and knows its own example, and no other does."""

from collections import Counter
from datetime import UTC, datetime
from itertools import cycle, islice
from time import thread_time

import pytest

from healthd import modules, platforms
from healthd.catalogue.messages.read import Message, entries, match
from healthd.collectors.logs.syslog import Context, parse

ENTRIES = list(entries())
CONTEXT = Context(received=datetime(2026, 1, 1, tzinfo=UTC))


def named(message: Message) -> str:
    return f"{message.file}:{message.tag}:{message.kind}"


@pytest.mark.parametrize("message", ENTRIES, ids=named)
def test_the_example_is_read_as_its_own_entry(message: Message) -> None:
    event = parse(message.example.encode(), CONTEXT)
    found = match(event.facility, event.severity, event.mnemonic, event.text)
    assert found.message is message, f"{message.example!r} is read as {found.message and named(found.message)}"


@pytest.mark.parametrize("message", ENTRIES, ids=named)
def test_an_entry_names_known_platforms_and_its_source(message: Message) -> None:
    assert message.platforms
    assert set(message.platforms) <= set(modules.names(platforms))
    assert message.source
    noun, _, happened = message.kind.partition(".")
    assert noun
    assert happened


def test_every_class_that_clears_another_is_one_that_some_message_has() -> None:
    kinds = {message.kind for message in ENTRIES}
    missing = {(named(message), message.clears) for message in ENTRIES if message.clears and message.clears not in kinds}
    assert not missing


def test_no_two_entries_are_the_same_message() -> None:
    twice = [key for key, number in Counter((m.tag, m.pattern, m.kind) for m in ENTRIES).items() if number > 1]
    assert not twice
    plain = [tag for tag, number in Counter(m.tag for m in ENTRIES if not m.pattern).items() if number > 1]
    assert not plain


@pytest.mark.parametrize("message", ENTRIES, ids=named)
def test_a_pair_is_closed_by_a_message_of_the_same_platform_about_the_same_thing(message: Message) -> None:
    """Raise and clear must take the same item out of their lines, or the stream would never join them."""
    if message.clears:
        enders = [each for each in ENTRIES if each.kind == message.clears and set(each.platforms) & set(message.platforms)]
        assert item(message) in {item(each) for each in enders}


def item(message: Message) -> str:
    return (message.variables(parse(message.example.encode(), CONTEXT).text) or {}).get("item", "").casefold()


def test_no_class_is_ended_by_two_classes() -> None:
    ends: dict[str, set[str]] = {}
    for message in ENTRIES:
        if message.clears:
            ends.setdefault(message.kind, set()).add(message.clears)
    assert not {kind: those for kind, those in ends.items() if len(those) > 1}


HOSTILE = ("(", ")", "()", "[", "9", "9 ", "1.", " ", ",", "x, ", "a", "a ", ":", "/", "'", '"', "=", "<", "-> ", "%")


@pytest.mark.parametrize("message", [each for each in ENTRIES if each.pattern], ids=named)
def test_no_line_keeps_a_pattern_busy(message: Message) -> None:
    """A pattern's time may grow with the square of a line (10 ms for 900 characters), not with its cube (0.6 s)."""
    text = parse(message.example.encode(), CONTEXT).text
    pieces = (*HOSTILE, *(f"{text[: len(text) * part // 5]} " for part in range(1, 6)))
    for piece in pieces:
        start = thread_time()
        message.variables("".join(islice(cycle(piece), 900)) + "\n")
        assert thread_time() - start < 0.25, f"{message.pattern!r} on many {piece!r}"


def test_no_length_of_a_line_keeps_the_catalogue_busy() -> None:
    start = thread_time()
    for piece in HOSTILE:
        match("PLATFORM", 4, "ELEMENT_WARNING", piece * 20_000)
    assert thread_time() - start < 1.5


def test_the_only_entry_of_a_tag_is_taken_in_any_words() -> None:
    assert match("PLATFORM_ENV", 1, "DUAL_PWR", "in words of another release").kind == "psu.changed"


def test_a_message_without_an_entry_falls_back_to_facility_and_severity() -> None:
    assert match("NEW_THING", 2, "BROKEN", "x").kind == "new-thing.critical"
