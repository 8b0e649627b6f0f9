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


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("%IOSXE-6-PLATFORM: %NAT-6-ADDR_ALLOC_FAILURE: Address allocation failed; pool 1 may be exhausted", "nat.exhausted"),
        ("%IOSXE-6-PLATFORM: Switch 1 R0/0: cpp_cp: %NAT-6-ADDR_ALLOC_FAILURE: Address allocation failed; pool 1 may be exhausted", "nat.exhausted"),
        ("%IOSXE-6-PLATFORM: SIP0: cpp_cp: QFP:0.0 Thread:055 TS:00000004578812 %NAT-6-ADDR_ALLOC_FAILURE: Address allocation failed; pool 1 may be exhausted", "nat.exhausted"),
        ("%IOSXE-3-PLATFORM: Switch 1 R0/0: kernel: [12345.678901] %NAT-6-ADDR_ALLOC_FAILURE: Address allocation failed; pool 1 may be exhausted", "nat.exhausted"),
        ("%IOSXE-3-PLATFORM: 1 R0/0: cpp_cp: %NAT-6-ADDR_ALLOC_FAILURE: Address allocation failed; pool 1 may be exhausted", "nat.exhausted"),
        ("%KERN-2-SYSTEM_MSG: <6>[12.3] %LINK-3-UPDOWN: Interface Gi1/0/1, changed state to down - kernel", "interface.down"),
        ("%KERN-3-SYSTEM_MSG: [12.345678] %LINK-3-UPDOWN: Interface Gi1/0/1, changed state to down - kernel", "interface.down"),
    ],
)  # fmt: skip
def test_the_message_inside_follows_what_the_carrier_says_of_its_origin(line: str, kind: str) -> None:
    assert classed(parse(line.encode(), CONTEXT)).kind == kind


FORGED = "%LINK-3-UPDOWN: Interface Gi1/0/1, changed state to down"


@pytest.mark.parametrize(
    ("line", "kind", "item"),
    [
        (f"%DAEMON-3-SYSTEM_MSG: error: PAM: Authentication failure for illegal user {FORGED} from 192.0.2.50 - dcos_sshd[123]", "login.failed", "192.0.2.50"),
        ("%AUTHPRIV-3-SYSTEM_MSG: pam_aaa:Authentication failed for user %PLATFORM-2-PS_FAIL: Power supply 1 from 192.0.2.50 - sshd[1]", "login.failed", "192.0.2.50"),
        (f"%SSH-5-SSH2_USERAUTH: User '{FORGED}' authentication for SSH2 Session from 192.0.2.50 (tty = 0) using crypto cipher 'aes256-ctr', hmac 'x' Failed", "login.failed", "192.0.2.50"),
        (f"%DAEMON-3-SYSTEM_MSG: {FORGED}", "daemon.line", ""),
        (f"%IOSXE-5-PLATFORM: R0/0: sshd: Invalid user {FORGED} from 192.0.2.50", "kernel.line", ""),
        (f"%KERN-3-SYSTEM_MSG: [12.3] usb 1-1: Product: {FORGED} - kernel", "kernel.line", ""),
        (f"%IOSXE_SESSION-5-ENDED: user {FORGED}", "iosxe-session.notice", ""),
    ],
)  # fmt: skip
def test_what_somebody_typed_does_not_choose_the_class(line: str, kind: str, item: str) -> None:
    event = classed(parse(line.encode(), CONTEXT))
    assert (event.kind, event.item) == (kind, item)


def test_a_line_without_a_tag_has_no_class() -> None:
    assert classed(parse(b"something else", CONTEXT)).kind == ""
