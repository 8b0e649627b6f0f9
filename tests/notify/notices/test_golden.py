"""Every notice word for word, in both languages; ``HEALTHD_GOLDEN=write`` writes them anew, to be read before they are kept."""

import os
from pathlib import Path

import pytest

from healthd.model.case import Did
from healthd.model.message import Message
from healthd.model.phrase import say
from healthd.notify.notices.renewal import renewals
from healthd.notify.notices.trouble import troubles
from tests.notify.notices.scenes import LIFE, NOW, OPENED, customer, entry, tac, telling, told

GOLDEN = Path(__file__).parent / "golden"


def text(message: Message) -> str:
    urgent = " (urgent)" if message.urgent else ""
    files = "".join(f"\n[{file.name}]" for file in message.attachments)
    return f"To: {message.recipient}{urgent}\nSubject: {message.subject}\n\n{message.text}{files}"


def everything(code: str) -> str:
    parts = []
    tell = telling(code)
    for said, messages in told(LIFE, tell):
        parts += [f"===== {said.did}\n{text(each)}" for each in messages]
    out = (OPENED, entry(Did.ENTITLED, "hot", covered="no"), entry(Did.HANDED_TO_SALES, "hot", reason="HT-1"))
    parts += [f"===== {said.did}\n{text(each)}" for said, messages in told(out, tell, proposed=False, entitled=False) for each in messages][
        -1:
    ]
    parts += [f"===== renewal\n{text(each)}" for each in renewals(customer(code), tac(code), NOW, tell.speaker)]
    parts += [f"===== trouble\n{text(each)}" for each in troubles("polls", [say("monitoring")], tac(code), NOW, tell.speaker)]
    return "\n".join(parts)


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_people_are_told_in_these_words(code: str) -> None:
    file, found = GOLDEN / f"{code}.txt", everything(code)
    if os.environ.get("HEALTHD_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(found, "utf-8")
    assert found == file.read_text("utf-8")
