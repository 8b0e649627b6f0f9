"""The notifications and objects that the catalogue names are told apart, worded and judged."""

import re
from collections import Counter

import pytest

from healthd import modules
from healthd.catalogue import textual, traps
from healthd.catalogue.trap import Object, Trap, counted, plain
from healthd.collectors.traps.decode import _objects

TRAPS = [trap for member in modules.every(traps) for trap in member.TRAPS]
OBJECTS = [thing for member in modules.every(traps) for thing in member.OBJECTS]
OID = re.compile(r"[012](\.(0|[1-9]\d*)){5,}")
CLASS = re.compile(r"[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*")


def twice(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_no_two_notifications_share_a_name_or_an_oid() -> None:
    assert not twice([trap.name for trap in TRAPS])
    assert not twice([trap.oid for trap in TRAPS])
    assert not twice([re.sub(r"\.0(\.\d+)$", r"\1", trap.oid) for trap in TRAPS])


def test_no_two_objects_share_a_name_or_an_oid() -> None:
    assert not twice([thing.name for thing in OBJECTS])
    assert not twice([thing.oid for thing in OBJECTS])


def test_oids_are_numbers_between_dots() -> None:
    assert not [thing.name for thing in (*TRAPS, *OBJECTS) if not OID.fullmatch(thing.oid)]


def test_no_object_lies_below_another_one() -> None:
    """Else the rows of the upper one would be taken for the lower one."""
    known = _objects()
    below = [(name.name, oid) for oid, name in known.items() if any(oid.startswith(f"{other}.") for other in known if other != oid)]
    assert below == []


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_a_notification_is_judged_by_words_its_objects_have(trap: Trap) -> None:
    by_name = {thing.name: thing for thing in _objects().values()}
    assert 0 <= trap.severity <= 7
    assert CLASS.fullmatch(trap.kind)
    assert not trap.item or trap.item in by_name
    assert bool(trap.state) == bool(trap.good) == bool(trap.eased)
    if trap.state:
        assert trap.good < set(by_name[trap.state].words.values())
        assert CLASS.fullmatch(trap.eased)
        assert trap.eased != trap.kind


@pytest.mark.parametrize("thing", [thing for thing in OBJECTS if thing.words], ids=lambda thing: thing.name)
def test_words_are_words_and_none_stands_for_two_numbers(thing: Object) -> None:
    assert not twice(list(thing.words.values()))
    assert all(re.fullmatch(r"[\w./-]+", word) for word in thing.words.values())


def test_words_are_counted_from_the_first_number() -> None:
    assert counted("true false") == {1: "true", 2: "false"}
    assert counted("no yes", 0) == {0: "no", 1: "yes"}


def test_objects_without_words_are_listed_below_their_root() -> None:
    assert plain("1.3.6", "one 1, two 2.4") == (Object(name="one", oid="1.3.6.1"), Object(name="two", oid="1.3.6.2.4"))


def test_types_of_ports_follow_the_register() -> None:
    """A word left out would move all that follow it."""
    numbers = {6: "ethernetCsmacd", 24: "softwareLoopback", 53: "propVirtual", 131: "tunnel", 135: "l2vlan", 161: "ieee8023adLag"}
    numbers |= {166: "mpls", 209: "bridge", 272: "vmwareNicTeam", 277: "docsOfdmDownstream", 296: "microwaveRadioLinkTerminal"}
    assert {number: textual.IF_TYPE[number] for number in numbers} == numbers
