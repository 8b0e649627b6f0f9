"""Two people who act on one case at once: whoever read an older version writes nothing; who named none meets the case as it is by then."""

from itertools import product

import pytest

from healthd.desk import desk, lifecycle
from healthd.errors import Conflict, NotAllowed
from healthd.model.case import Case, Did, Entry
from healthd.store import journal
from tests.desk.lives import CALLER, ENGINEER, HOTLINE, MANAGER, MINUTE, T0, entry, opening

pytestmark = pytest.mark.usefixtures("sqlite_store")
LIFE = (
    entry(Did.ASSIGNED, 2, **HOTLINE, engineer="li"),
    entry(Did.ACKNOWLEDGED, 5, **ENGINEER),
    entry(Did.ENGINEER_CONFIRMED, 20, **ENGINEER),
    entry(Did.CUSTOMER_CONFIRMED, 21, who="mei", by="Wang Fang"),
    entry(Did.ON_SITE_ASKED, 22, **ENGINEER, reason="hands"),
)
ACTS = (
    entry(Did.ASSIGNED, 30, **MANAGER, engineer="sun"),
    entry(Did.ACKNOWLEDGED, 30, **ENGINEER),
    entry(Did.WAITED, 30, **ENGINEER, reason="his boss"),
    entry(Did.RMA_PENDED, 30, **ENGINEER),
    entry(Did.ON_SITE_APPROVED, 30, **MANAGER),
    entry(Did.ON_SITE_REFUSED, 30, **MANAGER, reason="remote first"),
    entry(Did.RESOLVED, 30, **ENGINEER, reason="reseated"),
    entry(Did.ESCALATED, 30, **ENGINEER, reason="stuck"),
    entry(Did.STEPPED, 30, who="healthd", step="response:P3:75", engineer="sun"),
    entry(Did.NOTED, 30, **ENGINEER, text="looked at it"),
)
STAGES = (0, 1, 2, 5)


def lived(stage: int, token: str) -> Case:
    """Open a case and let it live through the first *stage* entries."""
    case = desk.open_case(opening(token=token), T0, facts=tuple(CALLER.items()))
    for each in LIFE[:stage]:
        case = desk.act(case.number, each, now=each.at)
    return case


def written(case: Case, each: Entry, *, version: int | None) -> bool:
    """Say whether *each* was added; a refusal of the process is none."""
    try:
        desk.act(case.number, each, version=version, now=T0 + 31 * MINUTE)
    except NotAllowed:
        return False
    return True


def test_of_two_who_read_the_same_version_the_second_writes_nothing_whatever_they_do() -> None:
    for number, (stage, (first, second)) in enumerate(product(STAGES, product(ACTS, ACTS))):
        if number % 3:
            continue  # a third of all pairs at all stages is enough
        case = lived(stage, f"t-{number}")
        if not written(case, first, version=case.version):
            continue
        lines = journal.lines("case", case.number)
        with pytest.raises(Conflict):
            desk.act(case.number, second, version=case.version, now=T0 + 31 * MINUTE)
        assert journal.lines("case", case.number) == lines


def test_of_two_who_named_no_version_both_write_or_the_process_refuses_one_and_the_record_is_lawful() -> None:
    for number, (stage, (first, second)) in enumerate(product(STAGES, product(ACTS, ACTS))):
        if number % 3 != 1:
            continue
        case = lived(stage, f"t-{number}")
        done = [written(case, each, version=None) for each in (first, second)]
        after = desk.found(case.number)
        assert [each.did for each in after.entries[len(case.entries) :]] == [
            each.did for each, yes in zip((first, second), done, strict=True) if yes
        ]
        again = lifecycle.folded([after.opening], case.number)
        for each in after.entries:
            lifecycle.check(again, each)
            again = lifecycle.apply(again, each)
