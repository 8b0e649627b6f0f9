"""One cycle, top to bottom: ask, read, and later judge. The whole line of healthd on one screen."""

from collections.abc import Collection, Iterator
from datetime import datetime
from types import ModuleType
from typing import Protocol

from healthd import collectors, modules, platforms
from healthd.collectors.identity import IDENTITY, identify
from healthd.errors import CollectError
from healthd.model.answer import Answers
from healthd.model.device import Device, Platform
from healthd.model.observation import Fact, Interface, Neighbour, Part, Reading, System
from healthd.model.poll import Layout, Poll
from healthd.model.request import Request


class Wire(Protocol):
    """What a transport does for the cycle."""

    async def ask(self, device: Device, requests: Collection[Request]) -> Answers:
        """Ask *device* every one of *requests* once; raise CollectError when it does not answer at all."""


async def poll(device: Device, wire: Wire, now: datetime) -> Poll:
    """Ask *device* everything its platform's readers want, and return what it said.

    A device that does not answer is a result, with the reason.
    """
    try:
        first = await wire.ask(device, {IDENTITY})
        platform = identify(first)
        readers = modules.nearest(collectors, (platform.name, *platform.like))
        answers = await wire.ask(device, {ask for reader in readers for ask in reader.ASKS})
    except CollectError as error:
        return Poll(device=device.name, at=now, up=False, reason=str(error))
    return gather(device, platform, readers, answers, now)
