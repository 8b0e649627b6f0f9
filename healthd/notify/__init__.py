"""Handing messages over: one file per channel in ``channels``."""
