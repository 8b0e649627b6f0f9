"""Starting: how long ``healthd --help`` takes, against a Python that does nothing."""

import subprocess
import sys
from collections.abc import Iterator, Sequence

from benchmarks._figure import Figure, Rounds, spent

ORDER = 4
SECONDS = 0.3


def figures(scale: float = 1.0) -> Iterator[Figure]:
    """Measure."""
    measured = Rounds()
    for _ in range(max(2, int(15 * scale))):
        for name, words in (("ours", ("-m", "healthd", "--help")), ("peer", ("-c", "pass"))):
            measured.add(name, _cpu(words))
    ours, peer = measured.median("ours"), measured.median("peer")
    yield Figure(
        what="`healthd --help`, against `python -c pass`",
        ours=f"{ours:.3f} CPU-s",
        peer=f"{peer:.3f}",
        ratio=f"{measured.ratio('ours', 'peer'):.1f} ×",
        target=f"< {SECONDS:g} s",
        met=ours < SECONDS,
    )


def _cpu(words: Sequence[str]) -> float:
    with spent() as taken:
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    return taken.cpu
