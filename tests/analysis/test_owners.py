"""Whose a neighbour's address is follows from who speaks to the other end of its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.owners import far_end, heard, identified
from healthd.model.observation import Neighbour
from healthd.model.poll import Poll
from tests.analysis.rules.story import NOW, Told, device, history


@pytest.mark.parametrize(
    ("address", "known", "owner"),
    [
        # a /30 and a /31, and their addresses of version 6
        ("10.0.0.2", {"a": {"10.0.0.2"}, "b": {"10.0.0.1"}}, "b"),
        ("10.0.0.4", {"a": {"10.0.0.4"}, "b": {"10.0.0.5"}}, "b"),
        ("2001:db8::2", {"a": {"2001:db8::2"}, "b": {"2001:db8::1"}}, "b"),
        # two lines to one device, and a line to each of two
        ("10.0.0.6", {"a": {"10.0.0.2", "10.0.0.6"}, "b": {"10.0.0.1", "10.0.0.5"}}, "b"),
        ("10.0.0.6", {"a": {"10.0.0.2", "10.0.0.6"}, "b": {"10.0.0.1"}, "c": {"10.0.0.5"}}, "c"),
        # who has a neighbour there himself is not there
        ("10.0.0.2", {"a": {"10.0.0.2"}, "b": {"10.0.0.1", "10.0.0.2"}}, None),
        ("10.0.0.2", {"a": {"10.0.0.2"}, "b": {"10.0.0.1"}, "c": {"10.0.0.1"}}, None),
        # more than two in one subnet: no line
        ("10.0.0.2", {"a": {"10.0.0.2", "10.0.0.3"}, "c": {"10.0.0.1"}}, None),
        # somebody else's, our own word alone, or no address at all
        ("198.51.100.1", {"a": {"198.51.100.1"}, "b": {"10.0.0.1"}}, None),
        ("10.0.0.2", {"a": {"10.0.0.2", "10.0.0.1"}}, None),
        ("0000.0000.0002", {"a": {"0000.0000.0002"}, "b": {"0000.0000.0001"}}, None),
        ("10.0.0.2", {}, None),
    ],
)
def test_whose_address_it_is(address: str, known: dict[str, set[str]], owner: str | None) -> None:
    assert far_end("a", address, {name: frozenset(those) for name, those in known.items()}) == owner


@given(st.ip_addresses(), st.sampled_from([(0, 1), (1, 2), (2, 3), (1, 0), (2, 1), (3, 2)]), st.sets(st.ip_addresses(v=4)))
def test_both_ends_of_every_line_are_found(address, ends: tuple[int, int], others: set) -> None:
    block = [type(address)(int(address) & ~3 | low) for low in range(4)]
    one, two = (str(block[end]) for end in ends)
    elsewhere = frozenset(str(other) for other in others if other not in block)
    known = {"a": frozenset({two}) | elsewhere, "b": frozenset({one}), "c": elsewhere}
    assert (far_end("a", two, known), far_end("b", one, known)) == ("b", "a")


def test_neighbours_that_are_lost_are_remembered_at_both_ends() -> None:
    past = history(
        Told(of=device("a"), rows={("ospf.neighbor.state", "10.0.0.2", "1"): ["full", "down", None]}),
        Told(of=device("b"), rows={("eigrp.neighbor.state", "10.0.0.1 Gi0/1", "1"): ["up", None, None], ("uptime", "", ""): [1, 2, 3]}),
    )
    assert heard(past) == {"a": {"10.0.0.2"}, "b": {"10.0.0.1"}}


def test_a_router_that_is_called_by_the_address_we_ask_it_at_is_known_at_all_its_addresses() -> None:
    def seen(remote: str, address: str, protocol: str = "ospf") -> Neighbour:
        return Neighbour(protocol=protocol, remote=remote, remote_address=address)

    rows = (
        seen("192.0.2.2", "10.0.0.2"),
        seen("192.0.2.1", "10.0.0.1"),
        seen("192.0.2.9", "10.0.0.9"),
        seen("192.0.2.2", "10.1.1.1", "cdp"),
    )
    poll = Poll(device="a", at=NOW, up=True, neighbours=rows)
    assert dict(identified([poll], {"192.0.2.1": "a", "192.0.2.2": "b"})) == {"10.0.0.2": "b"}
