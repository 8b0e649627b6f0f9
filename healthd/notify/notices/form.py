"""N6: the spare-part request form: the customer is to confirm the hardware fault; the spares specialist gets it when both have."""

from collections.abc import Iterator

from healthd.model.case import Did
from healthd.model.phrase import say
from healthd.model.tac import Role
from healthd.notify.notice import Notice, Row, Scene, having, opener

NUMBER = "N6"


def notices(scene: Scene) -> Iterator[Notice]:
    """Yield a request to confirm to the customer, and the form to the spares specialist."""
    form = scene.entry.fact("form")
    rows = (Row(name=say("Spare-part request form"), value=form),) if form else ()
    if scene.entry.did is Did.ENGINEER_CONFIRMED and not scene.case.confirmed[1]:
        for reader in opener(scene):
            yield Notice(
                reader=reader, headline=say("please confirm the hardware fault"), rows=rows, files=scene.files,
                sentences=(say("Our engineer found that the part below has failed. We send a replacement when you have confirmed it too."),),
                expected=say("Answer this message with the word confirmed and your name, or call the hotline. Say what may happen to the data on the part."),
            )  # fmt: skip
    if scene.entry.did is Did.RMA_PENDED:
        for reader in having(scene, Role.SPARES):
            yield Notice(
                reader=reader, urgent=scene.grave, headline=say("a part is to be replaced"), rows=rows, files=scene.files,
                sentences=(say("The TAC engineer and the customer have both confirmed the hardware fault."),),
                expected=say("Take the part from the branch's own stock, or request an RMA from Cisco."), command=f"healthd rma show {form}" if form else "healthd rma list",
            )  # fmt: skip
