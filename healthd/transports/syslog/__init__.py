"""Receiving log lines: UDP, TCP and TLS. What arrives is handed on as bytes, with who sent it and when; nothing is read here."""
