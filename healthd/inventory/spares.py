"""The kinds of spare parts in ``tac.yaml``.

    currency: CNY
    spares:
      - {pid: PWR-C1-715WAC, substitutes: [PWR-C1-1100WAC], minimum: {hz: 2}, price: 9800, value: B}

A PID and its spare form with ``=`` behind it are the same part.
"""

from typing import Any

from healthd.inventory.document import Document, Place, shown
from healthd.model.tac import SpareKind

KEYS = ("pid", "substitutes", "minimum", "price", "value")


def kind(document: Document, place: Place, entry: dict[str, Any]) -> SpareKind:
    """Return the kind of part that *entry* describes; what is wrong goes to the mistakes of *document*."""
    pid = str(entry.get("pid") or "")
    if not pid:
        document.wrong(place, "spare: found no pid; allowed: Cisco's product number; add 'pid: …'")
    price = entry.get("price")
    if price is not None and not _is_whole(price):
        document.wrong(
            (*place, "price"), f"spare {pid!r}: price: found {shown(price)}; allowed: whole units from 0; write for example 9800"
        )
        price = None
    said = entry.get("substitutes", [])
    return SpareKind(
        pid=pid,
        substitutes=tuple(map(str, said if isinstance(said, list) else [said])),
        minimum=_minimum(document, (*place, "minimum"), entry.get("minimum", {}), pid),
        price=price,
        value=str(entry.get("value") or ""),
    )


def _minimum(document: Document, place: Place, value: Any, pid: str) -> dict[str, int]:
    if isinstance(value, dict) and all(_is_whole(each) for each in value.values()):
        return {str(branch): number for branch, number in value.items()}
    document.wrong(
        place, f"spare {pid!r}: minimum: found {shown(value)}; allowed: branches with whole numbers from 0; write for example {{hz: 2}}"
    )
    return {}


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
