"""Run the benchmarks: ``python -m benchmarks [NAME…] [--scale 1] [--minutes 30] [--write]``; all of them when none is named.

``--write`` puts the table between the marks in README.md. A benchmark is a
file of this folder; it has ``figures(scale)`` and its place ``ORDER``.
"""

import argparse
import os
import pkgutil
import platform
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

import benchmarks
from benchmarks._figure import Figure
from benchmarks._missing import Missing

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def members() -> dict[str, ModuleType]:
    """Return the benchmarks by name, in their order."""
    names = [found.name for found in pkgutil.iter_modules(benchmarks.__path__) if not found.name.startswith("_")]
    made = {name: import_module(f"benchmarks.{name}") for name in names}
    return dict(sorted(made.items(), key=lambda pair: pair[1].ORDER))


def measured(names: Sequence[str], scale: float, **more: float) -> list[Figure]:
    """Run the benchmarks *names* and print each figure when it is there; one that lacks something says what."""
    found: list[Figure] = []
    for name in names:
        begun = time.monotonic()
        try:
            for figure in members()[name].figures(scale, **(more if name == "soak" else {})):
                found.append(figure)
                print(_row(figure), flush=True)
        except Missing as missing:
            print(f"{name}: not measured: {missing}", flush=True)
        print(f"  ({name}: {time.monotonic() - begun:.0f} s)", flush=True)
    return found


def table(found: Sequence[Figure]) -> str:
    """Return *found* as a table in Markdown, with the machine that it was measured on."""
    head = "| what | healthd | peer | ratio | target | met |\n| --- | --- | --- | --- | --- | --- |"
    return "\n".join((f"{_machine()}\n", head, *map(_row, found)))


def _row(figure: Figure) -> str:
    met = "" if figure.met is None else "yes" if figure.met else "**no**"
    return f"| {figure.what} | {figure.ours} | {figure.peer} | {figure.ratio} | {figure.target} | {met} |"


def _machine() -> str:
    name = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), ""
    )
    load = os.getloadavg()[1]
    return (
        f"Measured {time.strftime('%Y-%m-%d')} on {os.cpu_count()} × {name or platform.machine()}, Linux {platform.release()}, "
        f"Python {platform.python_version()}; load {load:.1f} at the end."
    )


def _write(text: str) -> None:
    before, _, rest = README.read_text("utf-8").partition(BEGIN)
    README.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", "utf-8")


def main() -> None:
    """Do what the command line says."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("names", nargs="*", metavar="NAME", choices=[[], *members()], help=f"one of {', '.join(members())}")
    words.add_argument("--scale", type=float, default=1.0, help="below 1: a quick try whose figures mean nothing")
    words.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    words.add_argument("--minutes", type=float, default=3.0, help="how long the soak lasts (30 for the record)")
    said = words.parse_args()
    found = measured(said.names or [*members()], said.scale, minutes=said.minutes)
    if said.write and said.scale == 1:
        _write(table(found))


if __name__ == "__main__":
    main()
