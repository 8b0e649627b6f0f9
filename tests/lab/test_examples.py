"""The example customers: the shipped inventories and the lab's network are one and the same."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from healthd import modules, platforms
from healthd.errors import ConfigError, UnknownName
from healthd.inventory.read import read
from healthd.lab import examples
from healthd.lab.accounts import environment
from healthd.lab.faults import Fault
from healthd.lab.parts import Spec

ANCHOR = datetime(2026, 11, 24, tzinfo=UTC)
NETWORK = examples.network(ANCHOR)
INVENTORIES = Path(__file__).parents[2] / "inventories"


def test_the_shipped_inventories_describe_the_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, secret in environment().items():
        monkeypatch.setenv(name, secret.reveal())
    inventory = read(INVENTORIES, modules.names(platforms))
    found = {
        d.name: (d.customer, d.address, d.platform, d.site, d.role, d.parents, d.service_point, d.port, d.ssh_port)
        for d in inventory.devices
    }
    lab = {
        s.name: (s.customer, s.address, s.platform, s.site, s.role, s.parents, s.service_point, 16161, 16022)
        for s in NETWORK.specs.values()
    }
    assert found == lab
    assert all(profile.resolve() for profile in inventory.profiles.values())


def test_no_secret_stands_in_an_inventory() -> None:
    said = "".join(file.read_text() for file in INVENTORIES.rglob("*.yaml"))
    assert not [name for name, secret in environment().items() if secret.reveal() in said]


def test_every_cable_has_two_ends_and_every_session_two_sides() -> None:
    for spec in NETWORK.specs.values():
        for link in spec.links:
            other = NETWORK.specs[link.device]
            assert any(back.device == spec.name and back.remote_port == link.port for back in other.links)
        for peer in (p for p in spec.peers if p.device):
            addresses = {p.address for p in NETWORK.specs[peer.device].ports}
            assert peer.address in addresses, f"{spec.name}: {peer.device} has no {peer.address}"


def test_serial_numbers_are_well_formed_and_each_is_one_part_or_a_chassis_with_its_boards() -> None:
    for spec in NETWORK.specs.values():
        for part in (p for p in spec.parts if p.serial):
            assert len(part.serial) == 11
            assert part.serial[:3].isalpha()
            assert part.serial[3:7].isdigit()
    assert len({spec.serial for spec in NETWORK.specs.values()}) == len(NETWORK.specs)


@pytest.mark.parametrize("spec", NETWORK.specs.values(), ids=lambda s: s.name)
def test_the_parts_are_a_tree_and_every_state_and_port_has_its_part(spec: Spec) -> None:
    indexes = [p.index for p in spec.parts]
    assert len(indexes) == len(set(indexes))
    assert {p.parent for p in spec.parts} <= {0, *indexes}
    assert {x.index for group in (spec.supplies, spec.fans, spec.sensors, spec.modules) for x in group} <= set(indexes)
    assert {p.part for p in spec.ports if p.part} <= set(indexes)
    assert len({p.index for p in spec.ports}) == len(spec.ports)
    assert len({p.name for p in spec.ports}) == len(spec.ports)


def test_what_cannot_happen_is_refused_with_what_can() -> None:
    at = ANCHOR.timestamp()
    with pytest.raises(UnknownName, match="psu-failed"):
        Fault(device="ldn-acc-01", kind="fire", start=at)
    with pytest.raises(UnknownName, match="ldn-acc-01"):
        NETWORK.inject(Fault(device="nobody", kind="outage", start=at))
    with pytest.raises(ConfigError, match="1A, 1B, 2A"):
        NETWORK.inject(Fault(device="ldn-acc-01", kind="psu-failed", item="9Z", start=at))
    with pytest.raises(ConfigError, match="Gi1/0/1"):
        NETWORK.inject(Fault(device="ldn-acc-01", kind="crc", item="Fa0/1", start=at))
