"""N7: the good part was shipped, has arrived, or was handed out; to the engineer, and to the customer."""

from collections.abc import Iterator, Mapping

from healthd.model.case import Did, Entry
from healthd.model.phrase import Phrase, say
from healthd.notify.notice import Notice, Row, Scene, engineer, opener

NUMBER = "N7"
STEPS: Mapping[str, Phrase] = {
    "shipped": say("the good part is on its way"),
    "received": say("the good part has arrived"),
    "issued": say("the good part is handed out"),
}


def notices(scene: Scene) -> Iterator[Notice]:
    """Yield where the part is."""
    headline = STEPS.get(scene.entry.fact("step")) if scene.entry.did is Did.RMA_STEPPED else None
    if headline is None:
        return
    for reader in engineer(scene):
        yield Notice(
            reader=reader, headline=headline, rows=_rows(scene.entry),
            expected=say("Agree with the customer when it is replaced, and record both serial numbers."), command=f"healthd case show {scene.case.number}",
        )  # fmt: skip
    for reader in opener(scene):
        yield Notice(reader=reader, headline=headline, rows=_rows(scene.entry), expected=say("Our engineer agrees the time with you."))


def _rows(entry: Entry) -> tuple[Row, ...]:
    said = {
        "form": say("Spare-part request form"), "number": say("RMA number"), "pid": say("Good part"), "serial": say("Serial number"),
        "tracking": say("Waybill"), "branch": say("Branch"),
    }  # fmt: skip
    return tuple(Row(name=name, value=entry.fact(key)) for key, name in said.items() if entry.fact(key))
