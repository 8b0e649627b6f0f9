"""Mail is kept before it is read, taken once, and opens no case until a specialist says so."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from healthd.desk import desk, mailroom, replies
from healthd.desk.calling import Calling
from healthd.desk.mailroom import Decided, Mailroom
from healthd.errors import ConfigError, NotAllowed, UnknownName
from healthd.model.case import Case, Channel, Did, Opening, Priority
from healthd.model.device import Contact, Customer, Device
from healthd.model.message import Message
from healthd.model.phrase import say
from healthd.model.tac import Person, Role, Tac
from healthd.model.tray import TrayItem, TrayStage
from healthd.notify.mail import built, message_id
from healthd.store import files, outbox, transaction

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
LI = "li.wei@acme.example"
ACME = Customer(
    code="acme", title="ACME", contacts=(Contact(name="李伟", email=LI, phone="+86 571 0000"),), languages=("zh-CN", "en"), hotline="400 1"
)
DEVICE = Device(name="hz-acc-03", customer="acme", address="192.0.2.1", site="hz")
TAC = Tac(
    hotline="400 2", people=(Person(name="chen.jie", roles=frozenset({Role.HOTLINE}), email="chen@partner.example", urgent="oncall"),)
)


def warn(item: TrayItem, now: datetime) -> tuple[Message, ...]:
    return Calling(customers=(ACME,), tac=TAC, speak=lambda code, phrase: f"{code}: {phrase}", now=now).messages(item)


def room(**more: object) -> Mailroom:
    return Mailroom(**{"customers": (ACME,), "devices": (DEVICE,), "warn": warn, **more})  # type: ignore[arg-type]


def mail(n: int = 1, sender: str = LI, subject: str = "hello", text: str = "words", **headers: str) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = sender, subject, f"<{n}@example.com>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def opened() -> Case:
    opening = Opening(key="k", token="t", customer="acme", title=say("x"), text=say("y"), at=NOW, priority=Priority.P3, why=say("z"))
    return desk.open_case(opening, NOW)


def put(*pieces: bytes, into: Mailroom | None = None, now: datetime = NOW) -> list[TrayItem]:
    numbers = transaction.whole(lambda: [mailroom.keep(raw, 0, now) for raw in pieces])()
    transaction.whole(lambda: (into or room()).sort(now))()  # one commit: hundreds would be the disk's time
    return [mailroom.found(number) for number in numbers]


@pytest.mark.usefixtures("store")
def test_new_mail_waits_and_a_specialist_opens_one_case_from_it() -> None:
    (item,) = put(mail(subject="hz-acc-03 电源故障", text="SN FOC1234X0AB"))
    assert (item.stage, item.customer, item.devices) == (TrayStage.WAITING, "acme", ("hz-acc-03",))
    assert desk.listing() == ()
    decided = Decided(who="chen.jie", customer=ACME, priority=Priority.P3, device=DEVICE)
    wanted, details = mailroom.opening(item, decided), mailroom.facts(item, ACME)
    first = mailroom.confirm(item.number, wanted, details, NOW)
    again = mailroom.confirm(item.number, wanted, details, NOW + timedelta(hours=1))
    assert first.number == again.number
    (case,) = desk.listing()
    found = desk.found(case.number)
    assert (found.opening.channel, found.opening.who, str(found.opening.title)) == (Channel.MAIL, "chen.jie", "hz-acc-03 电源故障")
    assert (found.opening.device, found.opening.serial) == ("hz-acc-03", "FOC1234X0AB")
    assert (found.detail("caller"), found.detail("phone"), found.detail("email")) == ("李伟", "+86 571 0000", LI)
    assert files.get(found.opening.files[0]).data == mail(subject="hz-acc-03 电源故障", text="SN FOC1234X0AB")
    assert mailroom.found(item.number).case == case.number
    assert [step.who for step in mailroom.steps(item.number)] == ["chen.jie"]


@pytest.mark.usefixtures("sqlite_store")
def test_the_same_piece_is_there_once_and_a_copy_that_came_another_way_is_put_aside() -> None:
    first, second = put(mail(), mail())
    assert first.number == second.number
    (copy,) = put(b"Received: another way\n" + mail())
    assert (copy.stage, copy.number != first.number) == (TrayStage.ASIDE, True)
    assert len(mailroom.listed()) == 1


@pytest.mark.usefixtures("sqlite_store")
def test_an_answer_is_written_on_its_case_once_and_its_sender_is_no_colleague() -> None:
    case = opened()
    key = replies.key(NOW)
    notice = Message(
        key="k", channel="mail", recipient=LI, subject="s", text="t", made=NOW, thread=replies.thread(case.number, key), case=case.number
    )
    sent = built(notice, "healthd <tac@partner.example>")
    assert sent["References"] == message_id(replies.thread(case.number, key), "tac@partner.example")
    answer = mail(References=f"{sent['References']} {sent['Message-ID']}", text="it works again")
    put(answer, answer)
    entries = [entry for entry in desk.found(case.number).entries if entry.channel is Channel.MAIL]
    assert [(entry.did, entry.who, entry.visible) for entry in entries] == [(Did.NOTED, LI, True)]
    assert entries[0].text.endswith("it works again")
    (later,) = put(mail(2, text="and again", References="<1@example.com>"))
    assert (later.stage, later.case) == (TrayStage.ATTACHED, case.number)


@pytest.mark.slow
@pytest.mark.usefixtures("sqlite_store")
def test_a_thousand_automatic_replies_make_no_case_no_entry_and_no_answer() -> None:
    case = opened()
    thread = message_id(replies.thread(case.number, replies.key(NOW)), "tac@partner.example")
    signs = [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "auto_reply"},
        {"Return_Path": "<>"},
        {"subject": "自动回复"},
        {"List_Id": "<x.y>"},
    ]
    replies_ = [mail(n, References=thread, text="P1 network down, away until Monday", **signs[n % len(signs)]) for n in range(1000)]
    put(*replies_)
    assert len(desk.listing()) == 1
    assert len(desk.found(case.number).entries) == 1
    assert mailroom.listed() == ()
    assert len(mailroom.listed((TrayStage.ASIDE,))) == 1000
    assert outbox.listed() == ()


@pytest.mark.usefixtures("sqlite_store")
def test_replies_that_no_sign_betrays_fill_neither_tray_nor_case() -> None:
    case, place = opened(), room()
    put(*(mail(n, "loop@example.com", f"Re: [Case {case.number}] x") for n in range(200)), into=place)
    assert len(mailroom.listed()) == 10
    assert len(desk.found(case.number).entries) == 1
    (later,) = put(mail(999, "loop@example.com"), into=place, now=NOW + timedelta(hours=2))
    assert later.stage is TrayStage.WAITING


@pytest.mark.usefixtures("sqlite_store")
def test_a_known_contact_with_a_grave_fault_is_asked_to_call_and_the_hotline_alerted_once_an_hour() -> None:
    put(*(mail(n, text="全网中断") for n in range(5)))
    told = outbox.listed()
    assert sorted((each.message.channel, each.message.recipient, each.message.urgent) for each in told) == [
        ("chat", "oncall", True),
        ("mail", LI, False),
    ]
    call = next(each.message for each in told if each.message.recipient == LI)
    assert call.subject.startswith("zh-CN: Please call us")
    assert "400 1" in call.text


@pytest.mark.usefixtures("sqlite_store")
def test_a_stranger_is_never_answered() -> None:
    put(mail(1, "stranger@example.com", text="P1 network down"))
    assert [each for each in outbox.listed() if each.message.recipient == "stranger@example.com"] == []


@pytest.mark.usefixtures("sqlite_store")
def test_mail_of_one_customer_is_not_put_onto_the_case_of_another() -> None:
    other = Opening(key="k2", token="t2", customer="other", title=say("x"), text=say("y"), at=NOW, priority=Priority.P3, why=say("z"))
    theirs = desk.open_case(other, NOW)
    (ours,) = put(mail(1, LI, "words of ACME"))
    with pytest.raises(NotAllowed, match=f"is from acme, case {theirs.number} is other's"):
        mailroom.attach(ours.number, theirs.number, "chen.jie", NOW)
    assert [each.did for each in desk.found(theirs.number).entries] == [Did.OPENED]
    assert mailroom.found(ours.number).stage is TrayStage.WAITING


@pytest.mark.usefixtures("sqlite_store")
def test_what_a_specialist_decides_is_kept_and_decided_once() -> None:
    case = opened()
    first, second = put(mail(1, "new@example.com", "again"), mail(2, "ads@example.com", "buy"))
    mailroom.attach(first.number, case.number, "chen.jie", NOW)
    entry = desk.found(case.number).entries[-1]
    assert (entry.who, entry.channel) == ("new@example.com", Channel.MAIL)
    with pytest.raises(ConfigError, match="reason"):
        mailroom.reject(second.number, "chen.jie", " ", NOW)
    mailroom.reject(second.number[:6], "chen.jie", "advertisement", NOW)
    assert mailroom.steps(second.number)[0].why == "advertisement"
    for number in (first.number, second.number):
        with pytest.raises(NotAllowed, match="already"):
            mailroom.attach(number, case.number, "chen.jie", NOW)
    decided = Decided(who="chen.jie", customer=ACME, priority=Priority.P4)
    with pytest.raises(NotAllowed, match="rejected"):
        mailroom.confirm(second.number, mailroom.opening(second, decided), (), NOW)
    with pytest.raises(UnknownName):
        mailroom.found("nowhere")
    assert mailroom.listed() == ()


@pytest.mark.usefixtures("sqlite_store")
def test_what_was_kept_and_not_placed_before_a_crash_is_placed_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    case = opened()
    number = mailroom.keep(mail(subject=f"[Case {case.number}]"), 0, NOW)
    monkeypatch.setenv("HEALTHD_TEST", "1")
    monkeypatch.setattr("healthd.faultpoint._passed", Counter())
    monkeypatch.setenv("HEALTHD_FAULT", "tray-placing:raise")
    with pytest.raises(OSError, match="injected"):
        room().sort(NOW)
    monkeypatch.delenv("HEALTHD_FAULT")
    with pytest.raises(NotAllowed, match="not read yet"):
        mailroom.found(number)
    room().sort(NOW)
    room().sort(NOW)
    assert mailroom.found(number).stage is TrayStage.ATTACHED
    assert len([entry for entry in desk.found(case.number).entries if entry.channel is Channel.MAIL]) == 1
