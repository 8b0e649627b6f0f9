"""The SSH side of a lab device: login, prompt, enable, paging, and what its ``show`` commands print.

One asyncssh server a device. It behaves as the operating system does where a
client can tell: the prompt's form, the answer to an unknown command, the
password of ``enable``, and ``--More--`` until paging is turned off.
"""

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import asyncssh
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from healthd.lab.accounts import Accounts
from healthd.lab.network import Network
from healthd.lab.shows import printed

PAGE = 24
LOOK = 0.1
"""Seconds between two looks at whether the device is silent."""
PROMPTS = {"ios": "{name}{mark}", "iosxe": "{name}{mark}", "nxos": "{name}# ", "iosxr": "RP/0/RSP0/CPU0:{name}#", "asa": "{name}{mark} "}
"""``{mark}`` is > before ``enable`` and # after; NX-OS and IOS XR know no such step."""
BANNER = "\r\nLab device. Whatever happens here is simulated.\r\n"
_QUIET = ("terminal width", "terminal length", "terminal pager", "terminal monitor", "no terminal monitor")


class Door(asyncssh.SSHServer):
    """Lets in whoever has the account."""

    def __init__(self, accounts: Accounts) -> None:
        """Know whom to let in."""
        self.accounts = accounts

    def begin_auth(self, username: str) -> bool:  # noqa: ARG002 - asyncssh asks for every user
        """Ask for a password, always."""
        return True

    def password_auth_supported(self) -> bool:
        """Take passwords."""
        return True

    def validate_password(self, username: str, password: str) -> bool:
        """Compare with the account."""
        return username == self.accounts.login and password == self.accounts.password.reveal()


@dataclass(slots=True)
class Terminal:
    """One session's state."""

    name: str
    network: Network
    accounts: Accounts
    clock: Callable[[], float]
    process: "asyncssh.SSHServerProcess[str]"
    enabled: bool = False
    length: int = PAGE

    @property
    def platform(self) -> str:
        """The device's operating system."""
        return self.network.specs[self.name].platform

    @property
    def prompt(self) -> str:
        """What stands before the cursor."""
        return PROMPTS[self.platform].format(name=self.name, mark="#" if self.enabled else ">")

    async def run(self) -> None:
        """Talk until the client leaves."""
        self.enabled = self.platform in ("nxos", "iosxr")
        self.write(BANNER + "\r\n" + self.prompt)
        while (line := await self.line()) is not None:
            if await self._cut() or line in ("exit", "quit", "logout", "end"):
                break
            await self.answer(line)
            self.write(self.prompt)

    async def _cut(self) -> bool:
        """Stay silent for as long as the device is; say whether it was, for no session outlives that."""
        silent = False
        while not self.network.answers(self.name, self.clock()) and not self.process.stdin.at_eof():
            silent = True
            await asyncio.sleep(LOOK)
        return silent

    async def answer(self, line: str) -> None:
        """Do what *line* asks for."""
        if line.startswith("en") and "enable".startswith(line.split(maxsplit=1)[0]):
            await self._enable()
        elif quiet := _meant(line):
            self._quiet(quiet, line)
        elif line:
            await self._print(line)

    async def _enable(self) -> None:
        if self.enabled:
            return
        self.write("Password: ")
        said = await self.line(echo=False)
        if said == self.accounts.enable.reveal():
            self.enabled = True
        else:
            self.write("% Bad secrets\r\n" if self.platform != "asa" else "Invalid password\r\n")

    def _quiet(self, command: str, line: str) -> None:
        number = line.rpartition(" ")[2]
        if command.endswith(("length", "pager")) and number.isdigit():
            self.length = int(number)

    async def _print(self, line: str) -> None:
        text = printed(self.network, self.name, line, datetime.fromtimestamp(self.clock(), UTC))
        if text is None:
            error = "% Invalid input detected at '^' marker."
            caret = " " * len(self.prompt) + "^"
            await self._paged([caret, f"ERROR: {error}" if self.platform == "asa" else error, ""])
        else:
            await self._paged(text.rstrip("\n").split("\n"))

    async def _paged(self, lines: list[str]) -> None:
        for number, each in enumerate(lines, 1):
            self.write(each + "\r\n")
            if self.length and number % (self.length - 1) == 0 and number < len(lines):
                self.write(" --More-- ")
                key = await self.process.stdin.read(1)
                self.write("\b" * 10 + " " * 10 + "\b" * 10)
                if key in ("q", "\x03", ""):
                    return

    async def line(self, *, echo: bool = True) -> str | None:
        """Return the next line as typed, echoed as a terminal does; None when the client has gone."""
        typed = ""
        while True:
            key = await self.process.stdin.read(1)
            if not key:
                return None
            if key in "\r\n":
                self.write("\r\n")
                return typed.strip()
            if key in "\x7f\b":
                typed = typed[:-1]
                continue
            typed += key
            if echo:
                self.write(key)

    def write(self, text: str) -> None:
        """Send *text*."""
        self.process.stdout.write(text)


def _meant(line: str) -> str:
    """Return the command that prints nothing that *line* stands for, shortened or not; empty when it is none."""
    said = line.lower().split()
    fits = (
        command
        for command in _QUIET
        if len(said) >= len(command.split()) and all(full.startswith(part) for part, full in zip(said, command.split(), strict=False))
    )
    return next(fits, "")


async def listen(name: str, network: Network, accounts: Accounts, clock: Callable[[], float], sock: socket.socket) -> asyncssh.SSHAcceptor:
    """Open the SSH server of the device *name* on *sock*."""

    async def handle(process: "asyncssh.SSHServerProcess[str]") -> None:
        try:
            await Terminal(name, network, accounts, clock, process).run()
        except (asyncssh.Error, OSError, asyncio.CancelledError):
            return
        finally:
            process.exit(0)

    return await asyncssh.create_server(
        lambda: Door(accounts), sock=sock, server_host_keys=[host_key(name)], process_factory=handle, line_editor=False, encoding="utf-8"
    )


def host_key(name: str) -> asyncssh.SSHKey:
    """Return the host key of the device *name*: made from its name, so that it stays the same from one start of the lab to the next."""
    made = Ed25519PrivateKey.from_private_bytes(sha256(f"lab host key of {name}".encode()).digest())
    return asyncssh.import_private_key(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
