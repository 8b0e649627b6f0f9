"""Every rule is asked, and one that breaks says so instead of silencing the rest."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import ModuleType, SimpleNamespace

import pytest

from healthd import modules
from healthd.analysis.judge import judge
from healthd.analysis.recorded import Recorded
from healthd.model.device import Device
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.interval import Interval
from healthd.model.phrase import say

NOW = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
EMPTY = Recorded(
    devices=(Device(name="edge", customer="c", address="192.0.2.1"),), polls=(), window=Interval(NOW - timedelta(hours=1), NOW)
)


def rule(name: str, *findings: Finding, error: Exception | None = None) -> SimpleNamespace:
    def check(history: History, limits: object, now: datetime) -> Iterator[Finding]:
        yield from findings
        if limits == "loud":
            yield found("loud", Level.CRITICAL)
        if error:
            raise error

    return SimpleNamespace(__name__=f"rules.{name}", Limits=dict, check=check)


def found(item: str, level: Level, rule: str = "fan") -> Finding:
    return Finding(rule=rule, device="edge", item=item, level=level, summary=say("It is so."))


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch):
    def asked(*rules: SimpleNamespace, limits: dict[str, object] | None = None) -> tuple[Finding, ...]:
        monkeypatch.setattr(modules, "every", lambda package: list(rules))
        return judge(EMPTY, NOW, limits)

    return asked


def test_the_worst_comes_first(ask) -> None:
    result = ask(rule("a", found("n", Level.NOTICE), found("c", Level.CRITICAL)), rule("b", found("w", Level.WARNING)))
    assert [f.item for f in result] == ["c", "w", "n"]


def test_one_finding_per_key_and_it_is_the_worst(ask) -> None:
    result = ask(rule("a", found("x", Level.WARNING), found("x", Level.CRITICAL), found("x", Level.NOTICE)))
    assert [f.level for f in result] == [Level.CRITICAL]


def test_a_rule_that_breaks_is_unknown_and_the_others_still_speak(ask) -> None:
    result = ask(rule("bad", found("x", Level.NOTICE), error=KeyError("row")), rule("good", found("y", Level.WARNING)))
    assert {(f.item, f.level) for f in result} == {("x", Level.NOTICE), ("y", Level.WARNING), ("bad", Level.UNKNOWN)}
    assert "KeyError: 'row'" in str(next(f for f in result if f.item == "bad").summary)


def test_a_rule_gets_the_limits_of_its_name(ask) -> None:
    assert [f.item for f in ask(rule("a"), rule("b"), limits={"b": "loud"})] == ["loud"]


def test_every_rule_has_the_parts_of_a_rule() -> None:
    from healthd.analysis import rules

    for member in modules.every(rules):
        assert isinstance(member, ModuleType)
        assert isinstance(member.NEEDS, tuple), member
        assert all(word in (member.__doc__ or "") for word in ("What:", "Why:", "Remedy:", "Source:")), member
        member.Limits()
        assert callable(member.check)


def test_no_rule_speaks_of_devices_that_were_never_heard() -> None:
    hardware = ("psu", "fan", "temperature", "voltage", "module", "sensor", "stack", "redundancy", "hsrp", "vrrp", "bgp", "ospf")
    assert not [f for f in judge(EMPTY, NOW) if f.rule in hardware]
