"""SSH sessions with real servers: strict about keys, patient within bounds, and deaf to whatever is no answer."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import ClassVar

import asyncssh
import paramiko
import pytest

from healthd.errors import HostKeyMismatch, NotUnderstood, Refused, TimedOut, Unreachable
from healthd.model.credential import SshLogin
from healthd.model.device import Device
from healthd.model.request import Show
from healthd.model.secret import Secret
from healthd.transports import known_hosts
from healthd.transports.ssh import Settings, Ssh

QUICK = Settings(connect=3, command=3, session=8, octets=200_000)
VERSION = Show("show version")
CANARY = "canary-pass-9"


class Seen(asyncssh.SSHServer):
    """A server that remembers the passwords it was given."""

    passwords: ClassVar[list[str]] = []

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        Seen.passwords.append(password)
        return password == CANARY


Behaviour = Callable[[asyncssh.SSHServerProcess[bytes], str], "asyncio.Future[None] | object"]


async def cisco(process: asyncssh.SSHServerProcess[bytes], answer: Callable[[str], bytes]) -> None:
    """Behave like an IOS CLI that echoes and prompts."""
    process.stdout.write(b"\r\nsw1#")
    buffer = b""
    while True:
        piece = await process.stdin.read(256)
        if not piece:
            return
        buffer += piece
        while b"\n" in buffer or b"\r" in buffer:
            line, _, buffer = buffer.replace(b"\r", b"\n").partition(b"\n")
            command = line.decode("latin-1").strip()
            process.stdout.write(line + b"\r\n" + (answer(command) if command else b"") + b"\r\nsw1#")


@asynccontextmanager
async def server(
    handler: Callable[[asyncssh.SSHServerProcess[bytes]], object],
    tmp_path: Path,
    *,
    trusted: bool = True,
    key: str = "ssh-ed25519",
    **algorithms: list[str],
) -> AsyncIterator[tuple[Ssh, Device]]:
    Seen.passwords = []
    listener = await asyncssh.create_server(
        Seen,
        "127.0.0.1",
        0,
        server_host_keys=[asyncssh.generate_private_key(key)],
        process_factory=handler,
        encoding=None,
        line_editor=False,
        **algorithms,
    )
    port = listener.get_port()
    hosts = tmp_path / "known_hosts"
    if trusted:
        known_hosts.accept(hosts, "127.0.0.1", port, await asyncio.to_thread(known_hosts.offered, "127.0.0.1", port))
    ssh = Ssh({"lab": SshLogin(username="healthd", password=Secret(CANARY))}, QUICK, hosts, {"ios": "cisco_ios"})
    try:
        yield ssh, Device(name="sw1", customer="a", address="127.0.0.1", ssh_port=port, ssh="lab", platform="ios")
    finally:
        ssh.close()
        listener.close()
        await listener.wait_closed()


def plain(text: bytes) -> Callable[[asyncssh.SSHServerProcess[bytes]], object]:
    return lambda process: cisco(process, lambda command: text if command.startswith("show") else b"")


async def test_a_command_gives_its_text(tmp_path: Path) -> None:
    async with server(plain(b"Cisco IOS Software, Version 15.2(7)E3\r\nuptime is 3 weeks"), tmp_path) as (ssh, device):
        found = await ssh.ask(device, {VERSION, Show("show clock")})
    assert "Version 15.2(7)E3" in (found.text(VERSION) or "")
    assert set(found.shows) == {VERSION, Show("show clock")}


async def test_an_unknown_host_key_ends_it_before_a_password_is_sent(tmp_path: Path) -> None:
    async with server(plain(b"x"), tmp_path, trusted=False) as (ssh, device):
        with pytest.raises(HostKeyMismatch, match="healthd device trust sw1"):
            await ssh.ask(device, {VERSION})
    assert Seen.passwords == []


async def test_a_changed_host_key_ends_it_before_a_password_is_sent(tmp_path: Path) -> None:
    async with server(plain(b"x"), tmp_path) as (ssh, device):
        other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().split()
        known_hosts.accept(ssh.hosts, device.address, device.ssh_port, known_hosts.HostKey(kind=other[0], text=other[1]))
        with pytest.raises(HostKeyMismatch, match="has changed; no password was sent"):
            await ssh.ask(device, {VERSION})
    assert Seen.passwords == []


async def test_a_key_of_another_kind_is_a_changed_key(tmp_path: Path) -> None:
    async with server(plain(b"x"), tmp_path, trusted=False, key="ssh-rsa") as (ssh, device):
        other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().split()
        known_hosts.accept(ssh.hosts, device.address, device.ssh_port, known_hosts.HostKey(kind=other[0], text=other[1]))
        with pytest.raises(HostKeyMismatch, match="has changed; no password was sent"):
            await ssh.ask(device, {VERSION})
    assert Seen.passwords == []


OLD = [
    ("diffie-hellman-group1-sha1", "3des-cbc", "hmac-sha1"),
    ("diffie-hellman-group14-sha1", "aes128-cbc", "hmac-sha1"),
    ("diffie-hellman-group-exchange-sha1", "aes256-cbc", "hmac-md5"),
]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("kex", "cipher", "mac"), OLD)
async def test_the_algorithms_of_old_ios_are_spoken_or_their_lack_is_told(tmp_path: Path, kex: str, cipher: str, mac: str) -> None:
    """What IOS 12.2 to 15.2 offers; a paramiko of 5.0 or later has unlearned SHA-1."""
    old = {"kex_algs": [kex], "encryption_algs": [cipher], "mac_algs": [mac], "signature_algs": ["ssh-rsa"]}
    async with server(plain(b"Version 12.2(55)SE10"), tmp_path, trusted=False, key="ssh-rsa", **old) as (ssh, device):
        if kex not in paramiko.Transport._preferred_kex:
            with pytest.raises(NotUnderstood, match=r"no algorithm in common .* old IOS speaks SHA-1 only"):
                await asyncio.to_thread(known_hosts.offered, device.address, device.ssh_port)
            known_hosts.accept(ssh.hosts, device.address, device.ssh_port, known_hosts.HostKey(kind="ssh-rsa", text="AAAA"))
            with pytest.raises(NotUnderstood, match=r"sw1: .* no algorithm in common"):
                await ssh.ask(device, {VERSION})
            return
        key = await asyncio.to_thread(known_hosts.offered, device.address, device.ssh_port)
        known_hosts.accept(ssh.hosts, device.address, device.ssh_port, key)
        assert "12.2(55)SE10" in ((await ssh.ask(device, {VERSION})).text(VERSION) or "")


async def test_looking_at_a_key_sends_no_password_and_shows_the_servers_fingerprint(tmp_path: Path) -> None:
    async with server(plain(b"x"), tmp_path, trusted=False) as (_, device):
        key = await asyncio.to_thread(known_hosts.offered, device.address, device.ssh_port)
        assert key.fingerprint.startswith("SHA256:")
        known_hosts.accept(tmp_path / "kh", device.address, device.ssh_port, key)
        assert known_hosts.accepted(tmp_path / "kh", device.address, device.ssh_port) == (key,)
    assert Seen.passwords == []


async def test_a_refused_login_is_tried_once_and_told_without_the_password(tmp_path: Path) -> None:
    async with server(plain(b"x"), tmp_path) as (ssh, device):
        ssh._credentials = {"lab": SshLogin(username="healthd", password=Secret("wrong-canary"))}  # type: ignore[dict-item]
        with pytest.raises(Refused, match="login of healthd was refused") as caught:
            await ssh.ask(device, {VERSION})
    assert "wrong-canary" not in str(caught.value)
    assert Seen.passwords == ["wrong-canary"]


async def test_a_command_the_device_lacks_is_unsupported(tmp_path: Path) -> None:
    async with server(plain(b"         ^\r\n% Invalid input detected at '^' marker.\r\n"), tmp_path) as (ssh, device):
        found = await ssh.ask(device, {VERSION})
    assert found.unsupported == {VERSION}
    assert not found.shows


async def test_a_command_that_is_not_authorised_is_told(tmp_path: Path) -> None:
    async with server(plain(b"Command authorization failed.\r\n"), tmp_path) as (ssh, device):
        found = await ssh.ask(device, {VERSION})
    assert "does not authorise it for healthd" in found.errors[0]


async def test_bytes_that_are_no_text_are_kept_as_escapes(tmp_path: Path) -> None:
    async with server(plain(b"banner \xff\xfe caf\xc3\xa9\r\n"), tmp_path) as (ssh, device):
        found = await ssh.ask(device, {VERSION})
    assert "\\xff\\xfe café" in (found.text(VERSION) or "")


async def test_text_that_looks_like_a_prompt_does_not_end_the_answer(tmp_path: Path) -> None:
    async with server(plain(b"interface Gi1\r\n description sw1# not a prompt\r\n speed 1000\r\n"), tmp_path) as (ssh, device):
        found = await ssh.ask(device, {VERSION})
    assert "speed 1000" in (found.text(VERSION) or "")


async def endless(process: asyncssh.SSHServerProcess[bytes]) -> None:
    asked = False

    def answer(command: str) -> bytes:
        nonlocal asked
        asked = command.startswith("show")
        return b""

    talk = asyncio.create_task(cisco(process, answer))
    try:
        while not asked:  # noqa: ASYNC110 - set by a plain callback
            await asyncio.sleep(0.02)
        while True:
            process.stdout.write(b"x" * 8000 + b"\r\n")
            await process.stdout.drain()
    except (asyncssh.Error, OSError):
        talk.cancel()


async def test_endless_output_is_cut_at_the_limit(tmp_path: Path) -> None:
    async with server(endless, tmp_path) as (ssh, device):
        began = monotonic()
        found = await ssh.ask(device, {VERSION})
    assert monotonic() - began < QUICK.session + 3
    assert not found.shows
    assert "more than 200000 bytes" in found.errors[0]


async def silent(process: asyncssh.SSHServerProcess[bytes]) -> None:
    """Prompt, take commands, and never answer the one that matters."""
    process.stdout.write(b"\r\nsw1#")
    buffer = b""
    while piece := await process.stdin.read(256):
        buffer += piece
        while b"\n" in buffer:
            line, _, buffer = buffer.partition(b"\n")
            process.stdout.write(line + b"\r\n")
            if not line.startswith(b"show"):
                process.stdout.write(b"sw1#")


async def test_a_command_that_hangs_ends_within_its_time(tmp_path: Path) -> None:
    async with server(silent, tmp_path) as (ssh, device):
        began = monotonic()
        found = await ssh.ask(device, {VERSION})
    assert monotonic() - began < QUICK.session + 3
    assert found.errors


async def test_a_server_that_never_says_anything_ends_within_the_time_to_connect() -> None:
    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    listener = await asyncio.start_server(mute, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    began = monotonic()
    with pytest.raises((NotUnderstood, TimedOut)):
        await asyncio.to_thread(known_hosts.offered, "127.0.0.1", port, 2.0)
    assert monotonic() - began < 6
    listener.close()


async def test_nobody_there_is_unreachable(tmp_path: Path) -> None:
    known_hosts.accept(tmp_path / "kh", "127.0.0.1", 9, known_hosts.HostKey(kind="ssh-ed25519", text="AAAA"))
    ssh = Ssh({"lab": SshLogin(username="u", password=Secret("p"))}, QUICK, tmp_path / "kh", {})
    with pytest.raises(Unreachable):
        await ssh.ask(Device(name="x", customer="a", address="127.0.0.1", ssh_port=9, ssh="lab"), {VERSION})
    ssh.close()


async def test_one_device_gets_one_session_at_a_time(tmp_path: Path) -> None:
    open_now, most = 0, 0

    async def counting(process: asyncssh.SSHServerProcess[bytes]) -> None:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        try:
            await cisco(process, lambda _: b"ok")
        finally:
            open_now -= 1

    async with server(counting, tmp_path) as (ssh, device):
        await asyncio.gather(*(ssh.ask(replace(device, name=f"sw{n}"), {VERSION}) for n in range(3)))
    assert most == 1


async def test_failed_sessions_leave_no_thread_behind(tmp_path: Path) -> None:
    async with server(plain(b"x"), tmp_path) as (ssh, device):
        ssh._credentials = {"lab": SshLogin(username="healthd", password=Secret("wrong"))}  # type: ignore[dict-item]
        before = set(threading.enumerate())
        for _ in range(8):
            with pytest.raises(Refused):
                await ssh.ask(device, {VERSION})
        await asyncio.sleep(0.3)
        # The one worker, and at most a session that is just ending.
        assert len(set(threading.enumerate()) - before) < 4
