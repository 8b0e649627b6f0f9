"""The inventory's devices as the store last saw them, so that history outlives the inventory's changes."""

from collections.abc import Sequence

from healthd.model.device import Device
from healthd.store import _codec, _names
from healthd.store._ready import models
from healthd.store._transact import reads, writes


@writes
def put(customer: str, devices: Sequence[Device]) -> None:
    """Make *devices* the whole of what *customer* has now; those no longer among them keep their history."""
    number = _names.customer_id(customer)
    ids = _names.device_ids(number, [device.name for device in devices])
    models.Device.objects.filter(customer=number).exclude(pk__in=ids.values()).update(present=False)
    rows = [models.Device(pk=ids[device.name], snapshot=_codec.pack(device), present=True) for device in devices]
    models.Device.objects.bulk_update(rows, ["snapshot", "present"], batch_size=200)


@reads
def of(customer: str, *, past: bool = False) -> tuple[Device, ...]:
    """Return *customer*'s devices sorted by name; with *past* also those that left the inventory."""
    rows = models.Device.objects.filter(customer__code=customer, snapshot__isnull=False)
    if not past:
        rows = rows.filter(present=True)
    return tuple(sorted((_codec.unpack(row) for row in rows.values_list("snapshot", flat=True)), key=lambda device: str(device.name)))


@reads
def named(customer: str) -> tuple[Device, ...]:
    """Return every device that anything is kept of, sorted by name; of one only heard of, no more than its name."""
    rows = models.Device.objects.filter(customer__code=customer).order_by("name").values_list("name", "snapshot")
    return tuple(_codec.unpack(row) if row else Device(name=name, customer=customer, address="") for name, row in rows)


@reads
def customers() -> tuple[str, ...]:
    """Return the codes of all customers of whom anything is kept."""
    return tuple(models.Customer.objects.order_by("code").values_list("code", flat=True))
