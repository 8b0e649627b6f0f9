"""YAML files that remember where each value stands, and the list of what is wrong with them.

Every mistake of every file is told at once: file, line, what was found, what
is allowed, what to do.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

Place = tuple[str | int, ...]
"""The way to a value: keys and list positions from the top."""


@dataclass(slots=True)
class Mistakes:
    """Collects mistakes; ``root`` is cut off the file names so that messages read the same everywhere."""

    root: Path
    found: list[str] = field(default_factory=list)

    def add(self, file: Path, line: int, text: str) -> None:
        """Note one mistake; *text* says what was found, what is allowed and what to do."""
        self.found.append(f"{self.called(file)}:{line}: {text}")

    def called(self, file: Path) -> str:
        """Return how *file* is called in messages."""
        return str(file.relative_to(self.root) if file.is_relative_to(self.root) else file)


@dataclass(slots=True)
class Document:
    """One parsed file: plain data, the line of every place, and where to complain."""

    file: Path
    data: Any
    lines: dict[Place, int]
    mistakes: Mistakes
    broken: bool = False  # the text could not be read at all, which has been said

    def wrong(self, place: Place, text: str) -> None:
        """Note a mistake at *place* (or at the nearest place above it that has a line)."""
        self.mistakes.add(self.file, self.line(place), text)

    def line(self, place: Place) -> int:
        """Return the line of *place*, or of the nearest place above it that has one."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def known_keys(self, place: Place, value: dict[Any, Any], allowed: Collection[str], what: str) -> None:
        """Complain of keys that are not *allowed*, with the nearest that is."""
        for key in value:
            if key not in allowed:
                hint = _meant(key, allowed) or "remove it"
                self.wrong((*place, key), f"{what}: found key {key!r}; allowed: {', '.join(sorted(allowed))}; {hint}")

    def one_of(self, place: Place, value: Any, allowed: Collection[str], what: str) -> bool:
        """Complain unless *value* is one of *allowed*."""
        if isinstance(value, str) and value in allowed:
            return True
        hint = _meant(value, allowed) or "use one of them"
        self.wrong(place, f"{what}: found {shown(value)}; allowed: {', '.join(sorted(allowed))}; {hint}")
        return False


def shown(value: Any) -> str:
    """Return *value* as a message shows it; what stands below keys may be a secret and is left out."""
    if isinstance(value, dict):
        return "{…}"
    return f"[{', '.join(map(shown, value))}]" if isinstance(value, list) else repr(value)


def _meant(found: Any, allowed: Collection[str]) -> str:
    word = str(found)
    begins = sorted(each for each in allowed if word and each.startswith(word))
    near = begins or get_close_matches(word, allowed, 1)
    return f"did you mean {near[0]!r}?" if near else ""


def load(file: Path, mistakes: Mistakes) -> Document:
    """Parse *file*; a file that is no YAML mapping gives an empty document and a mistake."""
    lines: dict[Place, int] = {}
    document = Document(file, {}, lines, mistakes, broken=True)
    try:
        text = file.read_text("utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        mistakes.add(file, 1, f"not a text file: byte {error.start} is no UTF-8; save it as UTF-8")
        return document
    except OSError as error:
        mistakes.add(file, 1, f"cannot be read: {error.strerror or error}; make it a file that healthd may read")
        return document
    except yaml.YAMLError as error:
        _unread(error, file, mistakes)
        return document
    if node is None or node.tag == "tag:yaml.org,2002:null":
        document.broken = False
        return document
    if not isinstance(node, yaml.MappingNode):
        mistakes.add(
            file,
            node.start_mark.line + 1,
            "found a list or a single value at the top; allowed: keys with values; start with a name and a colon",
        )
        return document
    try:
        lines.update(_lines(node, (), document))
        document.data = yaml.safe_load(text)
    except _Circle as circle:
        mistakes.add(file, circle.line, "found an alias inside what it stands for; allowed: no circles; remove it")
    except yaml.YAMLError as error:
        _unread(error, file, mistakes)
    except (ValueError, TypeError, RecursionError) as error:
        if not any(found.startswith(f"{mistakes.called(file)}:") for found in mistakes.found):
            mistakes.add(file, 1, f"not YAML that can be read: {error}; put dates and what begins with a bracket into quotes")
    else:
        document.broken = False
    return document


class _Circle(Exception):
    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def _unread(error: yaml.YAMLError, file: Path, mistakes: Mistakes) -> None:
    # Never the error's own text: it repeats the line, which may hold a secret.
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None) or "not readable"
    mistakes.add(file, mark.line + 1 if mark else 1, f"not YAML: {problem}; check indentation (spaces only), colons and quotes")


def _lines(node: yaml.Node, place: Place, document: Document, above: tuple[int, ...] = ()) -> Iterator[tuple[Place, int]]:
    """Yield every place with its line; complains of keys that are none, and stops at what holds itself."""
    yield place, node.start_mark.line + 1
    if id(node) in above:
        raise _Circle(node.start_mark.line + 1)
    above = (*above, id(node))
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            name, line = key.value, key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                document.mistakes.add(
                    document.file, line, "found a list or keys in place of a key; allowed: a name; put what begins with { or [ into quotes"
                )
                continue
            if name in seen and name != "<<":
                document.mistakes.add(
                    document.file, line, f"found {name!r} twice, first in line {seen[name]}; allowed: once; rename or merge them"
                )
            seen[name] = line
            yield from ((p, line if p == (*place, name) else at) for p, at in _lines(value, (*place, name), document, above))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _lines(value, (*place, number), document, above)
