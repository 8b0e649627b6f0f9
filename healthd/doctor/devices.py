"""Every device, over each wire it has: does it answer, and if not, why."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator

from healthd.doctor._patient import Found, Patient, Wire, bad, good, note
from healthd.errors import CollectError, ConfigError
from healthd.model.device import Device
from healthd.model.request import Get, Show

ORDER = 90
WIDTH, NAMED = 50, 8
NAME = Get(mib="SNMPv2-MIB", objects=(("sysName", "1.3.6.1.2.1.1.5.0"),))
CLOCK = Show("show clock")


def check(patient: Patient) -> Iterator[Found]:
    """Ask each device one harmless question over SNMP and over SSH."""
    served = [device for device in patient.devices if device.in_service]
    if not served:
        yield note("the inventory has no device in service", "healthd inventory import")
        return
    for name, wire, ask in (("SNMP", patient.snmp, NAME), ("SSH", patient.ssh, CLOCK)):
        asked = [device for device in served if (device.snmp if name == "SNMP" else device.ssh)]
        if asked:
            yield from _over(name, wire(), asked, ask)


def _over(name: str, wire: Wire, devices: list[Device], ask: Get | Show) -> Iterator[Found]:
    """Yield each cause once, with the devices that it keeps from answering; the causes carry what to do."""
    causes: defaultdict[str, list[str]] = defaultdict(list)
    told = asyncio.run(_asked(wire, devices, ask))
    for device, cause in told:
        causes[_bare(cause, device)].append(device.name)
    for cause, names in sorted(causes.items(), key=lambda pair: -len(pair[1])):
        if cause:
            shown = ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
            yield bad(f"{name}: {len(names)} of {len(devices)} do not answer: {cause} ({shown})", "")
    if well := len(causes[""]):
        yield good(f"{name}: {well} of {len(devices)} devices answer")


def _bare(cause: str, device: Device) -> str:
    """Return *cause* without the device's own name and address, so that one cause of many devices is told once."""
    for own, word in ((f"{device.name}: ", ""), (f"{device.name} ", ""), (device.name, "DEVICE"), (device.address, "its address")):
        cause = cause.replace(own, word)
    return cause.strip()


async def _asked(wire: Wire, devices: list[Device], ask: Get | Show) -> list[tuple[Device, str]]:
    gate = asyncio.Semaphore(WIDTH)

    async def one(device: Device) -> tuple[Device, str]:
        async with gate:
            try:
                answers = await wire.ask(device, {ask})
            except (CollectError, ConfigError) as error:
                return device, str(error)
            return device, "; ".join(answers.errors)

    return list(await asyncio.gather(*(one(device) for device in devices)))
