"""SNMP and SSH as one wire: each request goes where it belongs, and what one says is not lost when the other fails."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Protocol

from healthd.errors import CollectError
from healthd.model.answer import Answers, Value
from healthd.model.device import Device
from healthd.model.poll import SHELL
from healthd.model.request import Request, Show
from healthd.transports.snmp import Snmp


class Shell(Protocol):
    """What answers commands."""

    async def ask(self, device: Device, requests: Collection[Request]) -> Answers:
        """Ask *device* the commands among *requests*."""

    def close(self) -> None:
        """Let go of what it holds."""


class Wires:
    """The wire of a real network."""

    def __init__(self, snmp: Snmp, ssh: Shell) -> None:
        """Take both wires."""
        self.snmp, self.ssh = snmp, ssh

    async def ask(self, device: Device, requests: Collection[Request]) -> Answers:
        """Ask SNMP its part and SSH its own; a device without an SNMP profile is asked over SSH alone.

        Raises:
            CollectError: SNMP did not answer; or SSH, where it is all there is.
        """
        shows = {each for each in requests if isinstance(each, Show)} if device.ssh else set()
        others = {each for each in requests if not isinstance(each, Show)}
        if not device.snmp and device.ssh:
            return await self.ssh.ask(device, shows)
        found = await self.snmp.ask(device, others) if others else Answers()
        if not shows:
            return found
        try:
            said = await self.ssh.ask(device, shows)
        except CollectError as error:
            said = Answers(errors=(str(error),))
        return found.joined(replace(said, errors=tuple(SHELL + error for error in said.errors)))

    async def sweep(self, device: Device, oids: Sequence[str]) -> tuple[Value | None, ...]:
        """Return the values of *oids* over SNMP."""
        return await self.snmp.sweep(device, oids)

    def close(self) -> None:
        """Let go of sockets and threads."""
        self.snmp.close()
        self.ssh.close()
