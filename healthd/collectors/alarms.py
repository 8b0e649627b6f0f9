"""How many alarms the device asserts itself, by CISCO-ENTITY-ALARM-MIB. Many of them are ports without a cable."""

from collections.abc import Iterator

from healthd.catalogue.mibs.entity_alarm import COUNTS
from healthd.collectors._states import number
from healthd.model.answer import Answers
from healthd.model.observation import Reading

ASKS = (COUNTS,)


def read(answers: Answers) -> Iterator[Reading]:
    """Yield one count for each of the three severities."""
    for column, oid in COUNTS.objects:
        if (count := number(answers.row(COUNTS), column)) is not None:
            severity = column.removeprefix("ceAlarm").removesuffix("Count").lower()
            yield Reading(metric=f"alarm.{severity}", item=severity, index="0", value=count, source=f"{COUNTS.mib}::{column}", oid=oid)
