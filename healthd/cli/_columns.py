"""Text in columns on a terminal: Chinese characters are two columns wide, and colours are for terminals that want them."""

import os
import shutil
import sys
from collections.abc import Sequence
from unicodedata import combining, east_asian_width

BOLD, DIM, RED, YELLOW, GREEN, CYAN = "1", "2", "31", "33", "32", "36"


def terminal() -> int:
    """Return how many columns the terminal has, 0 where the output goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def width(text: str) -> int:
    """Return how many columns *text* takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, columns: int) -> str:
    """Return *text* filled with spaces up to *columns*."""
    return text + " " * max(0, columns - width(text))


def cut(text: str, columns: int) -> str:
    """Return *text* in at most *columns*, with an ellipsis where it was cut."""
    if width(text) <= columns:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > columns - 1:
            break
        kept += character
    return kept + "…"


def coloured(text: str, code: str) -> str:
    """Return *text* in the colour *code*, on a terminal whose user has not refused colours (NO_COLOR)."""
    wanted = code and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return f"\x1b[{code}m{text}\x1b[0m" if wanted else text


def table(rows: Sequence[Sequence[str]], colours: Sequence[str] = ()) -> list[str]:
    """Return the lines of a table whose first row is its head; *colours* are those of the other rows."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(padded(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in rows]
    codes = [DIM, *colours, *[""] * (len(rows) - 1 - len(colours))]
    return [coloured(line, code) for line, code in zip(lines, codes, strict=True)]


def clean(text: str) -> str:
    """Return *text* on one line; what would steer the terminal is spelt out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in " ".join(text.split()))
