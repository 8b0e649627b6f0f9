"""Memory of IOS XR: ``show memory summary``.

What it prints is read as on every system, in :mod:`healthd.collectors.shows.memory`; here stands only what to ask.
"""

from healthd.collectors.shows import memory
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show memory summary"),)

reads = memory.reads
read = memory.read
