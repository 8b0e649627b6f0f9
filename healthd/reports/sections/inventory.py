"""Appendix: one row a device."""

from dataclasses import replace

from healthd.model.device import Device
from healthd.model.phrase import Percent, say
from healthd.model.report import Attachment, Cell, Column, Name, Section, Status, Table
from healthd.reports.facts import Facts, told, whole
from healthd.reports.roles import role

REPORTS = ("daily",)
ORDER = 410


def build(facts: Facts) -> Section:
    """Return all devices, sorted by name."""
    title, question = say("All devices"), say("How is each device?")
    return Section(
        key="inventory", title=title, question=question, blocks=(table(facts),), chapter=say("Appendix"), page=True, appendix=True
    )


def attach(facts: Facts) -> Attachment:
    """Return the whole list as an attached table."""
    return Attachment(name="devices.csv", description=say("All devices"), table=table(facts))


COLUMNS = (
    Column(key="device", title=say("Device and role"), keep=True),
    Column(key="status", title=say("Status"), keep=True),
    Column(key="model", title=say("Model"), keep=True),
    Column(key="serial", title=say("Serial"), keep=True),
    Column(key="version", title=say("Software")),
    Column(key="availability", title=say("Available"), align="right", keep=True),
    Column(key="measured", title=say("Measured"), align="right", keep=True),
    Column(key="cpu", title=say("CPU peak"), unit="%", align="right"),
    Column(key="memory", title=say("Memory peak"), unit="%", align="right"),
    Column(key="polled", title=say("Last poll"), align="right"),
    Column(key="case", title=say("Case"), align="right", keep=True),
)
WIDTHS = (17.5, 12, 14.5, 12, 8.5, 7, 7.5, 7, 7, 7)
"""In percent; with a column of cases the others give way."""
WITH_CASES = (14, 12, 11.5, 12, 9, 7, 7, 5.5, 7, 6.5, 8.5)


def table(facts: Facts) -> Table:
    """Return one row for each device; the column of cases only when there are any."""
    cases = facts.cases is not None and bool(facts.cases.open)
    widths = WITH_CASES if cases else WIDTHS
    columns = tuple(replace(column, width=width) for column, width in zip(COLUMNS if cases else COLUMNS[:-1], widths, strict=True))
    peaks: dict[tuple[str, str], float] = {}
    for use in facts.uses:
        key = (use.device, use.metric)
        peaks[key] = max(peaks.get(key, 0.0), use.peak)
    rows = tuple(_row(facts, device, peaks, cases=cases) for device in facts.devices)
    return Table(key="inventory", columns=columns, rows=rows, dense=True)


def _row(facts: Facts, device: Device, peaks: dict[tuple[str, str], float], *, cases: bool) -> tuple[Cell | Status, ...]:
    a, poll = facts.today.get(device.name), facts.polls.get(device.name)
    system = poll.system if poll else None
    share = None if a is None else told(a.fraction, a.coverage)
    covered = None if a is None or a.coverage is None else Percent(a.coverage, 1)
    peak = tuple(None if (p := peaks.get((device.name, m))) is None else whole(p) for m in ("cpu", "memory"))
    own = (_case(facts, device.name),) if cases else ()
    status: Status | Cell = facts.state_of(device) if device.in_service else say("not in service")
    said = (system.pid or None, system.serial or None, system.version or None) if system else (None, None, None)
    return Name(device.name, role(device.role)), status, *said, share, covered, *peak, poll.at if poll else None, *own


def _case(facts: Facts, device: str) -> str | None:
    return next((case.number for f in facts.findings if f.device == device and (case := facts.case(f.key))), None)
