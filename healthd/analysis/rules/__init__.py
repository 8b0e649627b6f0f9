"""One file per finding rule: ``NEEDS``, ``Limits`` and ``check(history, limits, now)``."""
