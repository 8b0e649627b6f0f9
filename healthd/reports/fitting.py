"""How many rows of each table its page has room for, by heights measured on pages without an end.

Page 1 ends where the first chapter begins, and a chapter begins a page: so each page is filled by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from healthd.model.phrase import say
from healthd.model.report import Report, Section, Table
from healthd.reports.html import grouped

PAGES = 4
"""A daily report has at most so many pages before its appendix."""
FRONT = tuple(
    {"actions": a, "downtime": d, "frequent": f}
    for a, d, f in (
        (8, 8, 5), (8, 8, 0), (8, 7, 0), (8, 6, 0), (8, 5, 0), (8, 4, 0), (7, 4, 0), (7, 3, 0), (6, 3, 0), (6, 2, 0),
        (5, 2, 0), (5, 1, 0), (4, 1, 0), (3, 1, 0), (2, 1, 0), (1, 1, 0),
    )
)  # fmt: skip
"""Rows of the tables on page 1, from the most to the fewest; a table of none is left out with its title."""
MILLIMETRE = 96 / 25.4
"""In pixels, which layouts are measured in."""
FIRST, OTHER = 267.0 * MILLIMETRE, 264.0 * MILLIMETRE
"""The height inside the margins of page 1 and of the pages after it."""
BREAK = 20.0 * MILLIMETRE
"""What is lost where a chapter has two pages: the row that does not fit, and the header once more."""
THIN = 66.0 * MILLIMETRE
"""What would stand on a second page has to be more than this: for two rows, the longest tables give room on the first."""
LEFT = 4.6 * MILLIMETRE
"""The line that says how many rows were left out."""

Rows = Mapping[str, int]
"""At most how many rows of a table are shown, by its key."""
_Group = Sequence[tuple[Section, Section]]
"""One section or two halves: as in the report, and as measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Heights in pixels: of *rows* by their table and number, and from a page's top down to the *ends* of sections by their key."""

    rows: Mapping[tuple[str, int], float]
    ends: Mapping[str, float]


def everything(report: Report) -> Report:
    """Return *report* without appendix and with every row that a page may show, once: it is there to be measured.

    Which rows page 1 leaves to the table that continues it is not known yet: it gets one.
    """
    body = tuple(s for s in report.sections if not s.appendix)
    continued = {t.continues for s in body for t in _tables(s) if t.continues}
    return replace(report, sections=tuple(_every(s, continued) for s in body))


def _every(section: Section, continued: set[str]) -> Section:
    def every(table: Table) -> Table:
        if table.continues:
            return replace(table, start=1)
        return replace(table, stop=1) if table.key in continued else table

    return replace(section, blocks=tuple(every(b) if isinstance(b, Table) else b for b in section.blocks))


def planned(report: Report, measured: Measured, spare: float = 0.0) -> dict[str, int]:
    """Return the rows with which each page is as full as it can be, and *spare* pixels of it are left."""
    first, *others = _pages(report)
    rows = dict(next((step for step in FRONT if _height(first, step, measured) <= FIRST - spare), FRONT[-1]))
    free = PAGES - 1 - len(others)
    for page in others:
        double = free > 0 and _height(page, rows, measured) > OTHER - spare + THIN
        free -= double
        rows |= _filled(page, rows, measured, (2 * OTHER - BREAK if double else OTHER) - spare)
    return rows


def _pages(report: Report) -> list[list[_Group]]:
    own = {s.key: s for s in report.sections}
    pages: list[list[_Group]] = [[]]
    for group in grouped(everything(report).sections):
        if group[0].page:
            pages.append([])
        pages[-1].append([(own[s.key], s) for s in group])
    return pages


def _filled(page: Sequence[_Group], given: Rows, measured: Measured, room: float) -> dict[str, int]:
    """Return the rows of the tables of *page*: all keep the same share of their most until they fit, then what still has room comes back."""
    groups = [keys for group in page if (keys := _keys(group, given))]
    most = {key: full for keys in groups for key, (_, full) in keys.items()}
    here = {key: number for keys in groups for key, (number, _) in keys.items()}
    rows = dict(here)
    while _height(page, {**given, **rows}, measured) > room and max(rows.values(), default=1) > 1:
        share = {key: (rows[key] - 1) / most[key] for key in rows if rows[key] > 1}  # with one row less
        last = next(keys for keys in reversed(groups) if any(share.get(key) == max(share.values()) for key in keys))
        rows |= {key: rows[key] - 1 for key in last if share.get(key) == max(share.values())}
    for keys in groups:
        more = rows | {key: min(rows[key] + 1, here[key]) for key in keys}
        if _height(page, {**given, **more}, measured) <= room:
            rows = more
    return rows


def _keys(group: _Group, given: Rows) -> dict[str, tuple[int, int]]:
    """Return the rows that the tables of *group* would show if there were room, and the most that they ever show."""
    found = (t for own, _ in group for t in _tables(_section(own, given)) if not t.whole and t.shown)
    return {t.key: (len(t.shown), len(t.shown) if t.stop is None else t.stop - t.start) for t in found}


def _height(page: Sequence[_Group], rows: Rows, measured: Measured) -> float:
    height = above = 0.0
    for group in page:
        height += max(_share(own, seen, rows, measured, above) for own, seen in group)
        above = max(measured.ends[seen.key] for _, seen in group)
    return height


def _share(own: Section, seen: Section, rows: Rows, measured: Measured, above: float) -> float:
    """Return the height of a section of which *rows* are shown."""
    cut = _section(own, rows)
    if _emptied(cut, rows) or _bare(cut):
        return 0.0
    less = sum(_tall(t, measured) for t in _tables(seen)) - sum(_tall(t, measured) for t in _tables(cut))
    return measured.ends[seen.key] - above - less


def _tall(table: Table, measured: Measured) -> float:
    name, end = table.continues or table.key, len(table.rows) if table.stop is None else min(table.stop, len(table.rows))
    return sum(measured.rows.get((name, i), 0.0) for i in range(table.start, end)) + (LEFT if table.left else 0.0)


def _bare(section: Section) -> bool:
    return not grouped((section,))


def fitted(report: Report, rows: Rows) -> Report:
    """Return *report* with at most *rows* shown of each table before the appendix, by its key.

    What page 1 leaves, the table that continues it begins with.
    """
    front = len(tuple(takewhile(lambda s: s.chapter is None, report.sections)))
    cut = tuple(s if s.appendix else _section(s, rows) for s in report.sections)
    return replace(report, sections=tuple(s for i, s in enumerate(cut) if i >= front or not _emptied(s, rows)))


def _tables(section: Section) -> Iterator[Table]:
    return (b for b in section.blocks if isinstance(b, Table))


def _emptied(section: Section, rows: Rows) -> bool:
    """Is nothing left of *section* but the title of a table that gets no row?"""
    return bool(section.blocks) and all(isinstance(b, Table) and rows.get(b.key) == 0 for b in section.blocks)


def _section(section: Section, rows: Rows) -> Section:
    return replace(section, blocks=tuple(_cut(b, rows) if isinstance(b, Table) and not b.whole else b for b in section.blocks))


def _cut(table: Table, rows: Rows) -> Table:
    start = table.start
    if table.continues in rows:
        start = min(rows[table.continues], len(table.rows))
    each = [n for n in (rows.get(table.key), None if table.stop is None else table.stop - table.start) if n is not None]
    overflow = table.overflow or say("and {n} more in the attached tables", n=0)
    return replace(table, start=start, stop=start + min(each) if each else None, overflow=overflow)
