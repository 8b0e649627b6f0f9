"""What a day's report says, and what it never says."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from healthd.analysis.stream.configured import Change
from healthd.analysis.stream.logday import logday
from healthd.model.availability import State, Transition
from healthd.model.event import Event
from healthd.model.finding import Level
from healthd.model.interval import Interval
from healthd.model.logged import Logged
from healthd.model.phrase import Percent
from healthd.model.report import Figures, Report, Section, Status, Table, Verdict
from healthd.reports import daily
from healthd.reports.facts import Facts, Score, whole
from healthd.reports.figures import figures
from healthd.reports.fitting import fitted
from healthd.reports.html import WORDS, page
from healthd.reports.language import language
from healthd.reports.paper_text import lines
from healthd.reports.sections import rules

START = datetime(2026, 3, 20, tzinfo=UTC)
CHAPTERS = ["Availability", "Performance and hardware", "System log", "Appendix"]
Make = Callable[..., object]


def change(device: str, hours: float, state: State, **said: str) -> Transition:
    return Transition(device=device, at=START + timedelta(hours=hours), state=state, **said)


def text(report: Report) -> str:
    return "\n".join(lines(report, language("en", report.zone)))


def chapters(report: Report) -> list[str]:
    return [str(s.chapter) for s in report.sections if s.chapter]


def section(report: Report, key: str) -> Section:
    return next(s for s in report.sections if s.key == key)


def verdict(report: Report) -> Verdict:
    return section(report, "verdict").blocks[0]


def test_a_calm_day_is_page_one_and_the_appendix(net: Make, report: Make) -> None:
    made = report(net("core-01:core:HQ"))
    assert chapters(made) == ["Appendix"]
    assert verdict(made).status == Status.NORMAL
    assert "Nothing needs your attention." in text(made)


def test_a_bad_day_has_all_chapters_in_order_and_two_sentences_of_verdict(bad: Report) -> None:
    made = bad
    assert chapters(made) == CHAPTERS
    assert len(verdict(made).sentences) == 2
    assert made.status == Status.CRITICAL


def test_a_day_on_which_nothing_was_measured_claims_nothing(net: Make, report: Make) -> None:
    made = report(net("core-01:core:HQ", "acc-01", watched=False))
    said = text(made).split("== Appendix ==")[0]
    assert "100%" not in said
    assert "All is well" not in said
    assert verdict(made).status == Status.UNKNOWN
    assert [f.value for f in section(made, "figures").blocks[0].figures][:4] == [None, None, None, None]
    assert "not scored" in said


def test_a_poller_that_stopped_is_not_health(net: Make, report: Make) -> None:
    network = net("core-01:core:HQ")
    later = START + timedelta(days=3)
    now = later + timedelta(hours=6)
    from healthd.reports.gather import Past, day_window, gather, month_window
    from healthd.store import states
    from healthd.store.history import history

    window = day_window(network.customer, later.date(), now)
    day, month = (history(network.customer, network.devices, w) for w in (window, month_window(network.customer, later.date(), window)))
    probed = {name: probe.at for name, probe in states.probes("gold").items()}
    made = daily.report(gather(Past(customer=network.customer, day=day, month=month, probed=probed), now))
    assert str(verdict(made).headline) == "Nothing was measured"
    assert "100%" not in text(made).split("== Appendix ==")[0]


def test_a_device_that_was_down_when_we_stopped_looking_is_not_called_down_for_ever(net: Make, facts: Make) -> None:
    network = net("core-01", changes=(change("core-01", 3, State.DOWN),))
    found = facts(network)
    cut = found.today["core-01"]
    assert cut.down == timedelta(hours=21)  # somebody looked until the end of the day


def test_a_day_that_is_not_over_says_so_and_counts_only_what_has_been(net: Make, report: Make) -> None:
    made = report(net("core-01:core:HQ"), now=START + timedelta(hours=9, minutes=30))
    assert str(made.notices[0]).startswith("This day is not over")
    assert made.window.length == timedelta(hours=9, minutes=30)
    assert made.edition == 0
    marked = page(made, language("en", made.zone, made.window))
    assert "Interim edition" in marked
    assert "This day is not over: every figure is of the time up to" in marked


def test_a_finished_day_has_no_notice_and_is_edition_one(net: Make, report: Make) -> None:
    made = report(net("core-01:core:HQ"))
    assert (made.notices, made.edition) == ((), 1)


def test_a_finding_is_never_hidden_by_healthy_devices(net: Make, report: Make) -> None:
    made = report(net("core-01:core:HQ", *(f"acc-{n:02}" for n in range(20)), failed=("acc-07",)))
    assert made.status == Status.CRITICAL


@pytest.mark.parametrize(
    ("role", "point", "status"),
    [("access", "", Status.WARNING), ("access", "Branch", Status.CRITICAL), ("core", "", Status.CRITICAL)],
)
def test_headline_list_and_figures_agree_on_what_a_silent_device_is_for_the_network(
    net: Make, report: Make, role: str, point: str, status: Status
) -> None:
    made = report(net("core-01:core", f"dev-01:{role}:{point}", changes=(change("dev-01", 20, State.DOWN),)))
    first = section(made, "actions").blocks[0].rows[0]
    assert (made.status, verdict(made).status, first[0]) == (status, status, status)
    assert (str(verdict(made).headline), str(first[-1])) == ("Action needed", "at once")
    said = figures(made)
    assert (said["status"], said["sections"]["actions"][0]["rows"][0]["status"]) == (status.value, status.value)


@pytest.mark.parametrize(
    ("code", "end", "why"), [("en", "not known", "no answer; not measured from 11:00 on"), ("zh-CN", "不明", "无应答；自 11:00 起未采集")]
)
def test_an_outage_after_which_nobody_looked_does_not_look_ended(net: Make, report: Make, code: str, end: str, why: str) -> None:
    lost = (change("acc-1", 10, State.DOWN, reason="no answer"), change("acc-1", 11, State.UNMEASURED), change("acc-1", 12, State.UP))
    row = section(report(net("core-01:core", "acc-1", changes=lost)), "outages").blocks[0].rows[0]
    speaker = language(code, "UTC", Interval(START, START + timedelta(days=1)))
    assert (speaker.say(row[2]), speaker.say(row[4])) == (end, why)
    assert row[3] == timedelta(hours=1)


def test_the_time_lost_is_the_sum_of_what_its_rows_print(net: Make, report: Make) -> None:
    lost = [change(f"acc-{n}", 10 + each, state) for n in range(3) for each, state in ((0, State.DOWN), (1.7 / 3600, State.UP))]
    made = report(net("acc-0", "acc-1", "acc-2", changes=lost))
    english = language("en")
    rows = [english.say(row[3]) for row in section(made, "downtime").blocks[0].rows]
    figure = next(f for f in section(made, "figures").blocks[0].figures if f.key == "lost")
    assert (rows, english.say(figure.value)) == (["1 s"] * 3, "3 s")
    assert "3 devices were down, 3 s in all" in str(verdict(made).sentences[0])


def test_one_row_that_is_left_out_is_not_called_several(net: Make, report: Make) -> None:
    names = [f"acc-{n}" for n in range(5)]
    again = [change(name, 10 + each, state) for name in names for each, state in ((0, State.DOWN), (0.5, State.UP))]
    made = report(net(*names, changes=again))
    said = {
        str(replace(b, stop=len(b.rows) - 1).left)
        for s in made.sections
        for b in s.blocks
        if isinstance(b, Table) and b.rows and b.overflow
    }
    assert said
    assert not [each for each in said if re.search(r"\b1 (?:\w+ )*\w+s\b(?!\.csv)", each.split(" in ")[0])]


def test_what_page_one_leaves_is_what_the_next_table_begins_with(net: Make, report: Make) -> None:
    names = [f"acc-{n:02}" for n in range(14)]
    made = report(net(*names, failed=names))
    for rows in (8, 5, 1):
        cut = fitted(made, {"actions": rows, "downtime": rows})
        first = section(cut, "actions").blocks[0]
        rest = section(cut, "further").blocks[0]
        shown = [row[1].text for table in (first, rest) for row in table.shown]
        assert shown == sorted(names)[: len(shown)]
        assert len(first.shown) == rows
        assert str(first.left) == f"and {14 - rows} more under Further actions"


def test_a_shorter_page_counts_all_rows_it_leaves_out(net: Make, report: Make) -> None:
    made = report(net(*(f"acc-{n:02}" for n in range(14)), failed=("acc-01",)))
    table = section(fitted(made, {"actions": 8, "downtime": 8, "cpu": 3}), "cpu").blocks[0]
    assert (len(table.shown), str(table.left)) == (3, "and 7 more in the attached table performance.csv")
    assert str(table.more).startswith("and 4 more, none above")


def test_programs_get_every_row_and_no_row_twice(net: Make, report: Make) -> None:
    names = [f"acc-{n:02}" for n in range(14)]
    found = figures(report(net(*names, failed=names)))
    assert [row["device"]["name"] for row in found["sections"]["actions"][0]["rows"]] == sorted(names)
    assert "further" not in {b["table"] for blocks in found["sections"].values() for b in blocks if "table" in b}


def test_the_same_figures_stand_in_json_and_on_paper(bad: Report) -> None:
    made = bad
    found = figures(made)
    assert found["status"] == "critical"
    row = next(r for r in found["sections"]["downtime"][0]["rows"] if r["device"]["name"] == "acc-01")
    assert (row["availability"], row["lost"], row["measured"]) == (92.7, 6300.0, 100.0)
    assert "acc-01 (C9300-48P) | 92.70% | 100% | 1 h 45 min" in text(made)
    assert found["sections"]["verdict"][0]["sentences"][0].startswith("2 devices were down, 2 h 15 min in all")


def test_json_speaks_the_language_it_is_asked_for(bad: Report) -> None:
    assert figures(bad, "zh-CN")["sections"]["verdict"][0]["headline"] == "需要处理"


def test_every_percentage_of_availability_has_its_coverage_beside_it(bad: Report) -> None:
    for table in (b for s in bad.sections for b in s.blocks if isinstance(b, Table)):
        keys = [c.key for c in table.columns]
        for key, beside in (("availability", "measured"), ("today", "measured"), ("month", "month_measured")):
            assert key not in keys or keys[keys.index(key) + 1] == beside or beside in keys, table.key


def test_network_availability_under_a_gap_says_how_much_was_measured(bad: Report) -> None:
    number = next(f for f in section(bad, "figures").blocks[0].figures if f.key == "network")
    assert language("en").say(number.compared) == "agreed 99.90%: missed; measured 98.6%"


def test_the_budget_is_time_and_may_be_overspent(bad: Report) -> None:
    rows = {row[0].text: row for row in section(bad, "network").blocks[1].rows}
    assert str(rows["Branch"][6]).startswith("over by")
    assert rows["HQ core"][6] == timedelta(minutes=14, seconds=24)


def test_no_score_is_given_when_too_little_was_measured(net: Make, report: Make) -> None:
    made = report(net("core-01", changes=(change("core-01", 1, State.UNMEASURED), change("core-01", 5, State.UP))))
    assert "Health score: not scored, because only 83.3% of the time was measured." in text(made)
    assert verdict(made).status == Status.UNKNOWN


def test_the_score_lists_what_was_deducted_and_by_what_it_is_capped(bad_facts: Facts) -> None:
    found = bad_facts
    assert found.score.value is not None
    assert found.score.value <= 59
    capped = replace(found, score=Score(value=59, deductions=found.score.deductions[:1], cap=59))
    assert "which is the most while its worst item is open" in text(daily.report(capped))


def test_a_device_in_maintenance_lost_nothing_and_is_shown(net: Make, report: Make) -> None:
    when = (change("fw-01", 22, State.MAINTENANCE, reason="upgrade", author="Li Wei"), change("fw-01", 23, State.UP))
    made = report(net("fw-01", changes=when))
    assert "Every device answered the whole time outside agreed maintenance." in text(made)
    assert "maintenance: upgrade (Li Wei)" in text(made)


def test_devices_behind_a_dead_one_outside_the_inventory_are_not_said_to_have_answered(net: Make, report: Make) -> None:
    made = report(net("acc-01", changes=(change("acc-01", 1, State.UNREACHABLE), change("acc-01", 2, State.UP))))
    assert "could not be reached for some time, though none was found down: 1" in text(made)


def test_today_in_the_calendar_is_what_was_found_not_only_what_answered(net: Make, facts: Make) -> None:
    last = facts(net("acc-01", "acc-02", failed=("acc-01",))).days[-1]
    assert (last.status, last.concerned, last.faults) == (Status.CRITICAL, 1, 1)


def test_days_before_anybody_looked_have_no_state(net: Make, facts: Make) -> None:
    days = facts(net("acc-01", days=9)).days
    assert {d.status for d in days[:20]} == {None}
    assert {d.reachable for d in days[:20]} == {None}
    assert days[-1].reachable == 1


def test_an_uneventful_log_does_not_disturb_a_calm_day(net: Make, facts: Make) -> None:
    found = facts(net("acc-01"))
    line = Event(device="acc-01", received=START, kind="log", source="udp", facility="SYS", mnemonic="CONFIG_I", severity=5, text="x")
    assert replace(found, log=logday(found.devices, [line], Logged())).calm
    assert not replace(found, log=logday(found.devices, [replace(line, severity=4)], Logged())).calm


def test_a_change_of_configuration_says_who_made_it_and_whether_it_is_saved(bad_facts: Facts) -> None:
    told = Change(device="acc-01", at=START, last=START, who="li", where="console")
    made = daily.report(replace(bad_facts, changes=(told,)))
    assert "acc-01 (C9300-48P) | 20 Mar 00:00 | – | li from console" in text(made)
    made = daily.report(replace(bad_facts, changes=(replace(told, saved=True, number=3),)))
    assert "acc-01 (C9300-48P) | 20 Mar 00:00 | saved | li from console × 3, last" in text(made)


@pytest.mark.parametrize(("percent", "said"), [(99.6, 99), (100.0, 100), (19.97, 20), (0.2, 0)])
def test_what_is_short_of_all_is_never_called_all(percent: float, said: int) -> None:
    assert whole(percent) == said


@pytest.mark.parametrize(("share", "said"), [(0.99999, "99.99%"), (1.0, "100%"), (0.29, "29.00%"), (0.0, "0.00%")])
def test_percentages_are_cut_never_rounded_up(share: float, said: str) -> None:
    assert language("en").percent(Percent(share)) == said


def test_no_table_has_a_column_that_says_nothing(bad: Report) -> None:
    for table in (b for s in bad.sections for b in s.blocks if isinstance(b, Table) and len(b.rows) > 2):
        for i, column in enumerate(table.columns):
            assert any(row[i] is not None for row in table.rows), (table.key, column.key)


def test_there_are_five_numbers_and_each_has_something_to_compare_it_with(bad: Report) -> None:
    numbers = section(bad, "figures").blocks[0]
    assert isinstance(numbers, Figures)
    assert len(numbers.figures) == 5
    assert all(f.compared for f in numbers.figures)


def test_every_section_of_the_chapters_asks_the_question_it_answers(bad: Report) -> None:
    made = bad
    first = next(i for i, s in enumerate(made.sections) if s.chapter)
    assert all(s.question for s in made.sections[first:] if s.title)


def test_facts_can_be_empty_of_everything_but_the_customer(net: Make, facts: Make) -> None:
    found = facts(net("a"))
    bare = Facts(customer=found.customer, window=found.window, made=found.made, devices=(), status=Status.NORMAL)
    assert "Nothing was measured" in text(daily.report(bare))


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_the_words_of_every_level_are_written_alike(bad_facts: Facts, code: str) -> None:
    each = [replace(bad_facts.findings[0], level=level, item=level.word) for level in Level]
    shown = [row[1] for row in rules.table(replace(bad_facts, findings=tuple(each))).rows]
    words = [language(code).say(WORDS[cell] if isinstance(cell, Status) else cell) for cell in shown]  # type: ignore[arg-type]
    assert words == {"en": ["Notice", "Not measured", "Warning", "Critical"], "zh-CN": ["提示", "未采集", "警告", "严重"]}[code]


def test_a_device_that_is_still_down_is_not_told_as_if_it_were_over(net: Make, report: Make) -> None:
    said = text(report(net("core-01:core", "acc-01", changes=[change("acc-01", 23, State.DOWN, reason="no answer")])))
    assert "acc-01 was still down at 21 Mar 00:00, for 1 h in all; the others answered the whole time." in said
    back = [change("acc-01", 22, State.DOWN, reason="no answer"), change("acc-01", 23, State.UP)]
    assert "acc-01 was down for 1 h; the others answered the whole time." in text(report(net("core-01:core", "acc-01", changes=back)))


def test_who_is_in_agreed_maintenance_at_the_end_is_not_called_unmeasured(net: Make, report: Make) -> None:
    work = [change("acc-01", 22, State.MAINTENANCE, reason="CHG-1", author="Li Wei")]
    said = text(report(net("core-01:core", "acc-01", changes=work)))
    assert "Devices reachable: 1 / 2 (1 in agreed maintenance at 21 Mar 00:00)" in said
