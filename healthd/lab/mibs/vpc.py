"""CISCO-VPC-MIB: the pair of Nexus switches that share port-channels."""

from collections.abc import Iterator

from healthd.lab.device import Model, powerless
from healthd.lab.mibs._table import ENTERPRISE, number, row
from healthd.lab.network import Network
from healthd.lab.signals import Steps
from healthd.lab.view import Oid, Var

ALIVE, UNREACHABLE = 2, 3
PRIMARY, SECONDARY_PRIMARY, SECONDARY = 2, 3, 4
UP, SUCCESS, NOT_APPLICABLE = 3, 1, 3
DOMAIN, CHANNEL = 1, 10


def objects(model: Model, network: Network) -> Iterator[tuple[Oid, Var]]:
    """Yield keep-alive, role and the one shared port-channel."""
    spec = model.spec
    if spec.platform != "nxos" or spec.partner not in network.specs:
        return
    dead = powerless(network.of(spec.partner))
    alive = Steps(ALIVE, tuple((b, e, UNREACHABLE) for b, e in dead))
    # A secondary that loses its peer becomes the operational primary.
    role = Steps(SECONDARY, tuple((b, e, SECONDARY_PRIMARY) for b, e in dead)) if spec.standby else Steps(PRIMARY)
    consistent = Steps(SUCCESS, tuple((b, e, NOT_APPLICABLE) for b, e in dead))
    yield from row(f"{ENTERPRISE}807.1.1.2.1", (DOMAIN,), {2: number(alive)})
    yield from row(f"{ENTERPRISE}807.1.2.1.1", (DOMAIN,), {2: number(role), 3: number(2)})
    channel = spec.port("port-channel10").index
    yield from row(f"{ENTERPRISE}807.1.4.2.1", (DOMAIN, CHANNEL), {3: number(channel), 4: number(UP), 5: number(consistent)})
