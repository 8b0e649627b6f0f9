"""The listeners hand on every whole message once, count what they could not, and outlive hostile senders."""

import asyncio
import random
import socket
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from healthd.model.received import Received
from healthd.transports.syslog.bucket import Buckets
from healthd.transports.syslog.frames import BrokenStreamError, Frames
from healthd.transports.syslog.tcp import TcpListener, server_tls
from healthd.transports.syslog.udp import UdpListener


class Kept:
    """A sink that remembers."""

    def __init__(self) -> None:
        self.messages: list[Received] = []

    def __call__(self, batch: Sequence[Received]) -> None:
        self.messages.extend(batch)

    async def wait(self, number: int, seconds: float = 5) -> None:
        deadline = asyncio.get_running_loop().time() + seconds
        while len(self.messages) < number and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110 - a sink is a plain function
            await asyncio.sleep(0.02)


def send(port: int, messages: Sequence[bytes], source: str = "127.0.0.1") -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.bind((source, 0))
        for message in messages:
            sender.sendto(message, ("127.0.0.1", port))


async def test_every_datagram_comes_once_with_its_sender() -> None:
    kept = Kept()
    listener = UdpListener("udp", "127.0.0.1", 0, kept, delay=0.05)
    await listener.start()
    sent = [f"<189>{n}: message".encode() for n in range(5000)]
    await asyncio.to_thread(send, listener.port, sent, "127.9.9.9")
    await kept.wait(5000)
    await listener.stop()
    assert [m.data for m in kept.messages] == sent
    assert {m.address for m in kept.messages} == {"127.9.9.9"}
    assert (listener.counts.arrived, listener.counts.handed_on, listener.counts.lost) == (5000, 5000, 0)


async def test_what_the_kernel_dropped_is_counted_to_the_message() -> None:
    kept = Kept()
    listener = UdpListener("udp", "127.0.0.1", 0, kept, delay=0.05)
    await listener.start()
    assert listener._socket
    listener._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    send(listener.port, [b"x" * 500] * 2000)  # the loop cannot read meanwhile: the small buffer overflows
    await asyncio.sleep(0.3)
    await listener.stop()
    assert listener.counts.lost > 0
    assert len(kept.messages) + listener.counts.lost == 2000


async def test_a_flooding_source_costs_a_quiet_one_nothing() -> None:
    kept = Kept()
    listener = UdpListener("udp", "127.0.0.1", 0, kept, buckets=Buckets(rate=100, burst=200), delay=0.05)
    await listener.start()
    await asyncio.to_thread(send, listener.port, [b"flood"] * 3000, "127.0.0.66")
    await asyncio.to_thread(send, listener.port, [b"quiet"] * 50, "127.0.0.67")
    await asyncio.sleep(0.3)
    await listener.stop()
    assert sum(m.data == b"quiet" for m in kept.messages) == 50
    counts = listener.counts
    assert counts.suppressed_by == {"127.0.0.66": counts.suppressed}
    assert counts.handed_on + counts.suppressed == counts.arrived == 3050


@given(
    st.lists(
        st.binary(min_size=1, max_size=60).filter(lambda m: b"\n" not in m and m.strip(b"\r\n\0 ") == m and not m[:1].isdigit()),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
    st.booleans(),
)
def test_frames_come_out_whole_however_they_are_cut(messages: list[bytes], chance: random.Random, counted: bool) -> None:
    stream = b"".join(b"%d %s" % (len(m), m) if counted else m + b"\n" for m in messages)
    frames, got = Frames(), []
    while stream:
        cut = chance.randint(1, len(stream))
        got += frames.feed(stream[:cut])
        stream = stream[cut:]
    assert got == messages


@pytest.mark.parametrize("stream", [b"999999999999 <189>x", b"70000 <189>x", b"<189>" + b"x" * 70000])
def test_a_frame_that_claims_too_much_breaks_the_stream(stream: bytes) -> None:
    with pytest.raises(BrokenStreamError):
        Frames().feed(stream)


async def test_tcp_connections_that_drop_or_lie_harm_no_other() -> None:
    kept = Kept()
    listener = TcpListener("tcp", "127.0.0.1", 0, kept, per_address=5)
    await listener.start()
    for n in range(20):
        _, writer = await asyncio.open_connection("127.0.0.1", listener.port)
        writer.write(b"<189>%d: whole\n40 <189>half" % n if n % 2 else b"1000000000 lie")
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    await kept.wait(10)
    opened = [await asyncio.open_connection("127.0.0.1", listener.port) for _ in range(6)]
    assert await opened[5][0].read() == b""  # the sixth of one address is turned away
    await listener.stop()
    assert sorted(m.data for m in kept.messages) == sorted(b"<189>%d: whole" % n for n in range(1, 20, 2))
    assert listener.counts.turned_away == 1
    for _, writer in opened:
        writer.close()


def certificate(
    folder: Path, name: str, issuer: tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None = None
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key, title, now = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(title).issuer_name(issuer[0].subject if issuer else title).public_key(key.public_key())
    builder = (
        builder.serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    made = builder.sign(issuer[1] if issuer else key, hashes.SHA256())
    (folder / f"{name}.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / f"{name}.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made, key


async def test_tls_takes_senders_with_a_certificate_of_ours_and_no_others(tmp_path: Path) -> None:
    ours, other = certificate(tmp_path, "ours"), certificate(tmp_path, "other")
    certificate(tmp_path, "server", ours)
    certificate(tmp_path, "good", ours)
    certificate(tmp_path, "bad", other)
    kept = Kept()
    listener = TcpListener(
        "tls", "127.0.0.1", 0, kept, tls=server_tls(tmp_path / "server.pem", tmp_path / "server.key", tmp_path / "ours.pem")
    )
    await listener.start()
    for name in ("good", "bad", ""):
        client = ssl.create_default_context(cafile=tmp_path / "ours.pem")
        if name:
            client.load_cert_chain(tmp_path / f"{name}.pem", tmp_path / f"{name}.key")
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", listener.port, ssl=client, server_hostname="localhost")
            writer.write(b"9 <189>x: %d" % len(name))
            await writer.drain()
            writer.close()
            await asyncio.wait_for(reader.read(), 2)
        except (ssl.SSLError, OSError):
            assert name != "good"
    await kept.wait(1)
    await asyncio.sleep(0.1)
    await listener.stop()
    assert [m.data for m in kept.messages] == [b"<189>x: 4"]
