"""N10: a case was opened with Cisco TAC; the customer is told its number."""

from collections.abc import Iterator

from healthd.model.case import Did
from healthd.model.phrase import say
from healthd.notify.notice import Notice, Row, Scene, engineer, opener

NUMBER = "N10"


def notices(scene: Scene) -> Iterator[Notice]:
    """Yield Cisco's number to the customer, and to the engineer when somebody else recorded it."""
    entry = scene.entry
    number = entry.fact("cisco") or scene.case.cisco
    if entry.did is not Did.CISCO_OPENED or not number:
        return
    rows = (Row(name=say("Cisco's case number"), value=number),)
    for reader in opener(scene):
        yield Notice(
            reader=reader, headline=say("Cisco TAC works on it too"), rows=() if scene.case.cisco else rows,
            sentences=(say("We have opened a case with Cisco TAC for you. Its number is {number}.", number=number),),
            expected=say("Nothing; our engineer stays yours, and works with Cisco."),
        )  # fmt: skip
    for reader in engineer(scene) if entry.who != scene.case.engineer else ():
        yield Notice(
            reader=reader, headline=say("Cisco's case number is there"), expected=say("Send Cisco the evidence, and follow the case there."),
            command=f"healthd case show {scene.case.number}",
        )  # fmt: skip
