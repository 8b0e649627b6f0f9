"""N7: where the good part is, from its order until monitoring sees it in the device; to the customer, and while it comes to the engineer."""

from collections.abc import Iterator, Mapping

from healthd.model.case import Did, Entry
from healthd.model.phrase import Phrase, say
from healthd.notify.notice import Notice, Row, Scene, engineer, opener

NUMBER = "N7"
STEPS: Mapping[str, Phrase] = {
    "ordered": say("the good part is ordered"),
    "shipped": say("the good part is on its way"),
    "received": say("the good part has arrived"),
    "issued": say("the good part is handed out"),
    "installed": say("the good part is installed"),
    "verified": say("monitoring sees the good part in the device"),
}
COMING = frozenset({"shipped", "received", "issued"})


def notices(scene: Scene) -> Iterator[Notice]:
    """Yield where the part is."""
    headline = STEPS.get(scene.entry.fact("step")) if scene.entry.did is Did.RMA_STEPPED else None
    if headline is None:
        return
    coming = scene.entry.fact("step") in COMING
    for reader in engineer(scene) if coming else ():
        yield Notice(
            reader=reader, headline=headline, rows=_rows(scene.entry),
            expected=say("Agree with the customer when it is replaced, and record both serial numbers."), command=f"healthd case show {scene.case.number}",
        )  # fmt: skip
    expected = say("Our engineer agrees the time with you.") if coming else say("Nothing; answer if something is not right.")
    for reader in opener(scene):
        yield Notice(reader=reader, headline=headline, rows=_rows(scene.entry), expected=expected)


def _rows(entry: Entry) -> tuple[Row, ...]:
    said = {
        "form": say("Spare-part request form"), "number": say("RMA number"), "pid": say("Good part"), "serial": say("Serial number"),
        "tracking": say("Waybill"), "branch": say("Branch"),
    }  # fmt: skip
    return tuple(Row(name=name, value=entry.fact(key)) for key, name in said.items() if entry.fact(key))
