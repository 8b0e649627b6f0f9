"""What the devices' own logs say: counts by severity, most frequent messages, the gravest in full."""

from collections import Counter

from healthd.model.event import Event
from healthd.model.phrase import say
from healthd.model.report import Bar, Column, Name, Section, Status, Table, Text
from healthd.reports.facts import Facts

REPORTS = ("daily",)
ORDER = 310
MESSAGES = 15
GRAVE = 20
WORDS = (
    say("0 emergency"),
    say("1 alert"),
    say("2 critical"),
    say("3 error"),
    say("4 warning"),
    say("5 notice"),
    say("6 informational"),
    say("7 debugging"),
)


def build(facts: Facts) -> Section | None:
    """Return the log chapter; one line while no log reaches us."""
    if facts.calm or not facts.coverage:
        return None
    chapter, question = say("System log"), say("What did the devices themselves report?")
    if not facts.log_source and not facts.lines:
        return Section(
            key="log",
            chapter=chapter,
            blocks=(
                Text(body=say("No log source yet: these devices' own messages do not reach us, so this report says nothing about them.")),
            ),
        )
    blocks = (_severities(facts), _messages(facts), _talkers(facts), _grave(facts))
    return Section(key="log", chapter=chapter, title=say("Messages"), question=question, blocks=blocks, page=True)


def group(severity: int | None) -> Status:
    """Return the look of a severity: 0 to 2 is critical, 3 and 4 a warning."""
    if severity is None or severity > 4:
        return Status.NORMAL
    return Status.CRITICAL if severity <= 2 else Status.WARNING


def _severities(facts: Facts) -> Table:
    counts = Counter(line.severity for line in facts.lines)
    columns = tuple(Column(key=f"s{n}", title=word, align="right", width=12.5, keep=True) for n, word in enumerate(WORDS))
    return Table(key="severities", columns=columns, rows=(tuple(counts[n] for n in range(8)),))


def _messages(facts: Facts) -> Table:
    counts = Counter((line.facility, line.severity, line.mnemonic) for line in facts.lines)
    columns = (
        Column(key="message", title=say("Message"), width=36, keep=True),
        Column(key="count", title=say("Lines"), align="right", width=10),
        Column(key="bar", title=say("Share"), width=26),
        Column(key="cumulative", title=say("Together"), unit="%", align="right", width=12),
        Column(key="devices", title=say("Devices"), align="right", width=16),
    )
    rows, seen, total = [], 0, sum(counts.values())
    for (facility, severity, mnemonic), n in counts.most_common(MESSAGES):
        seen += n
        senders = len(
            {line.device for line in facts.lines if (line.facility, line.severity, line.mnemonic) == (facility, severity, mnemonic)}
        )
        bar = Bar(value=n, full=counts.most_common(1)[0][1], alt=say("{n} of {total} lines", n=n, total=total), status=group(severity))
        rows.append((Name(f"{facility}-{severity}-{mnemonic}"), n, bar, 100 * seen // total, senders))
    left = len(counts) - MESSAGES
    more = say("and {n} other messages", n=left) if left > 0 else None
    return Table(key="messages", columns=columns, rows=tuple(rows), more=more, empty=say("No device wrote a log line on this day."))


def _talkers(facts: Facts) -> Text:
    counts = Counter(line.device for line in facts.lines)
    silent = sum(1 for d in facts.in_service if not counts[d.name])
    most = counts.most_common(1)
    if not most:
        return Text(body=say("Devices that sent nothing: {silent}.", silent=silent), note=True)
    device, n = most[0]
    return Text(
        body=say("Most lines came from {device} ({n}). Devices that sent nothing: {silent}.", device=device, n=n, silent=silent), note=True
    )


def _grave(facts: Facts) -> Table:
    columns = (
        Column(key="at", title=say("At"), align="right", width=10, keep=True),
        Column(key="device", title=say("Device"), width=22, keep=True),
        Column(key="text", title=say("Text of severity 0 to 2"), width=68),
    )
    grave = [line for line in facts.lines if line.severity is not None and line.severity <= 2]
    more = say("and {n} more lines", n=0)
    rows = tuple((line.received, Name(line.device), words(line)) for line in grave)
    return Table(key="grave", columns=columns, rows=rows, stop=GRAVE, overflow=more, empty=say("No line of severity 0, 1 or 2."))


def words(line: Event) -> str:
    """Return a log line as the device wrote it, without its header."""
    return f"%{line.facility}-{line.severity}-{line.mnemonic}: {line.text}"
