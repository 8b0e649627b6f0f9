"""Power over Ethernet by POWER-ETHERNET-MIB: what there is, what is used, and whether it works."""

from collections.abc import Iterator

from healthd.catalogue.mibs import poe as mib
from healthd.collectors._states import StateColumn, number, words_of
from healthd.model.answer import Answers
from healthd.model.observation import Reading

MAIN = StateColumn(metric="poe.state", walk=mib.MAIN, column="pethMainPseOperStatus", words=mib.MAIN_STATE)
PORT = StateColumn(metric="poe.port.state", walk=mib.PORT, column="pethPsePortDetectionStatus", words=mib.PORT_STATE)

ASKS = (mib.MAIN, mib.PORT)
WORDS = words_of(MAIN, PORT)


def read(answers: Answers) -> Iterator[Reading]:
    """Yield state, budget and use of each group, and the state of each port."""
    yield from MAIN.readings(answers, lambda index, _: f"PoE group {index}")
    for index, row in answers.rows(mib.MAIN).items():
        for metric, column in (("poe.total", "pethMainPsePower"), ("poe.used", "pethMainPseConsumptionPower")):
            if (watts := number(row, column)) is not None:
                oid = f"{mib.MAIN.oid(column)}.{index}"
                source = f"{mib.MAIN.mib}::{column}"
                yield Reading(metric=metric, item=f"PoE group {index}", index=index, value=watts, unit="W", source=source, oid=oid)
    yield from PORT.readings(answers, lambda index, _: f"PoE port {index.replace('.', '/')}")
