"""States and names as all collectors of hardware read them."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from healthd.catalogue.mibs.entity import PHYSICAL
from healthd.collectors._names import unique
from healthd.model.answer import Answers, Row, text
from healthd.model.observation import Reading
from healthd.model.request import Walk

Name = Callable[[str, Row], str]
"""Gives the item's name for a row index and its row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateColumn:
    """A column of a table whose numbers are states, and the words for them."""

    metric: str
    walk: Walk
    column: str
    words: Mapping[int, str]

    @property
    def source(self) -> str:
        """The object's name as a reading's source."""
        return f"{self.walk.mib}::{self.column}"

    def readings(self, answers: Answers, name: Name) -> Iterator[Reading]:
        """Yield one state per row that has the column; a number without a word keeps its number in the word."""
        for index, row in answers.rows(self.walk).items():
            if (raw := number(row, self.column)) is not None:
                yield self.reading(index, raw, name(index, row))

    def reading(self, index: str, raw: int, item: str) -> Reading:
        """Return the state *raw* of row *index*."""
        return Reading(
            metric=self.metric,
            item=item,
            index=index,
            value=word(self.words, raw),
            raw=raw,
            source=self.source,
            oid=f"{self.walk.oid(self.column)}.{index}",
        )


def words_of(*columns: StateColumn) -> Mapping[str, Mapping[int, str]]:
    """Return the words of states by their source, for those who only have the number."""
    return {column.source: column.words for column in columns}


def word(words: Mapping[int, str], raw: int) -> str:
    """Return the MIB's word; a number that the MIB did not know when this was written stays visible."""
    return words.get(raw, f"other({raw})")


def number(row: Row, column: str) -> int | None:
    """Return an integer of *row*, None where the device gave none."""
    value = row.get(column)
    return value if isinstance(value, int) else None


def part_names(answers: Answers) -> Mapping[str, str]:
    """Return the names of the parts by entPhysicalIndex, no two alike.

    entPhysicalName is what Cisco prints on the box and in the CLI; some
    platforms leave it empty or call every fan "Fan". The name of the part
    that holds it then comes before it, and the index behind it as a last resort.
    """
    rows = answers.rows(PHYSICAL)
    own = {index: text(row.get("entPhysicalName")) or text(row.get("entPhysicalDescr")) for index, row in rows.items()}
    times = Counter(own.values())
    return unique({index: name if times[name] == 1 else _with_holder(index, own, rows) for index, name in own.items() if name})


def _with_holder(index: str, own: Mapping[str, str], rows: Mapping[str, Row]) -> str:
    holder = own.get(str(number(rows[index], "entPhysicalContainedIn") or 0), "")
    return f"{holder} {own[index]}" if holder and holder != own[index] else own[index]


def apart(name: Name, answers: Answers, note: str) -> Name:
    """Return *name* with *note* behind it where a part has that name already: an item is one row, of one table."""
    taken = set(part_names(answers).values())

    def named(index: str, row: Row) -> str:
        said = name(index, row)
        return f"{said} ({note})" if said in taken else said

    return named


def part_name(answers: Answers, family: str) -> Name:
    """Return a naming of rows by entPhysicalIndex; a row without a part is called *family* and its index."""
    names = part_names(answers)
    return lambda index, _: names.get(index) or f"{family} {index}"


_STATE_AT_END = re.compile(
    r"[, ]*\b(?:GREEN|YELLOW|RED|Normal|Warning|Critical|Failed|Faulty|OK|Not ?Present|Not ?Exist(?:ing)?|Shutdown)\W*$", re.IGNORECASE
)


def stable(description: str) -> str:
    """Return a name without the state that IOS writes behind it ("Switch 1 - Power Supply A, Normal").

    History follows the name: it must not change when the state does.
    """
    said = re.sub(r", RPS .*$", "", description.strip(), flags=re.IGNORECASE)
    return _STATE_AT_END.sub("", said).strip(" ,") or description.strip()


def described(column: str, family: str) -> Name:
    """Return a naming of rows by their own description, as CISCO-ENVMON-MIB gives it."""
    return lambda index, row: stable(text(row.get(column))) or f"{family} {index}"
