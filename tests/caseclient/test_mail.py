"""A service mailbox as a desk: one mail for each action, one thread for each case, however often it is tried."""

from email.message import EmailMessage

from healthd.caseclient.backend import Means
from healthd.caseclient.backends.mail import Desk, Settings
from healthd.errands import Worker
from healthd.model.message import Message
from healthd.model.phrase import say
from healthd.notify.mail import built
from healthd.store import errands, filed, outbox
from healthd.store.errands import Stage
from tests.caseclient import cases
from tests.caseclient.cases import FILES, note, opening
from tests.caseclient.servers.hostile import START

SENDER = "healthd <tac@example.com>"


def posted(message: Message) -> None:
    outbox.put("ACME", [message], START)


def desk() -> Desk:
    return Desk(Settings(to="service@example.net"), Means(file=FILES.__getitem__, post=posted, now=lambda: START))


def mails() -> dict[str, EmailMessage]:
    return {each.key: built(each.message, SENDER) for each in outbox.listed()}


def test_the_mails_of_a_case_are_one_thread_and_each_is_posted_once(store: object) -> None:
    worker = Worker(owner="test", desk=desk())
    actions = [opening(files=("f1",)), note(), cases.RAISE, cases.PROPOSE]
    errands.put("ACME", "mail", actions, START)
    while worker.due(START):
        pass
    for action in actions[1:]:
        desk().do(desk().open(actions[0]), action)  # type: ignore[arg-type]
    found = mails()
    assert sorted(found) == ["case:hd-1:n1", "case:hd-1:open", "case:hd-1:p1", "case:hd-1:r1"]
    first = found["case:hd-1:open"]
    assert first["In-Reply-To"] is None
    assert {mail["In-Reply-To"] for key, mail in found.items() if key != "case:hd-1:open"} == {first["Message-ID"]}
    assert {mail["X-Healthd-Case"] for mail in found.values()} == {"hd-1"}
    assert all(str(mail["Subject"]).startswith("[hd-1] ") for mail in found.values())
    assert {mail["To"] for mail in found.values()} == {"service@example.net"}
    assert [part.get_filename() for part in first.iter_attachments()] == ["证据 evidence.txt"]
    kept = filed.filed("hd-1")
    assert kept is not None
    assert (kept.ticket.id, kept.ticket.over) == ("hd-1", False)
    assert list(desk().words(kept.ticket, START)) == []


def test_a_device_name_gets_into_no_header(store: object) -> None:
    desk().open(opening(title=say("{name}", name="x\r\nBcc: evil@example.com"), customer="长城"))
    (mail,) = mails().values()
    assert mail["Bcc"] is None
    assert "长城" in str(mail["Subject"])


def test_without_an_outbox_it_is_told_and_waits_for_a_person(store: object) -> None:
    worker = Worker(owner="test", desk=Desk(Settings(to="service@example.net"), Means()))
    errands.put("ACME", "mail", [opening()], START)
    worker.due(START)
    assert errands.numbers()[Stage.FAILED] == 1
