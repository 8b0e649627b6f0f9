"""What desks and ticket systems owe us, and what they refused."""

from collections.abc import Iterator
from datetime import timedelta

from healthd.doctor._patient import Found, Patient, bad, good
from healthd.errors import StoreError
from healthd.model.counted import counted
from healthd.store import database, errands
from healthd.store.errands import Stage

ORDER = 112
LATE = timedelta(minutes=30)


def check(patient: Patient) -> Iterator[Found]:
    """Look for errands that were refused for good, and for those that a desk has not done for long."""
    if not database.is_open():
        return
    try:
        open_ = errands.listed((Stage.WAITING, Stage.FAILED))
    except StoreError:
        return
    refused = [each for each in open_ if each.stage is Stage.FAILED]
    late = [each for each in open_ if each.stage is Stage.WAITING and patient.now - each.made > LATE]
    for name, those in (("refused", refused), ("late", late)):
        if those:
            number = f"{counted(len(those), 'errand')} for desks {'is' if len(those) == 1 else 'are'} {name}"
            yield bad(f"{number}; the newest, on {those[0].backend}: {those[0].error or those[0].id}", "healthd errand list")
    if not refused and not late:
        yield good("no desk owes us anything")
