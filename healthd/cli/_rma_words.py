"""How replacements are told on a terminal: their stages, the lines of their record, and the commands that lead on."""

from collections.abc import Mapping

from healthd.model import terms
from healthd.model.phrase import Phrase, say
from healthd.model.rma import Replacement, Stage, Step
from healthd.model.tac import Role
from healthd.reports.language import Language

STAGES: Mapping[Stage, Phrase] = {
    Stage.DRAFT: say("draft"),
    Stage.ENGINEER_CONFIRMED: say("engineer confirmed"),
    Stage.CUSTOMER_CONFIRMED: say("customer confirmed"),
    Stage.PENDING: say("RMA-Pend"),
    Stage.RESERVED: say("reserved"),
    Stage.ORDERED: say("ordered"),
    Stage.SHIPPED: say("shipped"),
    Stage.RECEIVED: say("received"),
    Stage.ISSUED: say("issued"),
    Stage.INSTALLED: say("installed"),
    Stage.VERIFIED: say("verified"),
    Stage.TAKEN_BACK: say("faulty part back"),
    Stage.RETURNED: say("returned"),
    Stage.CLOSED: say("closed"),
    Stage.CANCELLED: say("cancelled"),
}
STEPS: Mapping[Step, Phrase] = {
    Step.AMENDED: say("form put right"),
    Step.ENGINEER_CONFIRMED: say("engineer confirmed"),
    Step.CUSTOMER_CONFIRMED: say("customer confirmed"),
    Step.APPROVED: say("approved by the manager"),
    Step.RESERVED: say("own spare reserved"),
    Step.RELEASED: say("own spare free again"),
    Step.ORDERED: say("ordered from Cisco"),
    Step.DATED: say("Cisco named the last day for the return"),
    Step.SHIPPED: say("shipped by Cisco"),
    Step.RECEIVED: say("good part received"),
    Step.ISSUED: say("good part handed out"),
    Step.INSTALLED: say("good part installed"),
    Step.VERIFIED: say("verified in the device"),
    Step.DISPUTED: say("the device shows something else"),
    Step.DEAD: say("dead on arrival"),
    Step.TAKEN_BACK: say("faulty part back"),
    Step.RETURNED: say("faulty part sent to Cisco"),
    Step.ACCEPTED: say("accepted by Cisco's depot"),
    Step.CLOSED: say("closed"),
    Step.CANCELLED: say("cancelled"),
}
FACTS: Mapping[str, Phrase] = {
    "name": say("name"),
    "how": say("by"),
    "branch": say("branch"),
    "pid": say("PID"),
    "serial": say("serial number"),
    "old": say("old serial number"),
    "number": say("RMA number"),
    "route": say("route"),
    "by": say("last day"),
    "tracking": say("tracking number"),
    "courier": say("courier"),
    "to": say("handed to"),
    "seen": say("seen"),
    "source": say("source"),
    "waybill": say("waybill"),
}
"""What the facts of a step are; another, as a field of the form that was put right, is told by its own name."""
RULES: Mapping[str, Phrase] = {
    "process": say("the service process"),
    "cisco": say("Cisco"),
    "charge": say("Cisco's invoice"),
}
BASES: Mapping[str, Phrase] = {
    "receipt": say("the good part's arrival"),
    "order": say("the order"),
    "told": say("what Cisco said"),
}
# Who reads a serial number in the device is healthd: VERIFIED and DISPUTED are nobody's command.
COMMANDS: Mapping[Step, tuple[str, Role]] = {
    Step.ENGINEER_CONFIRMED: ("rma confirm {} --engineer", Role.ENGINEER),
    Step.CUSTOMER_CONFIRMED: ("rma confirm {} --customer … --how …", Role.ENGINEER),
    Step.APPROVED: ("rma confirm {} --manager --reason …", Role.DUTY_MANAGER),
    Step.RESERVED: ("spares reserve {}", Role.SPARES),
    Step.ORDERED: ("rma order {} --rma …", Role.SPARES),
    Step.DATED: ("rma order {} --return-by …", Role.SPARES),
    Step.SHIPPED: ("rma order {} --tracking …", Role.SPARES),
    Step.RECEIVED: ("rma receive {} --serial …", Role.SPARES),
    Step.ISSUED: ("rma issue {} --to …", Role.SPARES),
    Step.INSTALLED: ("rma install {} --serial … --old …", Role.ENGINEER),
    Step.DEAD: ("rma install {} --dead …", Role.ENGINEER),
    Step.TAKEN_BACK: ("rma return {} --serial …", Role.SPARES),
    Step.RETURNED: ("rma return {} --waybill …", Role.SPARES),
    Step.ACCEPTED: ("rma return {} --accepted", Role.SPARES),
    Step.RELEASED: ("spares reserve {} --release", Role.SPARES),
    Step.AMENDED: ("rma amend {} --set … --reason …", Role.ENGINEER),
    Step.CLOSED: ("rma close {}", Role.SPARES),
    Step.CANCELLED: ("rma cancel {} --reason …", Role.ENGINEER),
}


def commands(found: Replacement, steps: frozenset[Step], speaker: Language) -> list[str]:
    """Return the commands that may come next, each with who gives it, in the order of the process."""
    return [
        f"healthd {command.format(found.number)}{speaker.aside(speaker.say(terms.ROLES[role]))}"
        for step, (command, role) in COMMANDS.items()
        if step in steps
    ]


def facts(told: tuple[tuple[str, str], ...], speaker: Language) -> str:
    """Return what was entered with a step, in words; what only programs need is left out."""
    return " · ".join(
        speaker.pair(speaker.say(FACTS[name]) if name in FACTS else name, value) for name, value in told if value and name != "ours"
    )
