"""The books: how many things every stage took in, and what became of them, by hour.

Outcome ``in`` counts what came; every other outcome says where it went:
``out``, ``held …`` or ``dropped: reason``. A stage is in balance when
in = out + held + dropped (``healthd doctor --accounting`` shows it).
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Sum

from healthd.model.interval import Interval
from healthd.store import _bulk
from healthd.store._moment import HOUR, micros
from healthd.store._ready import connection, models
from healthd.store._transact import reads, writes

IN = "in"
Counts = Mapping[tuple[str, str], int]
"""(stage, outcome) to a number."""


@writes
def add(now: datetime, counts: Counts) -> None:
    """Add *counts* to the hour of *now*, inside the caller's transaction where there is one."""
    hour = micros(now) // (HOUR * 1_000_000) * HOUR * 1_000_000
    rows = [(hour, stage, outcome, 0) for (stage, outcome), number in sorted(counts.items()) if number]
    _bulk.insert(models.Tally, rows)
    with connection.cursor() as cursor:
        for (stage, outcome), number in sorted(counts.items()):
            if number:
                cursor.execute(
                    "UPDATE store_tally SET number = number + %s WHERE at = %s AND stage = %s AND outcome = %s",
                    [number, hour, stage, outcome],
                )


@reads
def sums(window: Interval | None = None) -> dict[str, dict[str, int]]:
    """Return the numbers of each stage by outcome, of the hours that begin inside *window* (all when None)."""
    rows = models.Tally.objects.all()
    if window:
        rows = rows.filter(at__gte=micros(window.start), at__lt=micros(window.end))
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for stage, outcome, number in rows.values_list("stage", "outcome").annotate(Sum("number")):
        found[stage][outcome] = number
    return dict(found)


def missing(outcomes: Mapping[str, int]) -> int:
    """Return how many things of a stage are nowhere: in − everything else; 0 when its books are in balance."""
    return outcomes.get(IN, 0) - sum(number for outcome, number in outcomes.items() if outcome != IN)
