"""Openings and actions that the tests of desks share."""

from dataclasses import replace
from typing import Any

from healthd.model.action import Note, Open, Propose, Raise, Reopen
from healthd.model.case import Opening, Priority
from healthd.model.message import Attachment
from healthd.model.phrase import say
from tests.caseclient.servers.hostile import START

EVIDENCE = Attachment(name="证据 evidence.txt", media="text/plain", data="电源 PS1 failed".encode())
FILES = {"f1": EVIDENCE}


def opening(token: str = "hd-1", **more: Any) -> Open:  # noqa: S107 - a case's token is no secret
    said = {
        "key": "psu.failed:sw1:PS1", "token": token, "customer": "ACME", "title": say("Power supply {part} of {device} has failed", part="PS1", device="sw1"),
        "text": say("It is <dark> & cold."), "at": START, "priority": Priority.P2, "why": say("nothing left in reserve"), "device": "sw1", "item": "PS1",
        "pid": "PWR-C1-715WAC", "serial": "DCB2144G0XY", "slot": "1", "rma": True,
    }  # fmt: skip
    return Open(opening=Opening(**{**said, **more}))


def note(mark: str = "n1", token: str = "hd-1", text: str = "still dark", **more: Any) -> Note:  # noqa: S107 - the same
    return Note(token=token, mark=mark, text=say(text), **more)


RAISE = Raise(token="hd-1", mark="r1", priority=Priority.P1, why=say("the second one is gone too"))
PROPOSE = Propose(token="hd-1", mark="p1", text=say("both supplies are well"))
REOPEN = Reopen(token="hd-1", mark="o1", text=say("dark again"))


def for_token(action: Raise | Propose | Reopen, token: str) -> Raise | Propose | Reopen:
    return replace(action, token=token)
