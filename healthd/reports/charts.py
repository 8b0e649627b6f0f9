"""Small marks as our own SVG: strips, sparklines, bars, glyphs, calendars; larger time series through matplotlib.

The same few forms everywhere. State is told by fill, outline, hatch and
glyph, never by hue alone. WeasyPrint takes an SVG's alternative text from its
``<title>`` only, so a mark without one cannot be made.
"""

from collections.abc import Sequence
from datetime import date
from html import escape
from math import isfinite

from healthd.model.report import Bar, Chart, Spark, Status, Strip

FILL = {"critical": "#B5340A", "warning": "#E69F00", "unknown": "url(#{hatch})", "maintenance": "#FFFFFF", "normal": "#DCE6EC"}
EDGE = {"critical": "#B5340A", "warning": "#7A4F00", "unknown": "#8A919B", "maintenance": "#5E3D8C", "normal": "none"}
INK = {"critical": "#B5340A", "warning": "#7A4F00", "unknown": "#57606A", "maintenance": "#5E3D8C", "normal": "#33556B"}
LINE = "#0B5A8A"
GRID = "#B9C3CB"
FONT = "Noto Sans CJK SC"
_SHAPES = {
    "critical": '<rect x="1" y="1" width="8" height="8" fill="#B5340A"/>',
    "warning": '<path d="M5 .8 9.6 9.2H.4z" fill="#E69F00" stroke="#7A4F00" stroke-width=".8" stroke-linejoin="round"/>',
    "unknown": '<path d="M5 .8 9.2 5 5 9.2.8 5z" fill="#FFFFFF" stroke="#57606A" stroke-width="1.1"/>',
    "maintenance": '<path d="M3 1v8M7 1v8" stroke="#5E3D8C" stroke-width="2"/>',
    "normal": '<circle cx="5" cy="5" r="3.4" fill="#33556B"/>',
}


def svg(body: str, width: float, height: float, alt: str, kind: str = "mark") -> str:
    """Return one drawing; *alt* says in words what it shows."""
    if not alt:
        raise ValueError("a drawing needs words for those who cannot see it")
    # A page's style sheet does not reach into a drawing, so its text says itself how it looks. One family: of a list,
    # Pango would take the first with a Chinese glyph of any country.
    text = f'font-family="{FONT}" font-size="9.4" fill="#57606A"'
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" {text}'
    return f'<svg class="{kind}" xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>{escape(alt)}</title>{body}</svg>'


def glyph(status: Status, word: str) -> str:
    """Return the sign of *status*; *word* is what it means."""
    return svg(_SHAPES[status], 10, 10, word, "glyph")


def hatch(name: str) -> str:
    """Return the pattern of what was not measured; names must differ within one document."""
    lines = '<path d="M-1 1 1-1M0 4 4 0M3 5 5 3" stroke="#6B7280" stroke-width=".8"/>'
    return (
        f'<pattern id="{name}" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#FFF"/>{lines}</pattern>'
    )


def cell(status: Status, x: float, width: float, height: float, mark: str) -> str:
    """Return a rectangle in the look of *status*."""
    inset = 0 if status in (Status.NORMAL, Status.CRITICAL) else 0.35
    box = f'x="{x + inset:.2f}" y="{inset:g}" width="{max(width - 2 * inset, 0.5):.2f}" height="{height - 2 * inset:g}"'
    line = "" if status in (Status.NORMAL, Status.CRITICAL) else f' stroke="{EDGE[status]}" stroke-width=".7"'
    return f'<rect {box} fill="{FILL[status].format(hatch=mark)}"{line}/>'


def strip(data: Strip, alt: str, mark: str, width: float = 205, height: float = 11) -> str:
    """Return a band of states over its window; what is not normal is at least 1.2 wide, and six-hour lines divide it."""
    spans = [(status, cut) for status, span in data.spans if status != Status.NORMAL and (cut := span.cut(data.window))]
    body = [hatch(mark)] if any(status == Status.UNKNOWN for status, _ in spans) else []
    body.append(f'<rect width="{width:g}" height="{height:g}" fill="{FILL["normal"]}"/>')
    body += [f'<path d="M{width * i / 4:g} 0V{height:g}" stroke="#FFF" stroke-width=".8"/>' for i in (1, 2, 3)]
    for status, span in sorted(spans, key=lambda each: -list(Status).index(each[0])):
        left = width * ((span.start - data.window.start) / data.window.length)
        wide = max(1.2, width * (span.length / data.window.length))
        body.append(cell(status, min(left, width - wide), wide, height, mark))
    return svg("".join(body), width, height, alt, "strip")


def swatch(status: Status, alt: str, mark: str) -> str:
    """Return a small sample of a strip in *status*."""
    return svg((hatch(mark) if status == Status.UNKNOWN else "") + cell(status, 0, 14, 7, mark), 14, 7, alt, "swatch")


def axis(labels: Sequence[str], width: float = 205) -> str:
    """Return the hours over a strip: *labels* at equal distances from the window's start to its end."""
    step = width / (len(labels) - 1)
    anchors = ["start", *["middle"] * (len(labels) - 2), "end"]
    places = enumerate(zip(labels, anchors, strict=True))
    texts = [f'<text x="{i * step:g}" y="9.4" text-anchor="{anchor}">{escape(label)}</text>' for i, (label, anchor) in places]
    return svg("".join(texts), width, 11, " · ".join(labels), "axis")


def spark(data: Spark, alt: str, width: float = 64, height: float = 14, *, dot: bool = True) -> str:
    """Return a word-sized line with its usual band and a dot at its end; gaps stay gaps."""
    known = [v for v in data.values if v is not None and isfinite(v)]
    if not known:
        return svg(
            f'<path d="M0 {height / 2:g}H{width:g}" stroke="{GRID}" stroke-width=".7" stroke-dasharray="2 2"/>', width, height, alt, "spark"
        )
    low = min(known) if data.low is None else data.low
    high = max(known) if data.high is None else data.high
    pad, room, span = 2.0, height - 4.0, high - low

    def y(value: float) -> float:
        return pad + room * (1 - (min(max(value, low), high) - low) / span) if span > 0 else height / 2

    step = (width - 2 * pad) / max(len(data.values) - 1, 1)
    body = ""
    if data.usual:
        top, bottom = y(data.usual[1]), y(data.usual[0])
        body += f'<rect x="{pad:g}" y="{top:.2f}" width="{width - 2 * pad:g}" height="{max(bottom - top, 0.6):.2f}" fill="#E4E8EB"/>'
    for run in runs(data.values):
        points = " ".join(f"{pad + i * step:.2f},{y(v):.2f}" for i, v in run)
        body += (
            f'<polyline points="{points}" fill="none" stroke="{LINE}" stroke-width=".9" stroke-linejoin="round" stroke-linecap="round"/>'
        )
    last = max(i for i, v in enumerate(data.values) if v is not None and isfinite(v))
    if dot:
        body += f'<circle cx="{pad + last * step:.2f}" cy="{y(data.values[last] or 0.0):.2f}" r="1.5" fill="{LINE}"/>'
    return svg(body, width, height, alt, "spark")


def runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Return the unbroken stretches of *values* with their places; a lone point is drawn as a short dash."""
    found: list[list[tuple[int, float]]] = [[]]
    for i, value in enumerate(values):
        if value is None or not isfinite(value):
            found.append([])
        else:
            found[-1].append((i, value))
    return [run if len(run) > 1 else [*run, (run[0][0], run[0][1])] for run in found if run]


def bar(data: Bar, alt: str, width: float = 90, height: float = 7) -> str:
    """Return a bar from 0 to its full scale with a mark for threshold or usual."""
    share = min(max(data.value / data.full, 0), 1) if data.full > 0 and isfinite(data.value) else 0
    fill = LINE if data.status in (Status.NORMAL, Status.UNKNOWN) else FILL[data.status]
    edge = f' stroke="{EDGE["warning"]}" stroke-width=".6"' if data.status == Status.WARNING else ""
    body = f'<rect y="1" width="{width:g}" height="{height - 2:g}" fill="#EEF2F5"/>'
    body += f'<rect y="1" width="{max(width * share, 0.6):.2f}" height="{height - 2:g}" fill="{fill}"{edge}/>'
    if data.mark is not None and data.full > 0:
        at = width * min(max(data.mark / data.full, 0), 1)
        body += f'<path d="M{at:.2f} 0V{height:g}" stroke="#1F2328" stroke-width=".9"/>'
    return svg(body, width, height, alt, "bar")


def calendar(days: Sequence[tuple[date, Status | None, int]], alt: str, labels: Sequence[str]) -> str:
    """Return one cell a day with the number of devices concerned; *labels* stand below, empty where none."""
    wide, high, gap = 15.2, 15.0, 1.8
    body = hatch("calendar")
    for i, ((_, status, count), label) in enumerate(zip(days, labels, strict=True)):
        x = i * (wide + gap)
        if status is None:
            body += f'<rect x="{x + 0.3:.2f}" y=".3" width="{wide - 0.6:g}" height="{high - 0.6:g}" fill="none" stroke="{GRID}" stroke-width=".6" stroke-dasharray="1.5 1.5"/>'
        else:
            body += cell(status, x, wide, high, "calendar")
        if status not in (None, Status.NORMAL) and count:
            ink = "#FFF" if status == Status.CRITICAL else "#1F2328"
            if status == Status.UNKNOWN:
                body += f'<rect x="{x + wide / 2 - 4:.2f}" y="3.4" width="8" height="8.4" fill="#FFF"/>'
            body += (
                f'<text x="{x + wide / 2:.2f}" y="10.3" text-anchor="middle" font-size="7" font-weight="700" fill="{ink}">{count}</text>'
            )
        place = f'x="{x + wide / 2:.2f}" text-anchor="middle"' if i else 'x="0" text-anchor="start"'
        body += f'<text {place} y="{high + 9:g}" font-size="7">{escape(label)}</text>' if label else ""
    return svg(body, len(days) * (wide + gap) - gap, high + 11, alt, "calendar")


def lines(data: Chart, alt: str, font: str) -> str:
    """Return a larger time series, drawn by matplotlib; bad numbers are left out, and nothing to draw is said so.

    Text stays text (``svg.fonttype: none``), and no date or random name is
    inside, so that the same data give the same bytes.
    """
    import io

    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "healthd", "font.family": [font], "font.size": 7})
    figure = Figure(figsize=(7.08, 1.7))
    axes = figure.add_subplot()
    for label, times, values in data.lines:
        good = [(t, v if v is not None and isfinite(v) and abs(v) < 1e15 else float("nan")) for t, v in zip(times, values, strict=True)]
        axes.plot([(t - data.lines[0][1][0]) / 3600 for t, _ in good], [v for _, v in good], label=label, linewidth=0.9)
    if data.mark is not None:
        axes.axhline(data.mark, color="#B5340A", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_ylabel(data.unit)
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    drawn = out.getvalue()
    head, rest = drawn[drawn.index("<svg") :].split(">", 1)
    return f"{head}><title>{escape(alt)}</title>{rest}"
