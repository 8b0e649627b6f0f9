"""The network of the example customers."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from healthd import modules
from healthd.lab import customers
from healthd.lab.faults import Fault
from healthd.lab.network import Network
from healthd.lab.parts import Spec


def network(anchor: datetime, faults: Iterable[Fault] = (), only: Collection[str] = ()) -> Network:
    """Return the devices of both customers, or those named in *only*; ages count from *anchor*.

    A device that is left out takes its cables, its sessions and its place as a parent with it.
    """
    specs = [spec for customer in modules.every(customers) for spec in customer.specs()]
    return Network([_without(spec, only) for spec in specs if spec.name in only] if only else specs, anchor, faults)


def _without(spec: Spec, only: Collection[str]) -> Spec:
    return replace(
        spec,
        links=tuple(link for link in spec.links if link.device in only),
        parents=tuple(parent for parent in spec.parents if parent in only),
    )
