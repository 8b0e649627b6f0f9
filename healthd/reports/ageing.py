"""The ages of open replacements as one line each over a common time: from the request on, with what has happened and until when the part has to be back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from xml.sax.saxutils import escape

INK, QUIET, RULE, WARN, BAD, DATA = "#1f2328", "#57606a", "#d5dce1", "#7a4f00", "#b5340a", "#0b5a8a"
WIDTH, LEFT, RIGHT, STEP, HEAD = 1006.0, 176.0, 124.0, 17.0, 20.0
"""Pixels: the drawing, what is left for names and for words at the end, a line's height, and the axis above."""
FONT = "Noto Sans CJK SC"
"""One family: of several the layout would take Japanese forms for Chinese characters."""

Scale = Callable[[datetime], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """One line: *name*, from *start* to *end*; *received* when the good part came, *due* the leading last day; *word* stands at its end."""

    name: str
    start: datetime
    end: datetime
    received: datetime | None = None
    due: date | None = None
    late: bool = False
    word: str = ""


def drawn(ages: Sequence[Age], title: str) -> str:
    """Return the lines as SVG; *title* says in words what they show. Every text is escaped."""
    first = min(age.start for age in ages)
    last = max(max(age.end, _noon(age.due) if age.due else age.end) for age in ages)
    span = max((last - first).total_seconds(), 86400.0)

    def x(at: datetime) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (at - first).total_seconds() / span

    height = HEAD + STEP * len(ages) + 4
    parts = [*_axis(first, last, x, height)]
    for number, age in enumerate(ages):
        parts += _line(age, HEAD + STEP * (number + 0.5), x)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" width="100%" font-family="{FONT}" font-size="10">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def _axis(first: datetime, last: datetime, x: Scale, height: float) -> list[str]:
    """Return a rule and a label about every seventh part of the time, at midnight."""
    days = max(1, -(-(last - first).days // 7))
    at, parts = datetime.combine(first.date() + timedelta(days=1), time(), UTC), []
    while at <= last:
        parts.append(f'<path d="M{x(at):.1f} {HEAD - 3:g}V{height:g}" stroke="{RULE}" stroke-width=".6"/>')
        parts.append(f'<text x="{x(at):.1f}" y="11" fill="{QUIET}" text-anchor="middle" font-size="9">{at:%m-%d}</text>')
        at += timedelta(days=days)
    return parts


def _line(age: Age, y: float, x: Scale) -> list[str]:
    colour = BAD if age.late else DATA
    parts = [
        f'<text x="0" y="{y + 3.5:.1f}" fill="{INK}">{escape(age.name)}</text>',
        f'<path d="M{x(age.start):.1f} {y:.1f}H{x(age.end):.1f}" stroke="{colour}" stroke-width="3"/>',
    ]
    if age.received:
        parts.append(f'<circle cx="{x(age.received):.1f}" cy="{y:.1f}" r="3.4" fill="#fff" stroke="{colour}" stroke-width="1.6"/>')
    if age.due:
        at = x(_noon(age.due))
        parts.append(f'<path d="M{at:.1f} {y - 6:.1f}V{y + 6:.1f}" stroke="{BAD if age.late else WARN}" stroke-width="2"/>')
    end = max(x(age.end), x(_noon(age.due)) if age.due else 0.0)
    parts.append(f'<text x="{end + 6:.1f}" y="{y + 3.5:.1f}" fill="{BAD if age.late else QUIET}">{escape(age.word)}</text>')
    return parts


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
