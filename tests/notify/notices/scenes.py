"""A case's whole life with everything that people are told of it, for the golden texts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from healthd.desk import lifecycle
from healthd.model.case import Channel, Did, Entry, Opening, Priority
from healthd.model.device import Contact, Contract, Customer, Site
from healthd.model.message import Message
from healthd.model.phrase import say
from healthd.model.tac import Duty, Person, Role, Tac
from healthd.notify.telling import Telling
from healthd.reports.language import language

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
NUMBER = "2611-0042"
NAMES = {
    "hot": (Role.HOTLINE,), "eng": (Role.ENGINEER,), "two": (Role.ENGINEER,), "senior": (Role.SENIOR_MANAGER,), "duty": (Role.DUTY_MANAGER,),
    "center": (Role.CENTER_MANAGER,), "exec": (Role.EXECUTIVE,), "spares": (Role.SPARES,), "sales": (Role.SALES,),
}  # fmt: skip


def tac(code: str, **changes: object) -> Tac:
    people = tuple(
        Person(name=name, title=f"{name.title()} Wu", roles=frozenset(roles), email=f"{name}@tac.example", phone="1001", language=code)
        for name, roles in NAMES.items()
    )
    duties = tuple(
        Duty(role=role, people=tuple(n for n, r in NAMES.items() if role in r)) for role in {r for rs in NAMES.values() for r in rs}
    )
    said = {"zone": ZoneInfo("Asia/Shanghai"), "people": people, "duties": duties, "hotline": "400 1", "link": "https://tac.example"}
    return Tac(**{**said, **changes})  # type: ignore[arg-type]


def customer(code: str) -> Customer:
    return Customer(
        code="HDZZ",
        title="华东制造" if code == "zh-CN" else "East Works",
        languages=(code,),
        zone=ZoneInfo("Asia/Shanghai"),
        contract=Contract(number="HT-2026-042", level="7x24x4", ends=date(2027, 1, 10)),
        contacts=(Contact(name="李伟", email="li@customer.example", phone="+86 571"),),
        sites=(
            Site(name="hz", title="杭州工厂" if code == "zh-CN" else "Hangzhou works", address="398 Wensan Road, building B, Hangzhou"),
        ),
    )


def opening(**changes: object) -> Opening:
    said = {
        "key": "psu:hz-acc-03:PS-A", "token": "t-1", "customer": "HDZZ", "title": say("{device}: {words}", device="hz-acc-03", words="PS-A"),
        "text": say("two proofs"), "at": NOW, "priority": Priority.P2, "why": say("{words}", words="46 ports"), "device": "hz-acc-03", "item": "PS-A",
        "pid": "PWR-C1-350WAC", "serial": "LIT2001X0AB", "site": "hz", "contract": "HT-2026-042", "level": "7x24x4", "proposed": True,
        "impact": ("ap-1", "ap-2"),
    }  # fmt: skip
    return Opening(**{**said, **changes})  # type: ignore[arg-type]


def telling(code: str, center: Tac | None = None) -> Telling:
    there = center or tac(code)
    return Telling(
        customers={"HDZZ": customer(code)},
        roster=lambda: there,
        speaker=lambda c, zone: language(c, zone.key),
        sign=lambda n: f"{n}-abcdefgh",
    )


def entry(did: Did, who: str = "eng", channel: Channel = Channel.DESK, text: str = "", visible: bool = False, **facts: str) -> Entry:
    return Entry(at=NOW + timedelta(minutes=20), who=who, channel=channel, did=did, text=text, visible=visible, facts=tuple(facts.items()))


OPENED = Entry(at=NOW, who="healthd", channel=Channel.MONITOR, did=Did.OPENED)
BY_CLOCK = {"who": "healthd", "channel": Channel.MONITOR, "did": Did.STEPPED}
FORM = f"{NUMBER}-R1"
LIFE: Sequence[Entry] = (
    OPENED,
    entry(Did.PRIORITY_CONFIRMED, "hot", role="hotline"),
    entry(Did.ASSIGNED, "hot", engineer="eng"),
    entry(**BY_CLOCK, step="response:P2:50", clock="response", share="50", to="eng", due="2026-11-25T07:00:00+00:00"),  # type: ignore[arg-type]
    entry(**BY_CLOCK, step="response:P2:75", clock="response", share="75", to="eng,two", engineer="two", due="2026-11-25T07:00:00+00:00"),  # type: ignore[arg-type]
    entry(Did.ACKNOWLEDGED, "two"),
    entry(Did.CONTACTED, "two", text="will look", by="李伟"),
    entry(**BY_CLOCK, step="resolution:P2:75", clock="resolution", share="75", to="senior", due="2026-11-25T14:30:00+00:00"),  # type: ignore[arg-type]
    entry(**BY_CLOCK, step="resolution:P2:100", clock="resolution", share="100", to="center,exec", due="2026-11-25T14:30:00+00:00"),  # type: ignore[arg-type]
    entry(Did.NOTED, "two", text="the part is ordered", visible=True),
    entry(Did.NOTED, "李伟", Channel.MAIL, "any news?"),
    entry(Did.WAITED, "two", visible=True, reason="needs access"),
    entry(Did.CONTINUED, "two"),
    entry(Did.ESCALATED, "two", visible=True, reason="never seen"),
    entry(Did.ENGINEER_ASKED, "two", reason="ill"),
    entry(Did.CISCO_OPENED, "senior", cisco="699123456"),
    entry(Did.ENGINEER_CONFIRMED, "two", role="engineer", form=FORM),
    entry(Did.CUSTOMER_CONFIRMED, "hot", Channel.HOTLINE, by="李伟"),
    entry(Did.RMA_PENDED, "hot", form=FORM),
    entry(Did.RMA_STEPPED, "spares", rma="received", step="received", form=FORM, number="800123456", serial="LIT2530X9ZZ"),
    entry(Did.ON_SITE_ASKED, "two", reason="to change it"),
    entry(Did.ON_SITE_APPROVED, "center", role="center-manager", start="2026-11-26T01:00:00+00:00", end="2026-11-26T03:00:00+00:00"),
    entry(Did.RMA_STEPPED, "two", rma="installed", step="installed"),
    entry(Did.TOLD, "healthd", Channel.MONITOR, notice="N8", key="k", form=FORM, due="2026-12-09", overdue=""),
    entry(Did.TOLD, "healthd", Channel.MONITOR, notice="N8", key="l", form=FORM, due="2026-12-09", overdue="2"),
    replace(entry(Did.TOLD, "healthd", Channel.MONITOR, notice="N16", key="m", to="two"), said=say("note")),
    entry(Did.RECOVERED, "healthd", Channel.MONITOR),
    entry(Did.RESOLVED, "two", visible=True, reason="part replaced"),
    entry(Did.CLOSED, "two", agreed="李伟"),
    entry(Did.SURVEY_SENT, "healthd", Channel.MONITOR),
    entry(Did.SURVEY_REMINDED, "healthd", Channel.MONITOR),
    entry(Did.SURVEYED, "李伟", Channel.WEB, text="slow", mark="2"),
)


def told(entries: Sequence[Entry], tell: Telling, **changes: object) -> Iterator[tuple[Entry, tuple[Message, ...]]]:
    """Yield each of *entries* of one case with its messages."""
    lines: list[Opening | Entry] = [opening(**changes)]
    for number, each in enumerate(entries, 1):
        lines.append(replace(each, number=number))
        case = lifecycle.folded(lines, NUMBER)
        yield case.entries[-1], tell(case, case.entries[-1])
