"""SSH by netmiko, within bounds: one session a device, so many in all, so long, so many bytes, and only reading commands.

netmiko waits by its own rules, which a hostile device can stretch; so a
watchdog closes the socket when the time is over, and the channel is counted.
A host key that was not accepted ends the session before a password is sent.
"""

import asyncio
import contextlib
import socket
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from healthd.errors import CollectError, ConfigError, HostKeyMismatch, NotUnderstood, Refused, TimedOut, Unreachable
from healthd.model import screen
from healthd.model.answer import Answers
from healthd.model.credential import Credential, SshLogin
from healthd.model.device import Device
from healthd.model.request import Request, Show
from healthd.model.setting import bound, check
from healthd.transports import known_hosts


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``[ssh]``: *sessions* at once in all; seconds to connect, for one command, and for a whole session; bytes of one session."""

    sessions: int = bound(10, least=1)
    connect: float = bound(10.0, above=0)
    command: float = bound(60.0, above=0)
    session: float = bound(300.0, above=0)
    octets: int = bound(16 * 1024 * 1024, least=1024)

    def __post_init__(self) -> None:
        check(self)


class Ssh:
    """The SSH wire. *kinds* maps our platforms to netmiko's device types."""

    def __init__(self, credentials: Mapping[str, Credential], settings: Settings, hosts: Path, kinds: Mapping[str, str]) -> None:
        """Take the profiles by name, and the file of accepted host keys."""
        self.settings, self.hosts = settings, hosts
        self._credentials, self._kinds = credentials, kinds
        self._workers = ThreadPoolExecutor(settings.sessions, thread_name_prefix="ssh")
        self._one_a_device: dict[tuple[str, int], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def ask(self, device: Device, requests: Collection[Request], platform: str = "") -> Answers:
        """Ask *device* every Show of *requests* in one session.

        Raises:
            HostKeyMismatch: nothing was sent.
            Refused: the login was refused; it was tried once.
            Unreachable, TimedOut, NotUnderstood: there is no session to be had.
        """
        shows = sorted((each for each in requests if isinstance(each, Show)), key=lambda each: each.command)
        login, kind = self._credentials.get(device.ssh), self._kinds.get(platform or device.platform) or "cisco_ios"
        if not shows:
            return Answers()
        if not isinstance(login, SshLogin):
            raise ConfigError(f"{device.name}: no SSH profile {device.ssh!r}; name one in its data")
        session = Session(device=device, login=login, kind=kind, settings=self.settings, hosts=self.hosts)
        async with self._one_a_device[device.address, device.ssh_port]:
            return await asyncio.get_running_loop().run_in_executor(self._workers, session.run, shows)

    def close(self) -> None:
        """Let the workers end; sessions under way end within their bounds."""
        self._workers.shutdown(wait=False, cancel_futures=True)


@dataclass(slots=True, kw_only=True)
class Session:
    """One session with one device, in a thread of its own."""

    device: Device
    login: SshLogin
    kind: str
    settings: Settings
    hosts: Path
    _over: str = ""
    _sock: socket.socket | None = field(default=None)

    def run(self, shows: Sequence[Show]) -> Answers:
        """Log in, ask, log out; what was printed before a session broke off is kept."""
        began = monotonic()
        if not known_hosts.accepted(self.hosts, self.device.address, self.device.ssh_port):
            raise HostKeyMismatch(
                f"{self.device.name}: its SSH host key is not known; look at it and accept it: healthd device trust {self.device.name}"
            )
        texts: dict[Show, str] = {}
        unknown: set[Request] = set()
        errors: list[str] = []
        with self._watched():
            connection = self._connected()
            try:
                self._raise(connection, errors)
                self._each(connection, shows, texts, unknown, errors)
            finally:
                # netmiko's own goodbye waits for an answer; a closed socket does not.
                self._close()
        return Answers(shows=texts, unsupported=frozenset(unknown), errors=tuple(errors), requests=len(shows), seconds=monotonic() - began)

    def _each(self, connection: Any, shows: Sequence[Show], texts: dict[Show, str], unknown: set[Request], errors: list[str]) -> None:
        for show in shows:
            try:
                said = self._asked(connection, show)
            except Exception as error:  # noqa: BLE001 - netmiko raises what its pieces raise; a broken session ends here and keeps what it has
                errors.append(f"{show.command}: {self._over or _plain(error)}")
                return
            if screen.forbidden(said):
                unknown.add(show)
                errors.append(f"{show.command}: the device does not authorise it for {self.login.username}; allow the account to read it")
            elif screen.unknown(said):
                unknown.add(show)
            else:
                texts[show] = said

    def _asked(self, connection: Any, show: Show) -> str:
        said: str = connection.send_command(show.command, read_timeout=self.settings.command, strip_prompt=True, strip_command=True)
        # Each byte came as one character, so that none is lost; now they are read as what they are.
        return said.encode("latin-1", "replace").decode("utf-8", "backslashreplace")

    def _raise(self, connection: Any, errors: list[str]) -> None:
        """Go to privileged mode where there is a secret for it; without it, what can be read is read."""
        if self.login.enable is None:
            return
        try:
            if not connection.check_enable_mode():
                connection.enable()
        except ValueError:
            errors.append("enable: the secret was refused; reading goes on without privileges")

    def _connected(self) -> Any:
        from netmiko import ConnectHandler
        from netmiko.exceptions import NetmikoAuthenticationException, NetmikoBaseException, NetmikoTimeoutException

        where = f"{self.device.address} port {self.device.ssh_port}"
        try:
            self._sock = socket.create_connection((self.device.address, self.device.ssh_port), self.settings.connect)
        except TimeoutError as error:
            raise TimedOut(f"{self.device.name}: {where}: no answer within {self.settings.connect:g} s") from error
        except OSError as error:
            raise Unreachable(f"{self.device.name}: {where}: {error.strerror or error}") from error
        try:
            connection = ConnectHandler(**self._options())
        except NetmikoAuthenticationException:
            raise Refused(f"{self.device.name}: {where}: the login of {self.login.username} was refused") from None
        except (NetmikoTimeoutException, NetmikoBaseException, OSError, EOFError, ValueError) as error:
            raise self._cause(error, where) from None
        connection.channel.remote_conn = _Counted(connection.channel.remote_conn, self.settings.octets, self._stop)
        return connection

    def _options(self) -> dict[str, Any]:
        s, login = self.settings, self.login
        options: dict[str, Any] = {
            "device_type": self.kind, "host": self.device.address, "port": self.device.ssh_port, "username": login.username, "sock": self._sock,
            "ssh_strict": True, "system_host_keys": False, "alt_host_keys": True, "alt_key_file": str(self.hosts), "allow_agent": False,
            "conn_timeout": s.connect, "auth_timeout": s.connect, "banner_timeout": s.connect, "encoding": "latin-1", "fast_cli": True,
        }  # fmt: skip
        if login.password:
            options["password"] = login.password.reveal()
        if login.enable:
            options["secret"] = login.enable.reveal()
        return options | ({"use_keys": True, "key_file": login.key_file} if login.key_file else {})

    def _cause(self, error: Exception, where: str) -> CollectError:
        """Tell a refused host key from the other ways in which a session does not come about."""
        if self._over:
            return TimedOut(f"{self.device.name}: {where}: {self._over}")
        said = str(error).lower()
        if "host key" in said or "known_hosts" in said or "server key" in said:
            return HostKeyMismatch(
                f"{self.device.name}: {where}: the SSH host key has changed; no password was sent. "
                f"If the device was replaced, accept the new key: healthd device trust {self.device.name}"
            )
        if "incompatible ssh peer" in said:
            return NotUnderstood(f"{self.device.name}: {where}: {known_hosts.trouble(error)}")
        return NotUnderstood(f"{self.device.name}: {where}: {_plain(error)}")

    @contextlib.contextmanager
    def _watched(self) -> Iterator[None]:
        timer = threading.Timer(
            self.settings.session, self._stop, [f"the session took more than {self.settings.session:g} s and was closed"]
        )
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._close()

    def _stop(self, why: str) -> None:
        self._over = why
        self._close()

    def _close(self) -> None:
        if self._sock is not None:
            # Shut down, not closed: paramiko's thread reads the end, and closes it; under its feet it would only complain.
            with contextlib.suppress(OSError):
                self._sock.shutdown(socket.SHUT_RDWR)


class _Counted:
    """A channel that ends its session when more than *limit* bytes have come."""

    def __init__(self, channel: Any, limit: int, stop: Callable[[str], None]) -> None:
        self._channel, self._left, self._limit, self._stop = channel, limit, limit, stop

    def recv(self, size: int) -> bytes:
        data: bytes = self._channel.recv(size)
        self._left -= len(data)
        if self._left < 0:
            self._stop(f"the session brought more than {self._limit} bytes and was closed")
            raise OSError("over the limit")
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._channel, name)


def _plain(error: Exception) -> str:
    """Return the first telling line of one of netmiko's long messages."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0][:200] if lines else type(error).__name__
