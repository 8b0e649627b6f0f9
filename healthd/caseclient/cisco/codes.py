"""Cisco's list of technologies, sub-technologies and problem codes (TSP): about 19,000 rows, renewed daily. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from healthd.errors import ConfigError, DeskError

_GONE = frozenset({"d", "delete", "deleted", "remove", "removed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One row: where a trouble belongs, by Cisco's names."""

    id: str
    technology: str
    subtechnology: str
    problem: str
    text: str = ""


def read(found: Any) -> tuple[Mapping[str, Any], ...]:
    """Return the rows of one answer: a list, or one under ``tspCodes``.

    Raises:
        DeskError: it is neither.
    """
    rows = found.get("tspCodes", []) if isinstance(found, dict) else found
    if not isinstance(rows, list):
        raise DeskError("the list of codes is not a list")
    return tuple(row for row in rows if isinstance(row, dict) and row.get("id") is not None)


def merged(known: Iterable[Code], rows: Sequence[Mapping[str, Any]]) -> tuple[Code, ...]:
    """Return *known* with *rows* taken in: those that went (changeFlag) go, the others replace what had their id."""
    by_id = {code.id: code for code in known}
    for row in rows:
        key = str(row["id"])
        if str(row.get("changeFlag") or "").strip().lower() in _GONE:
            by_id.pop(key, None)
        elif row.get("techName"):
            by_id[key] = Code(
                id=key,
                technology=_text(row, "techName"),
                subtechnology=_text(row, "subTechName"),
                problem=_text(row, "problemCodeName"),
                text=_text(row, "problemCodeDescription"),
            )
    return tuple(sorted(by_id.values(), key=lambda code: (code.technology, code.subtechnology, code.problem, code.id)))


def _text(row: Mapping[str, Any], name: str) -> str:
    return " ".join(str(row.get(name) or "").split())


def matching(codes: Iterable[Code], words: str) -> tuple[Code, ...]:
    """Return the codes in which all *words* stand."""
    wanted = words.casefold().split()
    return tuple(
        code for code in codes if all(w in f"{code.technology} {code.subtechnology} {code.problem} {code.text}".casefold() for w in wanted)
    )


def chosen(codes: Iterable[Code], technologies: Mapping[str, str], component: str) -> Code:
    """Return the code for a fault of *component*, by the settings' choice.

    Raises:
        ConfigError: none was chosen, or Cisco's list has it no more.
    """
    key = technologies.get(component) or technologies.get("default")
    if not key:
        raise ConfigError(
            f"[cisco.technologies] has neither {component or 'the part'!r} nor default; find a code with: healthd cisco codes WORD"
        )
    for code in codes:
        if code.id == key:
            return code
    raise ConfigError(f"[cisco.technologies]: Cisco's list has no code {key}; find another with: healthd cisco codes WORD")


def packed(codes: Iterable[Code]) -> str:
    """Return *codes* as text to be kept."""
    return json.dumps([[code.id, code.technology, code.subtechnology, code.problem, code.text] for code in codes], ensure_ascii=False)


def unpacked(text: str) -> tuple[Code, ...]:
    """Return the codes of which *text* was made; none when it was not."""
    try:
        return tuple(Code(id=a, technology=b, subtechnology=c, problem=d, text=e) for a, b, c, d, e in json.loads(text))
    except (ValueError, TypeError):
        return ()
