"""The words of a part's state, as CISCO-ENVMON-MIB and CISCO-ENTITY-FRU-CONTROL-MIB name them, in words of every language."""

from healthd.model.phrase import Phrase, say

_WORDS = {
    "on": say("on"),
    "normal": say("normal"),
    "warning": say("warning"),
    "critical": say("critical"),
    "shutdown": say("shut down"),
    "failed": say("failed"),
    "notPresent": say("not present"),
    "notFunctioning": say("not functioning"),
    "offAdmin": say("switched off"),
    "offDenied": say("not accepted"),
    "offEnvPower": say("without input"),
    "offEnvTemp": say("off, too hot"),
    "offEnvFan": say("off, fan failed"),
    "onButFanFail": say("on, fan failed"),
}


def state(word: str) -> Phrase:
    """Return the state that the MIB calls *word* as a phrase; one that is not known stays as it is."""
    return _WORDS.get(word) or say("{state}", state=word)
