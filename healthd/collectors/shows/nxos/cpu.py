"""Processor load of NX-OS: ``show system resources``, as ``show processes cpu`` has no averages there.

What it prints is read as on every system, in :mod:`healthd.collectors.shows.cpu`; here stands only what to ask.
"""

from healthd.collectors.shows import cpu
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show system resources"),)

reads = cpu.reads
read = cpu.read
