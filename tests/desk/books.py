"""A month of a service center with three branches: what was asked for, what came of it, and what lies on the shelves."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from healthd.desk import ledger, rma
from healthd.model.rma import Replacement, Step, Stepped, Wanted
from healthd.model.sheet import Ledger
from healthd.model.spares import Move, Moving
from healthd.model.tac import Branch, SpareKind, Tac

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
TAC = Tac(
    title="客户服务中心 TAC", zone=ZONE, holidays="CN", hotline="400 555 0100", currency="CNY",
    branches=(
        Branch(name="hz", title="杭州 Hangzhou", direct=True, headquarters=True), Branch(name="bj", title="北京 Beijing", direct=True),
        Branch(name="nj", title="南京 Nanjing"),
    ),
    spares=(
        SpareKind(pid="PWR-C1-715WAC", substitutes=("PWR-C1-1100WAC",), minimum={"hz": 2, "nj": 1}, price=9800, value="B"),
        SpareKind(pid="C9300-NM-8X", minimum={"hz": 1}, price=21000, value="A"),
        SpareKind(pid="SFP-10G-LR", value="C"),
    ),
)  # fmt: skip
MADE = datetime(2026, 12, 1, 1, tzinfo=UTC)
NOVEMBER = ledger.month(TAC, 2026, 11)


def on(day: float) -> datetime:
    """Return the moment *day* days into November 2026, 10:00 in Shanghai at whole days."""
    return datetime(2026, 10, 31, 2, tzinfo=UTC) + day * DAY


def wanted(number: int, day: float, branch: str, title: str, part: tuple[str, str]) -> Wanted:
    case = f"2611-{number:04d}"
    return Wanted(
        number=f"{case}-R1",
        case=case,
        customer="hdzz",
        at=on(day),
        who="li.wei",
        branch=branch,
        title=title,
        device=f"sw-{number}",
        pid=part[0],
        serial=part[1],
    )


def going(form: Wanted, *steps: tuple[Step, float, dict[str, str]], text: str = "") -> Replacement:
    """Return the replacement of *form* after *steps*: what, on which day, with which facts."""
    found = rma.begun(form)
    for step, day, facts in steps:
        reason = text if step in (Step.CLOSED, Step.DEAD, Step.CANCELLED) else ""
        found = rma.apply(found, Stepped(at=on(day), who="tang.li", step=step, text=reason, facts=tuple(facts.items())))
    return found


def both(day: float) -> tuple[tuple[Step, float, dict[str, str]], ...]:
    return (Step.ENGINEER_CONFIRMED, day, {}), (Step.CUSTOMER_CONFIRMED, day, {"name": "李伟", "how": "link"})


def replacements() -> list[Replacement]:
    """Return one of each kind: overdue, own spare on loan, wrong serial back, not requested, done, and one of October that was over."""
    psu, module = "PWR-C1-715WAC", "C9300-NM-8X"
    ordered = {"route": "direct"}
    return [
        going(  # Cisco's part came on 3 November; the faulty one is not back
            wanted(11, 1, "hz", "华东制造", (psu, "LIT21490A11")), *both(1.2), (Step.ORDERED, 1.3, ordered | {"number": "806969849"}),
            (Step.RECEIVED, 3, {"branch": "hz", "pid": psu, "serial": "LIT26180N11"}), (Step.ISSUED, 3.1, {"to": "li.wei"}),
            (Step.INSTALLED, 3.4, {"serial": "LIT26180N11", "old": "LIT21490A11"}),
        ),
        going(  # an own spare went out; Cisco was not asked yet
            wanted(12, 9, "nj", "长江物流", (psu, "LIT21490A12")), *both(9.1), (Step.RESERVED, 9.2, {"branch": "nj", "pid": psu, "serial": "LIT20300S12"}),
            (Step.ISSUED, 9.3, {"to": "zhao.lei"}), (Step.INSTALLED, 9.5, {"serial": "LIT20300S12", "old": "LIT21490A12"}),
        ),
        going(  # another serial number came back
            wanted(13, 5, "hz", "钱塘银行", (module, "FDO22310A13")), *both(5.1), (Step.ORDERED, 5.2, ordered | {"number": "803433749"}),
            (Step.RECEIVED, 7, {"branch": "hz", "pid": module, "serial": "FDO26300N13"}), (Step.ISSUED, 7.1, {"to": "li.wei"}),
            (Step.INSTALLED, 7.2, {"serial": "FDO26300N13", "old": "FDO22310A13"}), (Step.VERIFIED, 7.3, {"serial": "FDO26300N13", "source": "show inventory"}),
            (Step.TAKEN_BACK, 8, {"branch": "hz", "serial": "FDO22310XXX"}), (Step.RETURNED, 9, {"waybill": "SF1068508773"}), (Step.CLOSED, 12, {}),
        ),
        going(wanted(14, 20, "bj", "北方能源", ("SFP-10G-LR", "AVD24100A14")), *both(20.5)),
        going(  # under way
            wanted(15, 27, "bj", "北方能源", (module, "FDO22310A15")), *both(27.1), (Step.ORDERED, 27.2, ordered | {"number": "804245311"}),
            (Step.SHIPPED, 28, {"tracking": "1Z999", "courier": "DHL"}),
        ),
        going(wanted(9, -20, "hz", "华东制造", (psu, "LIT21490A09")), (Step.CANCELLED, -19, {}), text="the cord was loose"),
        going(wanted(16, 35, "hz", "华东制造", (psu, "LIT21490A16"))),
    ]  # fmt: skip


def moves() -> dict[str, list[Move]]:
    def moved(moving: Moving, pid: str, serial: str, day: float, **more: object) -> Move:
        return Move(at=on(day), who="tang.li", moving=moving, pid=pid, serial=serial, **more)  # type: ignore[arg-type]

    psu, module = "PWR-C1-715WAC", "C9300-NM-8X"
    return {
        "hz": [
            *(moved(Moving.RECEIVE, psu, f"LIT20300S{n}", -40 + n) for n in range(3)),
            moved(Moving.RECEIVE, psu, "LIT26180N11", 3, rma="2611-0011-R1"), moved(Moving.ISSUE, psu, "LIT26180N11", 3.1, rma="2611-0011-R1"),
            moved(Moving.RECEIVE, module, "FDO26300N13", 7, rma="2611-0013-R1"), moved(Moving.ISSUE, module, "FDO26300N13", 7.1, rma="2611-0013-R1"),
            moved(Moving.TAKE_BACK, module, "FDO22310XXX", 8), moved(Moving.SHIP, module, "FDO22310XXX", 9),
            moved(Moving.COUNT, psu, "", 29, counted=2), moved(Moving.RECEIVE, module, "FDO26300N99", 33),
        ],
        "nj": [
            moved(Moving.RECEIVE, psu, "LIT20300S12", -10), moved(Moving.RESERVE, psu, "LIT20300S12", 9.2, rma="2611-0012-R1"),
            moved(Moving.ISSUE, psu, "LIT20300S12", 9.3, rma="2611-0012-R1"),
        ],
    }  # fmt: skip


def november(branch: str = "") -> Ledger:
    return ledger.ledger(ledger.Books(found=replacements(), moves=moves(), tac=TAC), NOVEMBER, MADE, branch)
