"""Readers for IOS XE alone, or instead of the general ones."""
