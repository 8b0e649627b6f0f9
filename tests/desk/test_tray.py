"""Where mail goes: onto a case only with a mark of ours or from a contact of its customer, never into a new case by itself."""

from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthd.desk import lifecycle, mailed, replies, tray
from healthd.desk.quoted import own_words
from healthd.model.case import Case, Opening, Priority, State
from healthd.model.device import Contact, Customer, Device
from healthd.model.message import Attachment, Message
from healthd.model.phrase import say
from healthd.model.tray import TrayItem, TrayStage
from healthd.notify.mail import built

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
KEY = b"k" * 32
LI, BO = "li.wei@acme.example", "bo@other.example"
ACME = Customer(code="acme", title="ACME", contacts=(Contact(name="李伟", email="Li.Wei@acme.example"),))
OTHER = Customer(code="other", title="Other", contacts=(Contact(name="Bo", email=BO),))
DEVICES = (Device(name="hz-acc-03", customer="acme", address="192.0.2.1"), Device(name="edge-01", customer="other", address="192.0.2.2"))
NUMBER = "2611-0042"


def case(customer: str = "acme") -> Case:
    opening = Opening(key="k", token="t", customer=customer, title=say("x"), text=say("y"), at=NOW, priority=Priority.P3, why=say("z"))
    return lifecycle.folded([opening], NUMBER)


def mail(sender: str = LI, subject: str = "hello", text: str = "words", **headers: str) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = sender, subject, f"<{abs(hash((sender, subject, text)))}@example.com>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def placed(raw: bytes, *, lately: int = 0, authenticator: str = "", known: Case | None = None) -> TrayItem:
    read = mailed.read("n1", raw, NOW, authenticator=authenticator)
    found = known or case()
    around = tray.Around(
        customers=(ACME, OTHER), devices=DEVICES, secret=KEY, case=lambda n: found if n == NUMBER else None,
        serials={"FOC1234X0AB": ("acme", "hz-acc-03")}, fax=frozenset({"fax@gw.example"}), own=frozenset({"tac@partner.example"}), lately=lately,
    )  # fmt: skip
    return tray.placed("n1", read.mail, read.files, around)


def ours() -> str:
    """Return the References that a mail program makes of a message of ours."""
    notice = Message(
        key=f"case:{NUMBER}:7:li",
        channel="mail",
        recipient=LI,
        subject="s",
        text="t",
        made=NOW,
        case=NUMBER,
        thread=replies.thread(NUMBER, KEY),
    )
    sent = built(notice, "healthd <tac@partner.example>")
    return f"{sent['References']} {sent['Message-ID']}"


def test_an_answer_to_our_message_is_known_by_its_references_whoever_sends_it() -> None:
    item = placed(mail("home@elsewhere.example", References=ours()))
    assert (item.stage, item.case, item.customer) == (TrayStage.ATTACHED, NUMBER, "acme")


def test_our_line_in_the_text_is_enough_where_headers_are_broken() -> None:
    item = placed(mail("home@elsewhere.example", text=f"it works\n> {replies.line(NUMBER, KEY)}"))
    assert (item.stage, item.mail.text) == (TrayStage.ATTACHED, "it works")


def test_headers_go_before_the_subject_and_the_subject_before_the_text() -> None:
    other = f"[Case {NUMBER[:-1]}9]"
    assert placed(mail(subject=other, References=ours())).case == NUMBER
    assert placed(mail(subject=other, text=replies.line(NUMBER, KEY))).case == f"{NUMBER[:-1]}9"


@pytest.mark.parametrize(
    ("sender", "stage"), [(LI, TrayStage.ATTACHED), (BO, TrayStage.WAITING), ("stranger@example.com", TrayStage.WAITING)]
)
def test_a_case_s_number_alone_is_believed_of_its_customer_s_contacts_only(sender: str, stage: TrayStage) -> None:
    assert placed(mail(sender, f"Re: [Case {NUMBER}] power")).stage is stage


@pytest.mark.parametrize(
    "forged",
    [
        {"References": f"<case.{NUMBER}.{'a' * 32}@partner.example>"},
        {"In_Reply_To": f"<case.{NUMBER}.7.{'0' * 32}@partner.example>"},
        {"text": f"[healthd:{NUMBER}-{'a' * 16}]"},
        {"text": replies.line(NUMBER, b"another key")},
        {"References": "<case.2611-0043.0.x@y>"},
        {"subject": f"[Case {NUMBER}]", "Reply_To": LI},
        {"subject": f"[Case {NUMBER}]", "Sender": LI},
    ],
)
def test_a_forged_mark_puts_nothing_on_a_case(forged: dict[str, str]) -> None:
    assert placed(mail("stranger@example.com", **forged)).stage is TrayStage.WAITING


@pytest.mark.parametrize(
    "name", [f'"{LI}" <stranger@example.com>', f"{LI} <stranger@example.com>", f"=?utf-8?q?{LI}?= <stranger@example.com>"]
)
def test_a_name_cannot_pose_as_an_address(name: str) -> None:
    raw = mail(subject=f"[Case {NUMBER}]").replace(f"From: {LI}".encode(), f"From: {name}".encode())
    item = placed(raw)
    assert item.stage is TrayStage.WAITING
    assert item.mail.sender != LI


def test_of_two_senders_neither_is_believed() -> None:
    raw = mail(subject=f"[Case {NUMBER}]")
    for said in (b"From: x@example.com, " + LI.encode(), b"From: x@example.com\nFrom: " + LI.encode()):
        assert placed(raw.replace(b"From: " + LI.encode(), said)).stage is TrayStage.WAITING


def test_with_an_authenticating_server_a_contact_counts_only_when_vouched_for() -> None:
    subject = f"[Case {NUMBER}]"
    good, bad = "mx.partner.example; dmarc=pass header.from=acme.example", "mx.partner.example; dmarc=fail"
    assert placed(mail(subject=subject, Authentication_Results=good), authenticator="mx.partner.example").stage is TrayStage.ATTACHED
    for said in (bad, good.replace("mx.", "evil.")):
        assert placed(mail(subject=subject, Authentication_Results=said), authenticator="mx.partner.example").stage is TrayStage.WAITING
    assert placed(mail(subject=subject), authenticator="mx.partner.example").stage is TrayStage.WAITING


def test_an_answer_to_a_closed_case_waits_for_a_person() -> None:
    item = placed(mail(References=ours()), known=replace(case(), state=State.CLOSED))
    assert (item.stage, item.case) == (TrayStage.WAITING, NUMBER)


def test_the_answer_to_the_survey_of_a_closed_case_is_taken_with_our_mark_only() -> None:
    closed = replace(case(), state=State.CLOSED)
    assert placed(mail(text="5\nquick help", References=ours()), known=closed).stage is TrayStage.ATTACHED
    assert placed(mail(subject=f"[Case {NUMBER}]", text="5"), known=closed).stage is TrayStage.WAITING


MACHINES = [
    {"Auto_Submitted": "auto-replied"},
    {"Auto_Submitted": "auto-replied; owner-email=x"},
    {"X_Autoreply": "yes"},
    {"Precedence": "auto_reply"},
    {"Precedence": "bulk"},
    {"Precedence": "junk"},
    {"List_Id": "<a.b>"},
    {"List_Unsubscribe": "<mailto:x@y>"},
    {"Return_Path": "<>"},
    {"X_Healthd_Case": NUMBER},
    {"subject": "自动回复: 您好"},
    {"subject": "Automatic reply: power"},
    {"subject": "Out of Office: back on Monday"},
    {"sender": "MAILER-DAEMON@example.com"},
    {"sender": "tac@partner.example"},
]


@pytest.mark.parametrize("said", MACHINES, ids=str)
def test_what_machines_write_is_put_aside_even_when_it_answers_a_case(said: dict[str, str]) -> None:
    item = placed(mail(**said, References=ours()))
    assert item.stage is TrayStage.ASIDE
    assert not item.urgent


def test_a_program_s_report_waits_and_is_never_urgent() -> None:
    item = placed(mail(subject="URGENT network down", Auto_Submitted="auto-generated"))
    assert (item.stage, item.urgent) == (TrayStage.WAITING, False)


def test_one_sender_does_not_flood_the_tray() -> None:
    assert placed(mail("x@example.com"), lately=10).stage is TrayStage.ASIDE
    assert placed(mail(References=ours()), lately=10).stage is TrayStage.ATTACHED
    assert placed(mail(References=ours()), lately=50).stage is TrayStage.ASIDE


def test_a_fax_waits_with_its_picture() -> None:
    made = EmailMessage()
    made["From"], made["Auto-Submitted"] = "Fax@gw.example", "auto-generated"
    made.set_content("1 page")
    made.add_attachment(b"II*\0", maintype="image", subtype="tiff", filename="fax.tif")
    item = placed(made.as_bytes())
    assert (item.stage, item.channel) == (TrayStage.WAITING, "fax")


@pytest.mark.parametrize(
    "text", ["P1! the core is down", "全网中断，请尽快处理", "核心交换机宕机", "whole site is down", "Urgent: no internet"]
)
def test_grave_words_of_a_known_contact_are_urgent_and_of_a_stranger_are_not(text: str) -> None:
    assert placed(mail(text=text)).urgent
    assert not placed(mail("stranger@example.com", text=text)).urgent
    assert not placed(mail(text="please download the report")).urgent


def test_devices_and_serial_numbers_are_recognised_and_say_whose_it_is() -> None:
    item = placed(mail("stranger@example.com", text="HZ-ACC-03 has a red light, SN foc1234x0ab."))
    assert (item.devices, item.serials, item.customer) == (("hz-acc-03",), ("FOC1234X0AB",), "acme")
    assert placed(mail("stranger@example.com", text="hz-acc-03 and edge-01")).customer == ""
    assert placed(mail(text="edge-01")).devices == ()  # another customer's device is not told to this one


@pytest.mark.parametrize(
    "quoted",
    [
        "On Tue, 24 Nov 2026 at 10:00, TAC <tac@x> wrote:\n> old",
        "On Tue, 24 Nov 2026 at 10:00, a very long name of somebody\n<tac@x> wrote:\n> old",
        "-----Original Message-----\nFrom: x\nold",
        "在 2026年11月24日，TAC <tac@x> 写道：\n> old",
        "------------------ 原始邮件 ------------------\n发件人: x\nold",
        "From: TAC\nSent: Tuesday\nTo: Li\nSubject: x\nold",
        "发件人: TAC\n发送时间: 2026\n收件人: Li\n主题: x\nold",
        "-- \nLi Wei\nold",
        "________________________________\nold",
    ],
)
def test_what_was_quoted_is_taken_off(quoted: str) -> None:
    assert own_words(f"it works again\n\n{quoted}") == "it works again"


def test_when_all_is_quoted_all_is_kept() -> None:
    assert own_words("> only this") == "> only this"
    assert own_words("On Monday it broke.\nFrom: here on it is bad") == "On Monday it broke.\nFrom: here on it is bad"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("gb2312", "gb18030"), ("gbk", "gb18030"), ("GB18030", "gb18030"), ("big5", "big5"), ("x-unknown", "utf-8"), ("us-ascii", "gb18030")],
)
def test_chinese_mail_is_read_whatever_it_calls_its_charset(charset: str, encoding: str) -> None:
    words = "交換機電源故障" if encoding == "big5" else "交换机电源故障，请处理"
    raw = b"From: li.wei@acme.example\r\nSubject: " + words.encode(encoding) + b"\r\nContent-Type: text/plain; charset=" + charset.encode()
    item = placed(raw + b"\r\n\r\n" + words.encode(encoding))
    assert item.mail.text == words
    if encoding != "big5":
        assert item.mail.subject == words


def test_a_page_gives_its_words_and_neither_scripts_nor_what_it_quotes() -> None:
    made = EmailMessage()
    made["From"] = LI
    made.set_content(
        "<html><style>x{}</style><p>power &amp; fan</p><script>alert(1)</script><blockquote>old</blockquote></html>", subtype="html"
    )
    assert placed(made.as_bytes()).mail.text == "power & fan"


def test_a_nest_without_end_and_a_huge_file_are_bounded() -> None:
    nest = b"From: a@example.com\r\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000)
    )
    read = mailed.read("n", nest, NOW)
    assert read.mail.sender == "a@example.com"
    assert any("nested" in note for note in read.mail.notes)
    made = EmailMessage()
    made["From"] = LI
    made.set_content("see file")
    made.add_attachment(b"x" * (mailed.LARGEST + 1), maintype="application", subtype="zip", filename="../../../big.zip")
    found = mailed.read("n", made.as_bytes(), NOW)
    assert found.files == ()
    assert any("big.zip" in note for note in found.mail.notes)
    assert mailed.read("n", b"From: a@b.example", NOW, size=10**9).mail.notes[0].startswith("cut:")


HEADERS = st.sampled_from(
    [
        "From",
        "Subject",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
        "References",
        "Message-ID",
        "MIME-Version",
        "To",
        "Date",
    ]
)
VALUES = st.sampled_from(
    [b"multipart/mixed; boundary=x", b"text/plain; charset=\xff\xfe", b"base64", b"quoted-printable", b"message/rfc822", b"=?gb2312?b?!!!?=",
     b"=?utf-8?q?=FF?= <a@b>", b"attachment; filename*0*=x''%ff; filename*1=y", b"<case.2611-0042.0@x>", b"multipart/report", b"text/html", b"uuencode",
     b"<" * 300, b"a@b, <c@d>, e", b"\"" * 99]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(HEADERS, VALUES | st.binary(max_size=40))), st.binary(max_size=300), st.booleans())
def test_no_octets_make_the_reader_stumble_or_open_anything(headers: list[tuple[str, bytes]], body: bytes, split: bool) -> None:
    raw = b"".join(name.encode() + b": " + value + b"\r\n" for name, value in headers)
    raw += b"\r\n" + (b"--x\r\nContent-Type: text/html\r\n\r\n" + body + b"\r\n--x--" if split else body)
    item = placed(raw)
    assert item.stage in (TrayStage.WAITING, TrayStage.ASIDE)
    item.mail.text.encode()
    item.mail.subject.encode()
    item.mail.name.encode()


@given(st.binary(max_size=2000))
def test_octets_without_any_form_are_read(raw: bytes) -> None:
    mailed.read("n", raw, NOW)


def test_a_file_s_name_leads_nowhere() -> None:
    made = EmailMessage()
    made["From"] = LI
    made.set_content("x")
    made.add_attachment(b"1", maintype="text", subtype="plain", filename="..\\..\\日志.txt")
    assert mailed.read("n", made.as_bytes(), NOW).files == (Attachment(name="日志.txt", media="text/plain", data=b"1"),)
