"""Every device, over each wire it has: does it answer, and if not, why."""

import asyncio
import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from healthd.doctor._patient import Found, Patient, Wire, bad, good, note
from healthd.errors import CollectError, ConfigError, HostKeyMismatch, StoreError
from healthd.model.availability import EVERY, State
from healthd.model.counted import counted
from healthd.model.device import Customer, Device
from healthd.model.interval import Interval
from healthd.model.request import Get, Show
from healthd.store import agreements, database

ORDER = 90
WIDTH, NAMED = 50, 8
PATIENCE_S = 5.0
NAME = Get(mib="SNMPv2-MIB", objects=(("sysName", "1.3.6.1.2.1.1.5.0"),))
CLOCK = Show("show clock")


def check(patient: Patient) -> Iterator[Found]:
    """Ask each device one harmless question over SNMP and over SSH."""
    served = [device for device in patient.devices if device.in_service]
    if not served:
        yield note("the inventory has no device in service", "healthd inventory import")
        return
    agreed = {(customer.code, name) for customer in patient.customers for name in _worked_on(customer, served, patient.now)}
    for name, wire, ask in (("SNMP", patient.snmp, NAME), ("SSH", patient.ssh, CLOCK)):
        asked = [device for device in served if (device.snmp if name == "SNMP" else device.ssh)]
        if asked:
            told = asyncio.run(_asked(wire(), asked, ask))
            yield from _over(name, [pair for pair in told if not pair[1] or (pair[0].customer, pair[0].name) not in agreed], len(asked))
            if away := [device.name for device, cause in told if cause and (device.customer, device.name) in agreed]:
                yield note(f"{name}: no answer from {len(away)} of {len(asked)}, in agreed maintenance ({_some(away)})", "")


def _worked_on(customer: Customer, devices: list[Device], now: datetime) -> Iterator[str]:
    """Yield the devices of *customer* that are in agreed maintenance now, as far as there is a database that knows."""
    try:
        said = agreements.words(customer.code, Interval(now, now + timedelta(seconds=1))) if database.is_open() else ()
    except StoreError:
        return
    for device in (each for each in devices if each.customer == customer.code):
        own = [word.state for word in said if word.device in (device.name, EVERY)]
        if own and own[-1] is State.MAINTENANCE:  # of two words the one said later counts
            yield device.name


def _over(name: str, told: list[tuple[Device, str]], asked: int) -> Iterator[Found]:
    """Yield each cause once, with the devices that it keeps from answering; the causes carry what to do."""
    causes: defaultdict[str, list[str]] = defaultdict(list)
    for device, cause in told:
        causes[_bare(cause, device)].append(device.name)
    for cause, names in sorted(causes.items(), key=lambda pair: -len(pair[1])):
        if cause:
            yield bad(f"{name}: no answer from {len(names)} of {asked}: {cause} ({_some(names)})", "")
    if well := len(causes[""]):
        yield good(f"{name}: {well} of {counted(asked, 'device')} answer")


def _some(names: list[str]) -> str:
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")


def _bare(cause: str, device: Device) -> str:
    """Return *cause* without the device's own name and address, so that one cause of many devices is told once."""
    for own in (f"{device.name} ({device.address}): ", f"{device.name}: ", f"{device.address} port {device.ssh_port}: "):
        cause = cause.replace(own, "")
    return cause.replace(device.name, "DEVICE").replace(device.address, "its address").strip()


async def _closed(device: Device) -> str:
    """Return why there is no connection to SSH's port of *device*, empty when there is one: a key not yet accepted says nothing of that."""
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(device.address, device.ssh_port), PATIENCE_S)
    except TimeoutError:
        return f"no answer within {PATIENCE_S:g} s"
    except OSError as error:
        return os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
    writer.close()
    return ""


async def _asked(wire: Wire, devices: list[Device], ask: Get | Show) -> list[tuple[Device, str]]:
    gate = asyncio.Semaphore(WIDTH)

    async def one(device: Device) -> tuple[Device, str]:
        async with gate:
            try:
                answers = await wire.ask(device, {ask})
            except HostKeyMismatch as error:
                return device, await _closed(device) or str(error)
            except (CollectError, ConfigError) as error:
                return device, str(error)
            return device, "; ".join(answers.errors)

    return list(await asyncio.gather(*(one(device) for device in devices)))
