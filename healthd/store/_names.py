"""Customers' codes and devices' names to the numbers that rows carry, and back."""

from collections.abc import Collection

from healthd.errors import StoreError
from healthd.store._ready import models


def customer_id(code: str) -> int:
    """Return the number of the customer *code*, making it when it is new."""
    return int(models.Customer.objects.get_or_create(code=code)[0].pk)


def known_customer(code: str) -> int | None:
    """Return the number of the customer *code*, None when nothing is kept of it."""
    number: int | None = models.Customer.objects.filter(code=code).values_list("pk", flat=True).first()
    return number


def device_ids(customer: int, names: Collection[str]) -> dict[str, int]:
    """Return the numbers of the devices *names*, making those that are new."""
    if too_long := [name for name in names if len(name) > 255]:
        raise StoreError(f"a device's name is too long to keep: {too_long[0][:60]!r}… ({len(too_long[0])} characters, at most 255)")
    found = _found(customer, names)
    if missing := sorted(set(names) - found.keys()):
        rows = [models.Device(customer_id=customer, name=name) for name in missing]
        models.Device.objects.bulk_create(rows, ignore_conflicts=True)
        found = _found(customer, names)
    return found


def known_ids(code: str, names: Collection[str]) -> dict[str, int]:
    """Return the numbers of those of *names* that the customer *code* has rows of."""
    customer = known_customer(code)
    return {} if customer is None else _found(customer, names)


def _found(customer: int, names: Collection[str]) -> dict[str, int]:
    there = models.Device.objects.filter(customer=customer)
    if len(names) <= 50:
        there = there.filter(name__in=list(names))
    wanted = set(names)
    return {name: number for name, number in there.values_list("name", "pk") if name in wanted}
