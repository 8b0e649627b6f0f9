"""The lab's devices log what Cisco's devices log: every line of theirs is a message that the catalogue knows."""

from collections.abc import Mapping

import pytest

from healthd.catalogue.messages.read import match
from healthd.lab.messages import ROUTER, WORDINGS, Line

WORDS = {
    "item": "10.0.0.1", "short": "Gi1/0/1", "key": "0/1", "slot": "1", "member": "1", "serial": "FOC1", "pid": "C9300-48P", "value": 95, "crit": 90,
    "user": "noc", "reason": "Reload Command", "restart": "Version 17.9", "router": "10.0.0.2", "port": "Gi1", "asn": "65000",
}  # fmt: skip


@pytest.mark.parametrize("wording", [*WORDINGS.values(), ROUTER], ids=[*WORDINGS, "router"])
def test_every_line_is_a_message_of_the_catalogue(wording: Mapping[str, tuple[Line, ...]]) -> None:
    lines = [line for those in wording.values() for line in those]
    unknown = [f"{f}-{s}-{m}: {text}" for f, s, m, text in lines if match(f, s, m, text.format_map(WORDS)).message is None]
    assert lines
    assert unknown == []


@pytest.mark.parametrize(("begins", "ends"), [("psu/failed", "psu/ok"), ("fan/failed", "fan/ok"), ("temperature/high", "temperature/ok")])
@pytest.mark.parametrize("system", list(WORDINGS))
def test_what_begins_a_trouble_and_what_ends_it_are_about_the_same_thing(system: str, begins: str, ends: str) -> None:
    found = [match(f, s, m, text.format_map(WORDS)) for what in (begins, ends) for f, s, m, text in WORDINGS[system][what]]
    assert found[0].item.casefold() == found[1].item.casefold()
    assert found[0].message
    assert found[0].message.clears in ("", found[1].kind)
