"""The roles that the inventory knows, in words of every language."""

from healthd.model.phrase import Phrase, say

_WORDS = {
    "core": say("core"),
    "distribution": say("distribution"),
    "access": say("access"),
    "edge": say("edge"),
    "wan": say("WAN"),
    "branch": say("branch"),
    "firewall": say("firewall"),
    "datacenter": say("data centre"),
    "wireless": say("wireless"),
    "management": say("management"),
    "other": say("other"),
}


def role(word: str) -> Phrase | str:
    """Return the role that the inventory calls *word*, itself when it is the customer's own word."""
    return _WORDS.get(word, word)
