"""The catalogue gives a line its class, also where one message carries another."""

from datetime import UTC, datetime

import pytest

from healthd.collectors.logs.classed import classed
from healthd.collectors.logs.syslog import Context, parse

CONTEXT = Context(received=datetime(2026, 11, 25, tzinfo=UTC))


@pytest.mark.parametrize(
    ("line", "mnemonic", "kind", "item"),
    [
        ("%IOSXE-6-PLATFORM: R0/0: cpp_cp: QFP:0.0 TS:01 %NAT-6-ADDR_ALLOC_FAILURE: Address allocation failed; pool 1 may be exhausted [2]", "PLATFORM", "nat.exhausted", "1"),
        ("%IOSXE-6-PLATFORM: R0/0: cpp_cp: %NEW-6-THING: not known", "PLATFORM", "kernel.line", ""),
        ("%NAT-6-ADDR_ALLOC_FAILURE: Address allocation failed; pool 1 may be exhausted", "ADDR_ALLOC_FAILURE", "nat.exhausted", "1"),
    ],
)  # fmt: skip
def test_a_message_that_carries_another_is_classed_by_the_one_inside(line: str, mnemonic: str, kind: str, item: str) -> None:
    event = classed(parse(line.encode(), CONTEXT))
    assert (event.mnemonic, event.kind, event.item) == (mnemonic, kind, item)


def test_a_line_without_a_tag_has_no_class() -> None:
    assert classed(parse(b"something else", CONTEXT)).kind == ""
