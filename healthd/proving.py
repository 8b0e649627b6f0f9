"""The second proof: asking a device about one of its parts at the moment of failure."""

from datetime import datetime

from healthd.cycle import Wire
from healthd.model.device import Device
from healthd.model.verdict import Proven, Verdict


async def prove(device: Device, wire: Wire, verdict: Verdict, now: datetime) -> Proven:
    """Ask *device* what *verdict* asks for and return what it proves, with the device's own words."""
    del device, wire, verdict, now
    return Proven()
