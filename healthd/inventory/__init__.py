"""Customers and devices as files: reading, checking, importing."""
