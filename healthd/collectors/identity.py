"""What tells one system from another: the first question to a device, over SNMP or else on its command line."""

from collections.abc import Iterator

from healthd.catalogue.mibs.snmpv2 import SYSTEM
from healthd.model.answer import Answers, text
from healthd.model.observation import Fact
from healthd.model.request import Show

IDENTITY = SYSTEM
VERSION = Show("show version")
METRICS = ()
ASKS = (IDENTITY,)


def read(answers: Answers) -> Iterator[Fact]:
    """Yield nothing: who the device is becomes a fact in :mod:`healthd.collectors.system`, together with its parts."""
    del answers
    return iter(())


def claims(answers: Answers) -> tuple[str, str]:
    """Return sysObjectID and sysDescr (or ``show version``), by which platforms are recognised; empty where the device keeps them to itself."""
    row = answers.row(IDENTITY)
    return text(row.get("sysObjectID")), text(row.get("sysDescr")) or answers.text(VERSION) or ""
