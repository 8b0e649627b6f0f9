"""Notifications of net-snmp's own tools are read; what is not signed right, comes again or makes no sense is refused, in words."""

import contextlib
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthd.errors import NotUnderstood, Refused
from healthd.model.credential import SnmpUser
from healthd.model.received import Notification, Received
from healthd.model.secret import Secret
from healthd.transports._trap3 import Clock
from healthd.transports.traps import Reader

LINK_DOWN = "1.3.6.1.6.3.1.1.5.3"
PORT_NAME, PORT_STATE = "1.3.6.1.2.1.2.2.1.2.7", "1.3.6.1.2.1.2.2.1.8.7"
BINDINGS = (PORT_NAME, "s", "Gi1/0/7", PORT_STATE, "i", "2")
USER = SnmpUser(user="healthd", auth=Secret("authpass123"), priv=Secret("privpass123"))
V3 = ("-v3", "-u", "healthd", "-l", "authPriv", "-a", "SHA-256", "-A", "authpass123", "-x", "AES", "-X", "privpass123")
ENGINE = ("-e", "0x8000000901020304")


@dataclass
class Post:
    """A socket that net-snmp's tools send to, and a reader of what they sent."""

    sock: socket.socket
    reader: Reader
    refused: list[str] = field(default_factory=list)

    def received(self) -> Received:
        data, (address, port) = self.sock.recvfrom(65535)
        return Received(datetime.now(UTC), "traps", address, data, "udp", port)

    def taken(self, tool: str, *words: str, tries: int = 1) -> tuple[Notification | None, int]:
        """Return what *tool* sent, read, and the tool's exit status; an inform is answered as it should be."""
        running = subprocess.Popen([tool, *words, f"127.0.0.1:{self.sock.getsockname()[1]}", "5", LINK_DOWN, *BINDINGS])
        found = None
        for _ in range(tries):
            message = self.received()
            try:
                found = self.reader.read(message)
            except (Refused, NotUnderstood) as error:
                self.refused.append(str(error))
                continue
            if found.answer:
                self.sock.sendto(found.answer, (message.address, message.port))
            break
        return found, running.wait(20)


@pytest.fixture
def post() -> Iterator[Post]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(10)
        yield Post(sock, Reader(users={"healthd": USER}, reply=lambda m, octets: sock.sendto(octets, (m.address, m.port)) and None))


def about(found: Notification | None) -> tuple[object, ...]:
    assert found
    values = dict(found.variables)
    return found.version, found.oid, values[PORT_NAME], values[PORT_STATE]


def test_a_version_2_trap_is_read(post: Post) -> None:
    found, _ = post.taken("snmptrap", "-v2c", "-c", "public")
    assert about(found) == (2, LINK_DOWN, b"Gi1/0/7", 2)


def test_a_version_1_trap_gets_the_name_of_version_2(post: Post) -> None:
    where = f"127.0.0.1:{post.sock.getsockname()[1]}"
    special = ("snmptrap", "-v1", "-c", "public", where, "1.3.6.1.4.1.9.9.43.2", "127.0.0.9", "6", "1", "5", *BINDINGS)
    generic = ("snmptrap", "-v1", "-c", "public", where, "1.3.6.1.4.1.9.1.1", "127.0.0.9", "2", "0", "5", *BINDINGS)
    names = []
    for words in (special, generic):
        subprocess.run(words, check=True, timeout=20)
        names.append(post.reader.read(post.received()).oid)
    assert names == ["1.3.6.1.4.1.9.9.43.2.0.1", LINK_DOWN]


def test_an_inform_is_content_with_our_answer(post: Post) -> None:
    found, status = post.taken("snmpinform", "-v2c", "-c", "public", "-r", "0", "-t", "10")
    assert (about(found)[1], status) == (LINK_DOWN, 0)


def test_a_signed_and_encrypted_trap_is_read_from_an_engine_never_met(post: Post) -> None:
    found, _ = post.taken("snmptrap", *V3, *ENGINE)
    assert about(found) == (3, LINK_DOWN, b"Gi1/0/7", 2)
    assert found
    assert found.user == "healthd"


def test_a_signed_inform_finds_out_our_engine_and_is_confirmed(post: Post) -> None:
    found, status = post.taken("snmpinform", *V3, "-r", "3", "-t", "5", tries=4)
    assert (about(found)[1], status) == (LINK_DOWN, 0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([w.replace("authpass123", "wrongpass1") for w in V3], "another password"),
        ([w.replace("privpass123", "wrongpass1") for w in V3], "another password"),
        ([w.replace("healthd", "mallory") for w in V3], "unknown user 'mallory'"),
        (["-v3", "-u", "healthd", "-l", "noAuthNoPriv"], "less security"),
        (["-v3", "-u", "healthd", "-l", "authNoPriv", "-a", "SHA-256", "-A", "authpass123"], "less security"),
    ],
)
def test_what_is_not_signed_and_encrypted_as_agreed_is_refused(post: Post, words: list[str], said: str) -> None:
    found, _ = post.taken("snmptrap", *words, *ENGINE)
    assert found is None
    assert said in post.refused[0]


def test_a_message_from_before_the_window_is_a_replay(post: Post) -> None:
    where = f"127.0.0.1:{post.sock.getsockname()[1]}"
    subprocess.run(["snmptrap", *V3, *ENGINE, where, "5", LINK_DOWN], check=True, timeout=20)
    old = post.received()
    assert post.reader.read(old).oid == LINK_DOWN
    engine = post.reader._engine
    assert engine
    ((sender, known),) = engine._clocks.items()
    engine._clocks[sender] = Clock(known.boots, known.time + 151, known.heard)
    with pytest.raises(Refused, match="replayed"):
        post.reader.read(old)
    engine._clocks[sender] = Clock(known.boots + 1, 0, known.heard)
    with pytest.raises(Refused, match="replayed"):
        post.reader.read(old)


def test_communities_may_be_limited(post: Post) -> None:
    post.reader.communities = {"secret"}
    found, _ = post.taken("snmptrap", "-v2c", "-c", "public")
    assert found is None
    assert post.refused == ["unknown community"]


def test_a_request_is_no_notification(post: Post) -> None:
    where = f"127.0.0.1:{post.sock.getsockname()[1]}"
    asking = subprocess.Popen(
        ["snmpget", "-v2c", "-c", "public", "-r", "0", "-t", "0.1", where, "1.3.6.1.2.1.1.1.0"], stderr=subprocess.DEVNULL
    )
    with pytest.raises(NotUnderstood):
        post.reader.read(post.received())
    asking.wait(20)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cut=st.integers(0, 200),
    flips=st.lists(st.tuples(st.integers(0, 199), st.integers(0, 255)), max_size=4),
    version=st.sampled_from([2, 3]),
)
def test_damaged_messages_are_refused_in_words_or_read(post: Post, cut: int, flips: list[tuple[int, int]], version: int) -> None:
    data = bytearray(_sample(post, version))
    for place, value in flips:
        data[place % len(data)] = value
    message = Received(datetime.now(UTC), "traps", "127.0.0.1", bytes(data[: len(data) - cut]))
    with contextlib.suppress(NotUnderstood, Refused):
        assert isinstance(post.reader.read(message), Notification)


_samples: dict[int, bytes] = {}


def _sample(post: Post, version: int) -> bytes:
    if version not in _samples:
        words = V3 + ENGINE if version == 3 else ("-v2c", "-c", "public")
        subprocess.run(["snmptrap", *words, f"127.0.0.1:{post.sock.getsockname()[1]}", "5", LINK_DOWN, *BINDINGS], check=True, timeout=20)
        _samples[version] = post.received().data
    return _samples[version]
