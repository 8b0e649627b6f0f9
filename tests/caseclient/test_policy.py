"""Which troubles open cases, as the defaults and the documents say."""

import re
from pathlib import Path

import pytest

from healthd import modules
from healthd.analysis import rules
from healthd.caseclient.policy import RULES, mode, wait
from healthd.model.finding import Condition, Finding, Level
from healthd.model.policy import Mode, Policy
from tests.caseclient.stage import down, found, psu, seen, verdict

DOCS = Path(__file__).parent.parent.parent / "docs" / "cases.md"


def only(finding: Finding, state: Condition | None = None) -> Mode:
    (trouble,) = seen([finding], [verdict(finding, state)] if state else []).troubles
    return mode(trouble, Policy())


def test_the_table_of_the_documents_is_the_code_s() -> None:
    table = dict(re.findall(r"^\| (open|draft) \| (.*) \|$", DOCS.read_text("utf-8"), re.MULTILINE))
    for word, cell in table.items():
        assert set(re.findall(r"`(\w+)`", cell)) == {rule for rule, kind in RULES.items() if kind == word}


def test_the_defaults_name_rules_that_there_are() -> None:
    assert set(RULES) <= set(modules.names(rules))


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (Condition.FAILED, Mode.OPEN),
        (Condition.SUSPECT, Mode.OPEN),
        (Condition.ENVIRONMENT, Mode.OPEN),
        (Condition.ABSENT, Mode.DRAFT),
        (Condition.UNPOWERED, Mode.DRAFT),
        (Condition.SOFTWARE, Mode.DRAFT),
        (Condition.CONFIGURATION, Mode.DRAFT),
        (Condition.HEALTHY, Mode.OFF),
    ],
)
def test_what_is_not_the_part_s_fault_is_no_case_by_itself(state: Condition, kind: Mode) -> None:
    assert only(psu("core"), state) is kind
    assert only(psu("core"), state) is only(psu("edge"), state)


@pytest.mark.parametrize(
    ("finding", "kind"),
    [
        (down("core"), Mode.OPEN),
        (found("temperature", "core", "", level=Level.CRITICAL), Mode.OPEN),
        (found("temperature", "core", "", level=Level.WARNING), Mode.DRAFT),
        (found("cpu", "core", "", level=Level.CRITICAL), Mode.OFF),
        (found("interface_down", "core", "Gi1", level=Level.WARNING), Mode.DRAFT),
    ],
)
def test_rules_and_levels_decide_where_no_part_is_concerned(finding: Finding, kind: Mode) -> None:
    assert only(finding) is kind


def test_a_notice_is_no_trouble_whatever_a_customer_says() -> None:
    assert (
        seen([found("link_flapping", "core", "Gi1", level=Level.NOTICE), found("fan", "core", "Fan 1", level=Level.UNKNOWN)]).troubles == ()
    )


@pytest.mark.parametrize("state", [Condition.ABSENT, Condition.SUSPECT])
def test_a_switch_that_left_its_stack_is_a_case_whoever_took_it_out(state: Condition) -> None:
    assert only(found("stack", "core", "Switch 2", verdict=state)) is Mode.OPEN


def test_a_proven_failure_waits_for_nothing_and_a_suspicion_for_its_second_proof() -> None:
    policy = Policy()
    (proven,), (suspected,), (lost,) = (
        seen([psu("core")], [verdict(psu("core"))]).troubles,
        seen([psu("core")]).troubles,
        seen([down("core")]).troubles,
    )
    assert [wait(each, policy) for each in (proven, suspected, lost)] == [policy.suspect * 0, policy.suspect, policy.hold]
