"""What a plan does about one trouble over time: opens once, says little, lets people have the last word."""

from dataclasses import replace
from datetime import timedelta

import pytest

from healthd.caseclient.troubles import Network, Standing, picture
from healthd.model.action import Note, Open, Propose, Raise, Reopen
from healthd.model.case import Priority
from healthd.model.finding import Condition, Finding, Level
from healthd.model.followed import Told
from healthd.model.phrase import say
from healthd.model.policy import Mode
from tests.caseclient.stage import ACME, Client, at, client, cut, down, found, psu, seen, verdict

PSU = psu("core")
BROKEN = seen([PSU], [verdict(PSU)])
WELL = seen([])


def test_a_failed_part_opens_one_case_at_once_and_says_nothing_more_while_it_stays_so() -> None:
    acme = Client()
    for minutes in range(0, 600, 5):
        acme.do(BROKEN, minutes)
    (opening,) = (each.opening for each in acme.opened)
    assert acme.kinds == ["Open"]
    assert (opening.key, opening.rma, opening.serial, opening.pid) == ("1:psu:core:PS1", True, "SN-core-PS1", "PWR-1")
    assert (opening.contract, opening.level, opening.entitled, opening.technology) == ("HT-1", "24x7x4", True, "hardware")
    assert (opening.priority, opening.proposed) == (Priority.P3, False)


def test_planning_again_what_was_not_remembered_asks_for_the_very_same() -> None:
    acme = Client()
    assert acme.plan(BROKEN, 5) == acme.plan(BROKEN, 5)


def test_a_suspicion_waits_for_its_second_proof_and_becomes_a_case_without_it() -> None:
    acme, suspected = Client(), seen([PSU])
    assert acme.do(suspected, 0) == acme.do(suspected, 9) == ()
    (action,) = acme.do(suspected, 10)
    assert isinstance(action, Open)
    assert not action.opening.rma
    assert "hardware suspect, without a second proof" in str(action.opening.text)


def test_the_second_proof_that_comes_later_is_told_with_the_verdict() -> None:
    acme = Client()
    acme.do(seen([PSU], [verdict(PSU, Condition.SUSPECT)]), 10)
    (note,) = acme.do(BROKEN, 15)
    assert isinstance(note, Note)
    assert note.verdict == verdict(PSU)
    assert acme.do(BROKEN, 15) == ()


def test_what_is_well_again_is_proposed_once_it_has_stayed_so_and_never_closed() -> None:
    acme = Client()
    acme.do(BROKEN, 0)
    assert acme.do(WELL, 60) == ()
    (action,) = acme.do(WELL, 65)
    assert isinstance(action, Propose)
    assert acme.do(WELL, 70) == ()
    assert all(case.is_open for case in acme.memory.values())


def test_silence_is_not_health() -> None:
    acme = Client()
    acme.do(BROKEN, 0)
    for minutes in range(5, 300, 5):
        assert acme.do(WELL, minutes, heard=["edge", "acc1"]) == ()
    acme.do(WELL, 300)
    assert acme.do(WELL, 310, heard=["edge"]) == ()
    assert isinstance(acme.do(WELL, 315)[0], Propose)


def test_an_old_state_of_a_silent_device_opens_nothing() -> None:
    assert Client().do(BROKEN, 5, heard=["edge"]) == ()


def test_a_trouble_that_comes_back_takes_its_proposed_case_up_again() -> None:
    acme = Client()
    for picture_, minutes in ((BROKEN, 0), (WELL, 60), (WELL, 65), (BROKEN, 90)):
        acme.do(picture_, minutes)
    assert acme.kinds == ["Open", "Propose", "Reopen"]
    assert len({getattr(each, "token", None) or each.opening.token for each in acme.actions}) == 1  # type: ignore[union-attr]


def test_what_recovers_within_the_hold_is_nobody_s_case() -> None:
    acme = client(hold=timedelta(minutes=10))
    acme.do(seen([down("edge")]), 5)
    assert acme.do(WELL, 6) == ()
    assert acme.actions == []


def test_a_case_that_a_person_closed_as_it_stood_stays_closed_until_the_reopen_window_is_over() -> None:
    acme = client(reopen=timedelta(hours=24))
    acme.do(BROKEN, 0)
    acme.close(60)
    for minutes in range(65, 60 + 24 * 60, 5):
        assert acme.do(BROKEN, minutes) == ()
    (again,) = acme.do(BROKEN, 60 + 24 * 60)
    assert isinstance(again, Open)
    assert len({each.opening.token for each in acme.opened}) == 2
    assert acme.do(BROKEN, 60 + 24 * 60 + 5) == ()


def test_a_closed_case_is_taken_up_again_when_its_trouble_went_and_came_back_soon() -> None:
    acme = client(reopen=timedelta(hours=24))
    acme.do(BROKEN, 0)
    acme.close(30)
    acme.do(WELL, 35)
    (action,) = acme.do(seen([PSU], [verdict(PSU)], first=500), 500)
    assert isinstance(action, Reopen)
    assert acme.do(BROKEN, 505) == ()


def test_after_the_reopen_window_the_same_trouble_is_a_new_case() -> None:
    acme = client(reopen=timedelta(hours=1))
    acme.do(BROKEN, 0)
    acme.do(WELL, 30)
    acme.close(31)
    acme.do(WELL, 200)
    acme.do(seen([PSU], [verdict(PSU)], first=300), 300)
    assert acme.kinds == ["Open", "Open"]
    assert len({each.opening.token for each in acme.opened}) == 2


@pytest.mark.parametrize("word", ["acked", "muted"])
def test_a_person_s_word_keeps_the_machine_quiet(word: str) -> None:
    acme = Client()
    marked = picture([Standing(finding=PSU, seen=at(0), **{word: True})], Network(devices=acme.devices), [verdict(PSU)])  # type: ignore[arg-type]
    assert acme.do(marked, 30) == ()
    acme.do(BROKEN, 35)
    for picture_, minutes in ((WELL, 40), (WELL, 45), (marked, 60), (marked, 90)):
        acme.do(picture_, minutes)
    assert acme.kinds == ["Open", "Propose"]


def test_agreed_work_opens_nothing_and_what_still_stands_after_it_is_one_case() -> None:
    acme = Client()
    acme.working = frozenset({"core"})
    assert acme.do(BROKEN, 0) == acme.do(BROKEN, 30) == ()
    acme.working = frozenset()
    assert [type(each) for each in acme.do(BROKEN, 35)] == [Open]
    assert acme.do(BROKEN, 40) == ()


def test_what_is_drafted_is_kept_for_a_person_and_goes_away_with_its_trouble() -> None:
    acme, pulled = Client(), psu("core", state=Condition.ABSENT)
    assert acme.do(seen([pulled]), 10) == acme.do(seen([pulled]), 15) == ()
    (draft,) = acme.memory.values()
    assert (draft.draft, draft.is_open) == (True, True)
    acme.do(WELL, 20)
    acme.do(WELL, 25)
    assert not acme.memory[draft.token].is_open
    assert acme.actions == []


def test_a_draft_that_a_person_wants_is_opened_with_its_own_token() -> None:
    acme, pulled = Client(), psu("core", state=Condition.ABSENT)
    acme.do(seen([pulled]), 10)
    (token,) = acme.memory
    acme.memory[token] = replace(acme.memory[token], wanted=True)
    (action,) = acme.do(seen([pulled]), 15)
    assert isinstance(action, Open)
    assert action.opening.token == token
    assert acme.do(seen([pulled]), 20) == ()


def test_a_draft_becomes_a_case_when_proofs_say_that_the_part_has_failed() -> None:
    acme, unclear = Client(), psu("core", state=Condition.UNPOWERED)
    acme.do(seen([unclear]), 10)
    (action,) = acme.do(seen([unclear], [verdict(unclear)]), 15)
    assert isinstance(action, Open)
    assert (len(acme.memory), action.opening.rma) == (1, True)


@pytest.mark.parametrize(("mode", "kinds"), [(Mode.OFF, []), (Mode.DRAFT, []), (Mode.OPEN, ["Open"])])
def test_a_customer_s_word_on_a_rule_counts_as_it_stands(mode: Mode, kinds: list[str]) -> None:
    acme = client(rules={"cpu": mode})
    acme.do(seen([found("cpu", "core", level=Level.WARNING)]), 30)
    assert acme.kinds == kinds
    assert len(acme.memory) == (mode is not Mode.OFF)


def test_trends_and_load_open_nothing_by_default() -> None:
    rules = ("cpu", "memory", "flash", "clock", "config_unsaved", "interface_utilisation", "interface_errors", "licence", "reboot")
    acme = Client()
    acme.do(seen([found(rule, "core", "x", level=Level.WARNING) for rule in rules]), 60)
    assert acme.actions == []


def test_more_lost_raises_the_priority_at_once_and_it_never_falls() -> None:
    acme = Client()
    acme.do(seen([down("acc1")]), 5)
    assert acme.opened[0].opening.priority is Priority.P3
    actions = acme.do(seen([down("acc1"), down("core", since=3)]), 10)
    assert [type(each) for each in actions] == [Raise, Note]
    assert actions[0].priority is Priority.P1  # type: ignore[union-attr]
    assert acme.do(seen([down("acc1")]), 15) == ()


def test_a_machine_s_p1_is_proposed_for_a_person_to_confirm() -> None:
    acme = Client()
    acme.do(seen([down("core"), cut("acc1"), cut("acc2")]), 5)
    (opening,) = (each.opening for each in acme.opened)
    assert (opening.priority, opening.proposed, opening.impact) == (Priority.P1, True, ("acc1", "acc2", "core"))


def test_many_troubles_an_hour_are_some_cases_and_one_digest_of_the_rest() -> None:
    acme = client(most=3)
    parts = [psu("core", f"PS{n}", since=n * 60 - 3000) for n in range(40)]
    picture_ = seen(parts, [verdict(each) for each in parts])
    acme.do(picture_, 10)
    assert acme.kinds == ["Open"] * 4
    digest = acme.opened[-1].opening
    assert digest.key.startswith("1:storm:acme:")
    assert len(digest.findings) == 37
    assert acme.do(picture_, 15) == ()
    later = [*parts, psu("edge", "PS1")]
    (note,) = acme.do(seen(later, [verdict(each) for each in later]), 20)
    assert isinstance(note, Note)
    assert sum(case.digest for case in acme.memory.values()) == 1


def small(acme: Client, number: int = 10) -> list[Finding]:
    """Let *number* links flap that have a case each, and return them."""
    links = [found("link_flapping", "acc1", f"Gi1/{n}", since=n * 6 - 600, level=Level.WARNING) for n in range(number)]
    acme.do(seen(links), 10)
    assert len(acme.opened) == min(number, acme.customer.cases.most + 1)
    return links


def test_a_failed_part_has_a_case_of_its_own_however_many_small_ones_were_opened_before() -> None:
    acme = Client()
    links = small(acme)
    (action,) = acme.do(seen([*links, PSU], [verdict(PSU)]), 15)
    assert isinstance(action, Open)
    assert (action.opening.key, action.opening.rma, action.opening.serial) == (PSU.key, True, PSU.serial)


def test_an_outage_has_a_case_of_its_own_while_a_digest_of_small_ones_is_open() -> None:
    acme = Client()
    links = small(acme, 15)
    actions = acme.do(seen([*links, down("core", since=14), cut("acc1", since=14), cut("acc2", since=14)]), 20)
    (opening,) = (each.opening for each in actions if isinstance(each, Open))
    assert (opening.key, opening.impact, opening.priority) == ("1:device_down:core:", ("acc1", "acc2", "core"), Priority.P1)
    assert not any(isinstance(each, Raise) for each in actions)


def test_a_suspicion_that_a_digest_lists_gets_its_own_case_when_it_is_proven() -> None:
    acme = client(most=1)
    links = small(acme, 3)
    acme.do(seen([*links, PSU], [verdict(PSU, Condition.SUSPECT)]), 20)
    note = acme.actions[-1]
    assert isinstance(note, Note)
    assert str(note.text) == "1 more findings, for which no case of their own was opened so far: core."
    (action,) = acme.do(seen([*links, PSU], [verdict(PSU)]), 25)
    assert isinstance(action, Open)
    assert (action.opening.key, action.opening.rma) == (PSU.key, True)
    for minutes in range(30, 300, 5):
        assert acme.do(seen([*links, PSU], [verdict(PSU)]), minutes) == ()


def test_a_digest_gives_up_what_is_grave_as_soon_as_there_is_room_again() -> None:
    acme = client(most=3)
    parts = [psu("core", f"PS{n}", since=n * 60 - 3000) for n in range(8)]
    picture_ = seen(parts, [verdict(each) for each in parts])
    for minutes in range(10, 600, 5):
        acme.do(picture_, minutes)
        lately = [c for c in acme.memory.values() if not c.digest and at(minutes) - c.opened < timedelta(hours=1)]
        assert len(lately) <= 3
    assert acme.kinds == ["Open"] * 9
    assert {each.opening.key for each in acme.opened} > {each.key for each in parts}
    assert acme.do(WELL, 600) == ()
    assert [type(each) for each in acme.do(WELL, 605)] == [Propose] * 9


def test_what_a_person_closed_after_a_digest_had_given_it_up_stays_closed() -> None:
    acme = client(most=1)
    parts = [psu("core", f"PS{n}", since=n * 60 - 3000) for n in range(2)]
    picture_ = seen(parts, [verdict(each) for each in parts])
    for minutes in range(10, 80, 5):
        acme.do(picture_, minutes)
    acme.close(80, acme.opened[-1].opening.token)
    for minutes in range(80, 600, 5):
        assert acme.do(picture_, minutes) == ()


def test_the_worst_of_a_storm_get_cases_of_their_own() -> None:
    acme = client(most=1)
    parts = [psu("core", f"PS{n}") for n in range(5)]
    acme.do(seen([*parts, down("edge")], [verdict(each) for each in parts]), 10)
    assert acme.opened[0].opening.key == "1:device_down:edge:"


def test_a_replaced_unit_ends_its_case_and_the_proposal_names_both_serial_numbers() -> None:
    acme = Client()
    acme.do(BROKEN, 0)
    new = found("identity_changed", "core", level=Level.NOTICE, serial="NEW")
    new = replace(new, summary=say("The serial number changed from {old} to {new}.", old="SN-core-PS1", new="NEW"))
    acme.do(seen([new]), 60)
    (action,) = acme.do(seen([new]), 65)
    assert isinstance(action, Propose)
    assert "SN-core-PS1 was replaced by NEW" in str(action.text)


def test_another_unit_in_the_same_place_that_is_no_better_is_told_once() -> None:
    acme = Client()
    acme.do(BROKEN, 0)
    other = psu("core", serial="NEW")
    (note,) = acme.do(seen([other], [verdict(other)]), 60)
    assert "replaced by NEW, and the trouble stands" in str(note.text)  # type: ignore[union-attr]
    assert acme.do(seen([other], [verdict(other)]), 65) == ()


def test_an_address_that_another_device_has_now_makes_no_case_in_the_wrong_name() -> None:
    acme = Client()
    acme.do(BROKEN, 0)
    moved = found("identity_changed", "core", level=Level.WARNING, serial="EDGE-SN")
    moved = replace(moved, summary=say("The serial number changed from {old} to {new}.", old="CORE-SN", new="EDGE-SN"))
    fan = found("fan", "core", "Fan 1", verdict=Condition.FAILED)
    units = {"core": ("EDGE-SN",), "edge": ("EDGE-SN",)}
    for minutes in (60, 65, 70):
        assert acme.do(seen([moved, fan], units=units), minutes) == ()
    assert {case.told for case in acme.memory.values() if not case.draft} == {Told.ILL}
    assert {case.key for case in acme.memory.values()} == {"1:psu:core:PS1", "1:identity_changed:core:"}


def test_out_of_contract_is_handed_to_sales_and_says_why() -> None:
    acme = Client(customer=replace(ACME, contract=None))
    acme.do(BROKEN, 0)
    (opening,) = (each.opening for each in acme.opened)
    assert not opening.entitled
    assert "hand over to sales" in str(opening.entitlement)
