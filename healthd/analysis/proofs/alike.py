"""Which standing findings are about a part that a case is about already, under the name that another wire gives it.

The key of a finding contains the name of its row, and SNMP calls a part
otherwise than the command line does: ``Switch 1 - Power Supply A`` is ``1A``
in ``show environment all``, without a serial number.
"""

from collections.abc import Iterable
from dataclasses import replace

from healthd.analysis.proofs.places import Place, place
from healthd.analysis.proofs.seen import COMPONENTS
from healthd.model.finding import Condition, Finding
from healthd.model.followed import Followed
from healthd.model.verdict import Component

_PLACED = (Component.PSU, Component.FAN, Component.MODULE)
"""Parts whose place tells them from their like on the same device; sensors of one number can be several."""
_Unit = tuple[str, Component, Place]


def covering(cases: Iterable[Followed], standing: Iterable[Finding]) -> tuple[Followed, ...]:
    """Return *cases*, each with the keys of what is *standing* about its parts under other names.

    The same part is one of the same device, kind and place, unless both
    serial numbers are known and differ. What another case is open about
    stays with that one.
    """
    cases = tuple(cases)
    taken = {key for case in cases if case.is_open and not case.draft and not case.digest for key in case.covers}
    free = [(unit, f) for f in standing if f.key not in taken and _is_ill(f) and (unit := _unit(f.key))]
    return tuple(_with(case, free) for case in cases)


def _with(case: Followed, free: Iterable[tuple[_Unit, Finding]]) -> Followed:
    units = {unit for key in case.covers if (unit := _unit(key))}
    own = _unit(case.key)
    same = [f.key for unit, f in free if unit in units and not (unit == own and f.serial and case.serial and f.serial != case.serial)]
    new = [key for key in dict.fromkeys(same) if key not in case.covers]
    return replace(case, covers=(*case.covers, *sorted(new))) if new else case


def _is_ill(found: Finding) -> bool:
    return not found.cause and found.verdict not in (None, Condition.HEALTHY)


def _unit(key: str) -> _Unit | None:
    """Return device, kind and place of the part that the finding *key* is about; None where its name tells no place."""
    _, rule, device, item = [*key.split(":", 3), "", "", ""][:4]
    component, where = COMPONENTS.get(rule), place(item)
    return (device, component, where) if component in _PLACED and where else None
