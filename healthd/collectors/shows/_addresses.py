"""Addresses and names of ports as commands print them."""

import re

IPV4 = r"\d{1,3}(?:\.\d{1,3}){3}"
IPV6 = r"[0-9a-fA-F]{0,4}:[0-9a-fA-F:]{0,35}:[0-9a-fA-F.]{0,15}(?:%\S+)?"
ANY = re.compile(rf"(?:{IPV4}|{IPV6})")
PORT = r"(?:[A-Za-z][A-Za-z-]*\d[\w./:-]*)"


def first(text: str) -> str:
    """Return the first IP address in *text*, empty where there is none."""
    found = re.search(rf"(?<![\w.:])(?:{IPV4}|{IPV6})(?![\w:])", text)
    return found[0].partition("%")[0] if found else ""


def told(value: str) -> str:
    """Return *value*, or nothing for the words that stand for nothing."""
    said = " ".join(value.split())
    return "" if said.lower() in ("", "-", "null", "not advertised", "- not advertised", "n/a", "unknown") else said
