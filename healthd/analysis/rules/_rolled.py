"""Many access ports with one trouble are one finding: a list, not a flood."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from healthd.analysis.ports import Port, some
from healthd.model.finding import Condition, Finding, Level
from healthd.model.observation import Observation
from healthd.model.phrase import Phrase

ACCESS = "access ports"
EVIDENCE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One port with the trouble: its *level* on a port that carries, what to say of it, and how bad it is beside others."""

    port: Port
    level: Level
    summary: Phrase
    since: datetime | None = None
    weight: float = 0.0
    verdict: Condition | None = None
    evidence: tuple[Observation, ...] = ()


def told(rule: str, hits: Iterable[Hit], together: Callable[[int, str], Phrase], advice: Phrase) -> Iterator[Finding]:
    """Yield one finding per carrying port, and one notice per device for all its access ports.

    *together* words the notice from the count of ports and their names; a single one speaks for itself.
    """
    access: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit.port.carries:
            yield _single(rule, hit, advice)
        else:
            access[hit.port.device].append(hit)
    for device, found in access.items():
        found.sort(key=lambda hit: -hit.weight)
        yield Finding(
            rule=rule,
            device=device,
            item=ACCESS,
            indexes=tuple(hit.port.row.index for hit in found),
            level=Level.NOTICE,
            summary=together(len(found), some([hit.port.row.name for hit in found])) if len(found) > 1 else found[0].summary,
            since=min((hit.since for hit in found if hit.since), default=None),
            evidence=tuple(o for hit in found for o in hit.evidence)[:EVIDENCE],
            advice=advice,
        )


def _single(rule: str, hit: Hit, advice: Phrase) -> Finding:
    return Finding(
        rule=rule,
        device=hit.port.device,
        item=hit.port.row.name,
        index=hit.port.row.index,
        level=hit.level,
        summary=hit.summary,
        since=hit.since,
        verdict=hit.verdict,
        evidence=hit.evidence,
        advice=advice,
    )
