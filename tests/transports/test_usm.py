"""Reading the heads of SNMP messages: whatever comes, an answer or None; and keys as the RFC works them out."""

import contextlib
import hashlib
import hmac
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.lab import ber, pdu
from healthd.model.credential import SnmpUser
from healthd.model.secret import Secret
from healthd.transports import _gate, _usm

ENGINE = bytes.fromhex("000000000000000000000002")


@pytest.mark.parametrize(
    ("protocol", "localized"),
    [("md5", "526f5eed9fcce26f8964c2930787d82b"), ("sha1", "6695febc9288e36282235fc7151f128497b38f3f")],
)
def test_keys_are_those_of_rfc_3414_a_3(protocol: str, localized: str) -> None:
    made = _usm.keys("p", SnmpUser(user="u", auth=Secret("maplesyrup"), priv=None, auth_protocol=protocol))
    assert made.local(ENGINE).hex() == localized
    assert "maplesyrup" not in repr(made)


@pytest.mark.parametrize("protocol", ["sha224", "sha256", "sha384", "sha512"])
def test_keys_of_rfc_7860_follow_the_same_rule(protocol: str) -> None:
    password = b"authentication"
    master = hashlib.new(protocol, (password * (1_048_576 // len(password) + 1))[:1_048_576]).digest()
    made = _usm.keys("p", SnmpUser(user="u", auth=Secret(password.decode()), auth_protocol=protocol))
    assert made.local(ENGINE) == hashlib.new(protocol, master + ENGINE + master).digest()


def message(*, flags: int, engine: bytes, signature: bytes, body: bytes) -> bytes:
    who = ber.tlv(4, engine) + ber.integer(1) + ber.integer(2) + ber.tlv(4, b"u")
    security = ber.tlv(0x30, who + ber.tlv(4, signature) + ber.tlv(4, b""))
    head = ber.tlv(0x30, ber.integer(77) + ber.integer(65_507) + ber.tlv(4, bytes([flags])) + ber.integer(3))
    return ber.tlv(0x30, ber.integer(3) + head + ber.tlv(4, security) + body)


def test_a_signature_counts_only_where_it_stands_and_for_every_byte() -> None:
    key = os.urandom(32)
    scoped = ber.tlv(0x30, ber.tlv(4, ENGINE) + ber.tlv(4, b"") + pdu.response(77, b""))
    blank = message(flags=1, engine=ENGINE, signature=bytes(24), body=scoped)
    where = _usm.header(blank).signature  # type: ignore[union-attr]
    true = blank[: where.start] + hmac.digest(key, blank, "sha256")[:24] + blank[where.stop :]
    assert _usm.signed(true, where, key, "sha256")
    for place in range(len(true)):
        bad = bytearray(true)
        bad[place] ^= 0x40
        assert not _usm.signed(bytes(bad), where, key, "sha256")


@pytest.mark.parametrize("which", range(1, 7))
def test_a_report_is_known_by_its_object(which: int) -> None:
    body = pdu.response(77, pdu.binding((1, 3, 6, 1, 6, 3, 15, 1, 1, which, 0), ber.integer(9, 0x41)), tag=pdu.REPORT)
    scoped = ber.tlv(0x30, ber.tlv(4, ENGINE) + ber.tlv(4, b"") + body)
    head = _usm.header(message(flags=0, engine=ENGINE, signature=b"", body=scoped))
    assert head is not None
    assert (head.report, head.engine, head.flags) == (which, ENGINE, 0)
    assert which in _usm.CAUSES


@given(st.binary(max_size=300) | st.binary(max_size=60).map(lambda tail: message(flags=0, engine=ENGINE, signature=b"", body=tail)))
def test_any_bytes_are_a_head_or_none(datagram: bytes) -> None:
    assert _usm.header(datagram) is None or isinstance(_usm.header(datagram), _usm.Header)
    with contextlib.suppress(IndexError):
        assert isinstance(_gate.number(datagram), bytes)


@given(st.integers(0, 2**31 - 1), st.binary(max_size=20), st.booleans())
def test_the_number_of_a_question_is_found_in_both_versions(number: int, community: bytes, three: bool) -> None:
    if three:
        head = ber.tlv(0x30, ber.integer(number) + ber.integer(65_507) + ber.tlv(4, b"\7") + ber.integer(3))
        whole = ber.tlv(0x30, ber.integer(3) + head + ber.tlv(4, community))
    else:
        whole = ber.tlv(0x30, ber.integer(1) + ber.tlv(4, community) + pdu.response(number, b""))
    assert int.from_bytes(_gate.number(whole), signed=True) == number
