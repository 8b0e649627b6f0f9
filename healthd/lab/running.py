"""The lab as servers: every device answers SNMP and SSH on its own loopback address, and sends what happens."""

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from healthd.lab import shell, sockets
from healthd.lab.accounts import accounts
from healthd.lab.agent import Agent
from healthd.lab.network import Network
from healthd.lab.sender import Receiver, Sender

SNMP, SSH = 16161, 16022
Clock = Callable[[], float]


@asynccontextmanager
async def running(
    network: Network,
    *,
    clock: Clock = time.time,
    ssh: bool = True,
    syslog: Receiver | None = None,
    traps: Receiver | None = None,
) -> AsyncIterator[None]:
    """Open all servers of *network*; close every one of them in the end.

    *clock* tells the devices' time (epoch seconds). *syslog* and *traps* are
    where log lines and notifications go.
    """
    loop, doors = asyncio.get_running_loop(), dict[str, socket.socket]()
    async with contextlib.AsyncExitStack() as stack:
        for spec in network.specs.values():
            their = accounts(spec.customer)

            def agent(name: str = spec.name, who: object = their) -> Agent:
                return Agent(name, network, who, clock)  # type: ignore[arg-type]

            try:
                transport, _ = await loop.create_datagram_endpoint(agent, local_addr=(spec.address, SNMP))
            except OSError as error:
                raise sockets.busy(error, spec.address, SNMP) from error
            stack.push_async_callback(_let_go, transport)
            if ssh:
                doors[spec.name] = sockets.listening(spec.address, SSH)
                stack.callback(doors[spec.name].close)
                stack.push_async_callback(_closed, await shell.listen(spec.name, network, their, clock, doors[spec.name]))
        if ssh:
            stack.push_async_callback(_ended, asyncio.create_task(_doors(network, clock, doors), name="lab doors"))
        if syslog or traps:
            task = asyncio.create_task(Sender(network, clock, syslog, traps).run(), name="lab sender")
            stack.push_async_callback(_ended, task)
        yield


async def _doors(network: Network, clock: Clock, doors: Mapping[str, socket.socket]) -> None:
    """Keep the doors of silent devices dead, for ever."""
    shut: set[str] = set()
    while True:
        now = clock()
        silent = {name for name in doors if not network.answers(name, now)}
        for name in silent ^ shut:
            sockets.dead(doors[name], yes=name in silent)
        shut = silent
        await asyncio.sleep(shell.LOOK)


async def _let_go(transport: asyncio.BaseTransport) -> None:
    transport.close()
    await asyncio.sleep(0)  # the socket itself is closed in the loop's next turn


async def _closed(server: object) -> None:
    server.close()  # type: ignore[attr-defined]
    await server.wait_closed()  # type: ignore[attr-defined]


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
