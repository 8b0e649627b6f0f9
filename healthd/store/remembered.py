"""What the log buffer of a device held when it was last asked for: the lines that come anew are those that were not there."""

from dataclasses import dataclass
from datetime import datetime

from healthd.store import _bulk, _names
from healthd.store._moment import micros, moment
from healthd.store._ready import models
from healthd.store._transact import reads, writes

OCTETS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Buffer:
    """A log buffer as it was *at* a moment, asked for over *way* (``cli``, ``clog``): a mark of 8 octets for each line, in its order."""

    at: datetime
    way: str
    marks: tuple[bytes, ...]


@reads
def last(customer: str, device: str, way: str) -> Buffer | None:
    """Return what *device* remembered when it was last asked over *way*; None when it never was."""
    number = _names.known_ids(customer, [device]).get(device)
    row = models.Remembered.objects.filter(device=number, way=way).values_list("at", "marks").first()
    if row is None:
        return None
    at, marks = row[0], bytes(row[1])
    return Buffer(at=moment(at), way=way, marks=tuple(marks[n : n + OCTETS] for n in range(0, len(marks), OCTETS)))


@writes
def keep(customer: str, device: str, buffer: Buffer) -> None:
    """Keep *buffer* in the place of what *device* remembered over that way before."""
    number = _names.device_ids(_names.customer_id(customer), [device])[device]
    row = (number, buffer.way, micros(buffer.at), b"".join(buffer.marks))
    _bulk.insert(models.Remembered, [row], replace=["at", "marks"])
