"""Restarts with the device's own reason, and running configurations that nobody saved."""

from collections.abc import Iterator

from healthd.analysis.stream.configured import Change
from healthd.model.phrase import Phrase, say
from healthd.model.report import Cell, Column, Name, Section, Table
from healthd.reports.facts import Facts
from healthd.reports.sections._found import NOTHING

REPORTS = ("daily",)
ORDER = 270
ROWS = 6


def build(facts: Facts) -> Section | None:
    """Return both lists, None on a day without anything to report."""
    if facts.calm or not facts.coverage:
        return None
    title, question = say("Restarts and configuration"), say("What restarted, and what would a restart lose?")
    return Section(key="changes", title=title, question=question, blocks=(_reboots(facts), _configurations(facts)))


def _reboots(facts: Facts) -> Table:
    columns = (
        Column(key="device", title=say("Restarted device"), width=26, keep=True),
        Column(key="at", title=say("At"), align="right", width=14, keep=True),
        Column(key="away", title=say("Away at most"), align="right", width=14, keep=True),
        Column(key="reason", title=say("Reason, in the device's words"), width=46),
    )
    rows = tuple((Name(r.device, facts.model(r.device)), r.at, r.away, r.reason or say("not given")) for r in facts.reboots)
    more = say("and {n} more; all outages are in the attached table", n=0)
    return Table(key="reboots", columns=columns, rows=rows, stop=ROWS, overflow=more, empty=say("No restart was seen."))


def _configurations(facts: Facts) -> Table:
    columns = (
        Column(key="device", title=say("Configuration changed"), width=26, keep=True),
        Column(key="at", title=say("At"), align="right", width=14, keep=True),
        Column(key="saved", title=say("Saved"), width=14, keep=True),
        Column(key="by", title=say("By whom, as far as the log says"), width=46),
    )
    more = say("and {n} more in the appendix", n=0)
    return Table(
        key="configurations", columns=columns, rows=tuple(_changed(facts)), stop=ROWS, overflow=more,
        empty=say("No change of a configuration was seen, and every one that was read is saved.") if facts.read else NOTHING,
    )  # fmt: skip


def _changed(facts: Facts) -> Iterator[tuple[Cell, ...]]:
    """Yield what is not saved, then what the logs say was changed."""
    unsaved = {u.device for u in facts.unsaved}
    told = {change.device: change for change in facts.changes}
    for each in facts.unsaved:
        yield Name(each.device, facts.model(each.device)), each.since, say("not saved"), _by(told.get(each.device))
    for change in facts.changes:
        if change.device not in unsaved:
            yield Name(change.device, facts.model(change.device)), change.last, _saved(facts, change), _by(change)


def _saved(facts: Facts, change: Change) -> Phrase | None:
    """Say whether a change would outlast a restart, by the logs or by a poll that came after it."""
    poll = facts.polls.get(change.device)
    read = [r.value for r in poll.readings if r.metric == "config.unsaved"] if poll and poll.at > change.last else []
    if change.saved or read == [0]:
        return say("saved")
    return say("not saved") if read and not isinstance(read[0], str) and read[0] > 0 else None


def _by(change: Change | None) -> Phrase:
    if change is None or not (change.who or change.where):
        return say("not known")
    by = say("{who} from {where}", who=change.who, where=change.where) if change.who and change.where else None
    by = by or say("{who}", who=change.who or change.where)
    return by if change.number == 1 else say("{text} × {n}, last {at}", text=by, n=change.number, at=change.last)
