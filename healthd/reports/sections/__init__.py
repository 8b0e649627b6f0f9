"""One file per section of a report: ``REPORTS``, ``ORDER`` and ``build(facts)``."""
