"""All findings there are, out of a history: every rule is asked, and a rule that breaks is itself a finding."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import ModuleType

from healthd import modules
from healthd.analysis import rules
from healthd.analysis.causes import explained
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say


def judge(
    history: History, now: datetime, limits: Mapping[str, object] | None = None, *, first_seen: Mapping[str, datetime] | None = None
) -> tuple[Finding, ...]:
    """Return one finding per key, worst first, then by device, rule and item.

    *limits* holds a rule's own ``Limits`` by the rule's name; a rule without
    an entry uses its defaults. Where two rows give the same key the worse
    one stays. What a dead device explains is a notice that names it.
    *first_seen* is when findings that were known before were first seen, by their keys.
    """
    worst: dict[str, Finding] = {}
    for rule in modules.every(rules):
        for finding in _asked(rule, history, now, limits or {}):
            known = worst.get(finding.key)
            if known is None or known.level < finding.level:
                worst[finding.key] = finding
    told = explained(list(worst.values()), history, first_seen or {})
    return tuple(sorted(told, key=lambda f: (-f.level, f.device, f.rule, f.item)))


def _asked(rule: ModuleType, history: History, now: datetime, limits: Mapping[str, object]) -> Iterator[Finding]:
    name = rule.__name__.rpartition(".")[2]
    try:
        yield from rule.check(history, limits.get(name) or rule.Limits(), now)
    except Exception as error:  # noqa: BLE001 - the boundary around a rule: one that breaks must not silence the others
        yield from _failed(name, history, error)


def _failed(name: str, history: History, error: Exception) -> Iterator[Finding]:
    """A check that could not be made is unknown for every device it would have looked at."""
    said = f"{type(error).__name__}: {error}"
    for device in history.devices:
        yield Finding(
            rule="judge",
            device=device.name,
            item=name,
            level=Level.UNKNOWN,
            summary=say("The check {rule} failed and could say nothing: {error}", rule=name, error=said),
            advice=say("Report this text to those who look after healthd."),
        )
