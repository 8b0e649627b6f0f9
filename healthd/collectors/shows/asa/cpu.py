"""Processor load of ASA: ``show cpu usage``, as ``show processes cpu`` has no total there.

What it prints is read as on every system, in :mod:`healthd.collectors.shows.cpu`; here stands only what to ask.
"""

from healthd.collectors.shows import cpu
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show cpu usage"),)

reads = cpu.reads
read = cpu.read
