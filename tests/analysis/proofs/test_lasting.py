"""What only the log told stands for a day, unless good news ends it; its verdict keeps the lines that it rests on."""

from dataclasses import replace
from datetime import timedelta

from healthd.analysis.judge import judge
from healthd.analysis.proofs.lasting import LASTS, lasting
from healthd.analysis.recorded import Recorded
from healthd.analysis.verdicts import verdicts
from healthd.model.event import Event
from healthd.model.finding import Condition, Finding
from healthd.model.interval import Interval
from tests.analysis.rules.story import EDGE, NOW
from tests.analysis.test_verdicts import FAULTY, FINE, HARD, Scene, history, line, polls

HOURS = timedelta(hours=1)


def later(hours: float, *events: Event) -> Recorded:
    """Return what is known that many hours after NOW."""
    end = NOW + hours * HOURS
    seen = [replace(poll, at=end) for poll in polls(Scene())]
    return Recorded((EDGE,), seen, Interval(end - 3 * HOURS, end), events={"edge": list(events)})


def found(text: str) -> Finding:
    past = history(Scene(log=[(20, text)]))
    (made,) = judge(past, NOW)
    return made


def test_it_stands_for_a_day_after_its_last_line() -> None:
    one = found(HARD)
    assert list(lasting([one], [], later(20), NOW + 20 * HOURS)) == [one]
    assert list(lasting([one], [], later(24), NOW + LASTS)) == []


def test_what_is_found_again_or_was_ended_by_good_news_is_not_told_twice() -> None:
    one = found(FAULTY)
    assert list(lasting([one], [one], later(1), NOW + HOURS)) == []
    assert list(lasting([one], [], later(5), NOW + 5 * HOURS)) == [one]
    mended = replace(line(0, FINE), received=NOW + 4 * HOURS)
    assert list(lasting([one], [], later(5, mended), NOW + 5 * HOURS)) == []


def test_other_rules_are_left_alone() -> None:
    assert list(lasting([replace(found(HARD), rule="psu")], [], later(1), NOW + HOURS)) == []


def test_its_verdict_rests_on_the_lines_that_left_the_window() -> None:
    one = found(HARD)
    (made,) = verdicts([one], later(20), {}, NOW + 20 * HOURS, first_seen={one.key: NOW})
    assert (made.state, made.finding) == (Condition.SUSPECT, one.key)
    assert [proof.source for proof in made.proofs] == ["%IOSXE-3-PLATFORM"]
