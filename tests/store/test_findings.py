"""Findings have a first and a last time, and people's words on them end when they said."""

from datetime import UTC, datetime, timedelta

from healthd.model.finding import Finding, Level
from healthd.model.phrase import say
from healthd.store import findings
from healthd.store.database import Settings
from healthd.store.findings import Mark

START = datetime(2026, 3, 2, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def psu(device: str = "r1", item: str = "PSU A", level: Level = Level.CRITICAL, n: int = 1) -> Finding:
    return Finding(rule="psu.failed", device=device, item=item, level=level, summary=say("supply {n} failed", n=n))


def test_a_finding_keeps_its_first_time_and_its_newest_wording(store: Settings) -> None:
    findings.see("acme", [psu()], at(0), heard=["r1"])
    findings.see("acme", [psu(n=2, level=Level.WARNING)], at(5), heard=["r1"])
    findings.see("acme", [psu(n=3)], at(3), heard=["r1"])
    (kept,) = findings.standing("acme", at(5))
    assert (kept.first_seen, kept.last_seen, kept.finding) == (at(0), at(5), psu(n=2, level=Level.WARNING))


def test_silence_clears_nothing_and_being_heard_does(store: Settings) -> None:
    findings.see("acme", [psu(), psu("r2")], at(0), heard=["r1", "r2"])
    findings.see("acme", [], at(5), heard=["r2"])
    assert [kept.finding.device for kept in findings.standing("acme", at(5))] == ["r1"]
    gone = findings.newest("acme", psu("r2").key, at(5))
    assert gone
    assert gone.cleared == at(5)


def test_a_finding_that_comes_back_begins_anew(store: Settings) -> None:
    findings.see("acme", [psu()], at(0), heard=["r1"])
    findings.see("acme", [], at(5), heard=["r1"])
    findings.see("acme", [psu()], at(9), heard=["r1"])
    (kept,) = findings.standing("acme", at(9))
    assert (kept.first_seen, kept.cleared) == (at(9), None)


def test_the_worst_stands_first(store: Settings) -> None:
    levels = [Level.NOTICE, Level.CRITICAL, Level.UNKNOWN, Level.WARNING]
    findings.see("acme", [psu(item=level.word, level=level) for level in levels], at(0))
    assert [kept.finding.level for kept in findings.standing("acme", at(0))] == sorted(levels, reverse=True)


def test_a_mark_holds_until_it_ends_and_the_newest_counts(store: Settings) -> None:
    findings.see("acme", [psu()], at(0))
    muted = Mark(key=psu().key, author="li", reason="spare ordered", at=at(1), until=at(10), muted=True)
    for _ in range(2):
        findings.mark("acme", muted)
    assert [kept.mark for kept in findings.standing("acme", at(5))] == [muted]
    assert [kept.mark for kept in findings.standing("acme", at(10))] == [None]
    taken = Mark(key=psu().key, author="wang", reason="on it", at=at(6))
    findings.mark("acme", taken)
    assert [kept.mark for kept in findings.standing("acme", at(20))] == [taken]


def test_monstrous_items_stay_apart(store: Settings) -> None:
    findings.see("acme", [psu(item="x" * 5000 + end) for end in "ab"], at(0))
    assert len(findings.standing("acme", at(0))) == 2
