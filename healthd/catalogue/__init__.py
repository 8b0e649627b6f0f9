"""Cisco knowledge as data: MIB objects and their words, messages, traps, hardware states."""
