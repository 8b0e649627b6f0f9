"""Reports that are owed, and messages that wait."""

from collections.abc import Iterator
from datetime import timedelta

from healthd.doctor._patient import Found, Patient, bad, good
from healthd.errors import StoreError
from healthd.model.counted import counted
from healthd.store import database, outbox, runs

ORDER = 110
LATE = timedelta(hours=1)


def check(patient: Patient) -> Iterator[Found]:
    """Look for reports that failed and for messages that are late or refused."""
    if not database.is_open():
        return
    try:
        failed = {c.code: runs.unfinished(c.code, "daily") for c in patient.customers}
        waiting = outbox.listed((outbox.Stage.WAITING, outbox.Stage.FAILED))
    except StoreError:
        return
    for code, days in failed.items():
        for day, (tries, why) in sorted(days.items()):
            yield bad(
                f"the report of {code} for {day} was tried {counted(tries, 'time')}: {why or 'no reason is known'}", "see healthd's log"
            )
    refused = [each for each in waiting if each.stage == outbox.Stage.FAILED]
    late = [each for each in waiting if each.stage == outbox.Stage.WAITING and patient.now - each.message.made > LATE]
    for name, those in (("refused", refused), ("late", late)):
        if those:
            yield bad(
                f"{counted(len(those), 'message')} {'is' if len(those) == 1 else 'are'} {name}; the newest: {those[0].error or those[0].key}",
                "healthd outbox list",
            )
    if not any(failed.values()) and not refused and not late:
        yield good("nothing is owed")
