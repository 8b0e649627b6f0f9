"""The store remembers the inventory, and what left it."""

from healthd.model.device import Device
from healthd.model.poll import Sweep
from healthd.store import devices, sweeps
from healthd.store.database import Settings


def device(name: str, **more: str) -> Device:
    return Device(name=name, customer="acme", address="192.0.2.1", **more)


def test_the_snapshot_is_the_newest_inventory_and_history_outlives_it(store: Settings) -> None:
    from datetime import UTC, datetime

    devices.put("acme", [device("r2"), device("r1", site="x")])
    devices.put("acme", [device("r1", site="y"), device("r3")])
    sweeps.add("acme", [Sweep(device="heard", at=datetime(2026, 3, 2, tzinfo=UTC), values=())])
    assert devices.of("acme") == (device("r1", site="y"), device("r3"))
    assert [each.name for each in devices.of("acme", past=True)] == ["r1", "r2", "r3"]
    assert [each.name for each in devices.named("acme")] == ["heard", "r1", "r2", "r3"]
    assert devices.customers() == ("acme",)
    assert devices.of("other") == ()
