"""Who is told what: one event is one message for each person, urgent ones by the urgent way, and nothing to those whom it does not concern."""

import email
import email.policy
from dataclasses import replace

import pytest

from healthd import modules
from healthd.model.case import Channel, Did, Priority
from healthd.notify import notices
from healthd.notify.mail import built
from tests.notify.notices.scenes import LIFE, OPENED, entry, tac, telling, told

NUMBERS = {getattr(each, "NUMBER", "") for each in modules.every(notices)}


def test_every_notice_of_the_process_has_its_file_and_reports_are_not_doubled() -> None:
    assert {f"N{n}" for n in range(1, 17)} - {"N12", "N13"} == NUMBERS


def test_one_event_is_one_message_for_each_person_under_a_key_of_its_own() -> None:
    keys = [message.key for _, messages in told(LIFE, telling("en")) for message in messages]
    assert len(keys) == len(set(keys))
    for said, messages in told(LIFE, telling("en")):
        assert len({each.recipient for each in messages}) == len(messages), said.did


def test_the_same_entry_gives_the_same_messages_whenever_it_is_asked() -> None:
    assert list(told(LIFE, telling("en"))) == list(told(LIFE, telling("en")))


def test_what_is_urgent_goes_to_the_urgent_target_where_there_is_one() -> None:
    center = tac("en")
    people = tuple(replace(each, urgent="oncall") if each.name == "hot" else each for each in center.people)
    ((_, (message,)),) = told([OPENED], telling("en", replace(center, people=people)))
    assert (message.channel, message.recipient, message.urgent, message.html) == ("chat", "oncall", True, "")
    ((_, (quiet, *_)),) = told([OPENED], telling("en", replace(center, people=people)), priority=Priority.P3, proposed=False)
    assert (quiet.channel, quiet.urgent) == ("mail", False)


def test_somebody_hears_where_the_roster_has_a_hole_or_the_center_has_no_hotline() -> None:
    center = tac("en")
    unplanned = replace(center, duties=())
    ((_, messages),) = told([OPENED], telling("en", unplanned))
    assert [each.recipient for each in messages] == ["hot@tac.example"]
    unstaffed = replace(center, people=tuple(each for each in center.people if each.name != "hot"))
    ((_, messages),) = told([OPENED], telling("en", unstaffed))
    assert [each.recipient for each in messages] == ["duty@tac.example"]


def test_who_has_no_mail_is_told_by_the_urgent_way_whatever_it_is() -> None:
    center = tac("en")
    people = tuple(replace(each, urgent="oncall", email="") if each.name == "hot" else each for each in center.people)
    ((_, (message, *_)),) = told([OPENED], telling("en", replace(center, people=people)), priority=Priority.P3, proposed=False)
    assert (message.channel, message.recipient, message.urgent) == ("chat", "oncall", False)


def test_the_customer_hears_nothing_of_a_proposal_before_the_hotline_has_confirmed_it() -> None:
    confirmed = entry(Did.PRIORITY_CONFIRMED, "hot", role="hotline")
    first, second = told([OPENED, confirmed], telling("en"))
    assert [each.recipient for each in first[1]] == ["hot@tac.example"]
    assert [each.recipient for each in second[1]] == ["li@customer.example"]


def test_who_called_is_told_even_when_the_inventory_does_not_know_them() -> None:
    called = replace(OPENED, channel=Channel.HOTLINE, who="hot", facts=(("caller", "New One"), ("email", "new@customer.example")))
    ((_, messages),) = told([called], telling("en"), proposed=False)
    assert "new@customer.example" in [each.recipient for each in messages]
    unreachable = replace(called, facts=(("caller", "New One"),))
    ((_, others),) = told([unreachable], telling("en"), proposed=False)
    assert "li@customer.example" in [each.recipient for each in others], "somebody of the customer's hears"


@pytest.mark.parametrize("did", [Did.NOTED, Did.CONTACTED, Did.STARTED, Did.CONTINUED, Did.SURVEY_SENT, Did.ATTACHED, Did.TOLD])
def test_what_is_internal_tells_nobody(did: Did) -> None:
    assert list(told([OPENED, entry(did)], telling("en")))[-1][1] == ()


def test_a_customer_without_address_and_a_center_without_people_are_no_error() -> None:
    assert [messages for _, messages in told(LIFE, telling("en", tac("en", people=(), duties=())))]


def test_each_message_says_what_is_expected_and_carries_the_link_and_the_thread() -> None:
    for said, messages in told(LIFE, telling("en")):
        for message in messages:
            assert "→ " in message.text, said.did
            assert "https://tac.example/cases/2611-0042" in message.text
            assert message.subject.startswith("[Case 2611-0042] P2 ")
            assert (message.case, message.thread) == ("2611-0042", "case:2611-0042")
    ((_, (message,)),) = told([OPENED], telling("en", tac("en", link="")))
    assert "https://" not in message.text


def test_as_mail_it_has_text_and_html_belongs_to_its_thread_and_is_marked_as_a_machines() -> None:
    ((_, (message,)),) = told([OPENED], telling("zh-CN"))
    mail = email.message_from_bytes(built(message, "TAC <tac@tac.example>").as_bytes(), policy=email.policy.default)
    assert mail["Message-ID"].startswith("<case.2611-0042.1.")
    assert mail["References"].startswith("<case.2611-0042.")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_names_and_words_from_outside_are_no_mark_up() -> None:
    said = entry(Did.NOTED, text="<script>x</script>", visible=True)
    _, (_, (message,)) = told([OPENED, said], telling("en"), proposed=False)
    assert "<script>" not in message.html
    assert '<a href="https://tac.example/cases/2611-0042">' in message.html
    assert "&lt;script&gt;" in message.html


def test_a_visit_goes_into_the_calendar_in_lines_that_every_program_reads() -> None:
    (entry_, messages) = next(each for each in told(LIFE, telling("zh-CN")) if each[0].did is Did.ON_SITE_APPROVED)
    (file,) = messages[0].attachments
    lines = file.data.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = file.data.decode().replace("\r\n ", "").split("\r\n")
    assert {"METHOD:REQUEST", "UID:case-2611-0042-visit@healthd", "DTSTART:20261126T010000Z", "DTEND:20261126T030000Z"} <= set(unfolded)
    assert f"SEQUENCE:{entry_.number}" in unfolded
    assert "LOCATION:398 Wensan Road\\, building B\\, Hangzhou" in unfolded


def test_a_notice_that_fails_keeps_nobody_from_being_told_and_no_case_from_being_worked(caplog: pytest.LogCaptureFixture) -> None:
    broken = entry(Did.STEPPED, "healthd", Channel.MONITOR, step="x:50", clock="resolution", share="50", to="senior", due="no time")
    well = list(told([OPENED, broken], telling("en")))[-1][1]
    assert well == ()
    assert "no notice by healthd.notify.notices.clock of case 2611-0042" in caplog.text
