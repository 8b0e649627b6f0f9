"""How states, priorities, acts and roles of the service process are called, for every screen, message and report."""

from collections.abc import Mapping

from healthd.model.case import Channel, Did, Priority, Rma, State
from healthd.model.finding import Condition
from healthd.model.phrase import Phrase, say
from healthd.model.tac import Role
from healthd.model.verdict import Component

STATES: Mapping[State, Phrase] = {
    State.NEW: say("new"),
    State.ENTITLEMENT: say("entitlement check"),
    State.SALES: say("handed to sales"),
    State.ASSIGNED: say("assigned"),
    State.ACKNOWLEDGED: say("acknowledged"),
    State.IN_PROGRESS: say("in progress"),
    State.WAITING: say("waiting for the customer"),
    State.RMA_PEND: say("RMA-Pend"),
    State.ON_SITE: say("on-site visit scheduled"),
    State.ESCALATED: say("escalated"),
    State.CISCO: say("with Cisco TAC"),
    State.RESOLVED: say("resolved"),
    State.CLOSED: say("closed"),
    State.SURVEYED: say("closed and rated"),
}
PRIORITIES: Mapping[Priority, Phrase] = {
    Priority.P1: say("P1, network down"),
    Priority.P2: say("P2, severe"),
    Priority.P3: say("P3, limited"),
    Priority.P4: say("P4, question or request"),
}
CHANNELS: Mapping[Channel, Phrase] = {
    Channel.HOTLINE: say("hotline"),
    Channel.WEB: say("web portal"),
    Channel.MAIL: say("e-mail"),
    Channel.FAX: say("fax"),
    Channel.BRANCH: say("branch"),
    Channel.MONITOR: say("monitoring"),
    Channel.DESK: say("case desk"),
    Channel.CISCO: say("Cisco"),
}
RMAS: Mapping[Rma, Phrase] = {
    Rma.NONE: say("no replacement"),
    Rma.CANDIDATE: say("replacement suspected"),
    Rma.PENDING: say("replacement confirmed"),
    Rma.REQUESTED: say("replacement requested"),
    Rma.RECEIVED: say("good part received"),
    Rma.INSTALLED: say("good part installed"),
    Rma.RETURNED: say("faulty part returned"),
}
ROLES: Mapping[Role, Phrase] = {
    Role.HOTLINE: say("hotline specialist"),
    Role.ENGINEER: say("TAC engineer"),
    Role.SENIOR_ENGINEER: say("senior TAC engineer"),
    Role.SENIOR_MANAGER: say("senior technical manager"),
    Role.DUTY_MANAGER: say("duty manager"),
    Role.CENTER_MANAGER: say("service center manager"),
    Role.EXECUTIVE: say("executive"),
    Role.SPARES: say("spares specialist"),
    Role.SALES: say("sales"),
}
CONDITIONS: Mapping[Condition, Phrase] = {
    Condition.FAILED: say("hardware failed"),
    Condition.SUSPECT: say("hardware suspect"),
    Condition.ABSENT: say("part not there"),
    Condition.UNPOWERED: say("no input power"),
    Condition.ENVIRONMENT: say("environment"),
    Condition.SOFTWARE: say("software"),
    Condition.CONFIGURATION: say("configuration"),
}
COMPONENTS: Mapping[Component, Phrase] = {
    Component.PSU: say("power supply"),
    Component.FAN: say("fan"),
    Component.MODULE: say("module"),
    Component.SUPERVISOR: say("supervisor engine"),
    Component.MEMORY: say("memory"),
    Component.ASIC: say("forwarding chip"),
    Component.FLASH: say("flash"),
    Component.OPTIC: say("optic"),
    Component.STACK_MEMBER: say("stack member"),
    Component.STACK_CABLE: say("stack cable"),
    Component.CHASSIS: say("chassis"),
}
CLOCKS: Mapping[str, Phrase] = {
    "response": say("response"),
    "contact": say("contact with the customer"),
    "update": say("next update"),
    "resolution": say("resolution"),
}
DONE: Mapping[Did, Phrase] = {
    Did.OPENED: say("case opened"),
    Did.ENTITLED: say("contract checked"),
    Did.HANDED_TO_SALES: say("handed to sales: no contract covers it"),
    Did.OVERRIDDEN: say("worked on without contract, by the manager's decision"),
    Did.ASSIGNED: say("engineer assigned"),
    Did.ACKNOWLEDGED: say("engineer took the case"),
    Did.CONTACTED: say("customer contacted"),
    Did.STARTED: say("work began"),
    Did.NOTED: say("note"),
    Did.WAITED: say("waiting"),
    Did.CONTINUED: say("work goes on"),
    Did.ENGINEER_CONFIRMED: say("engineer confirmed the hardware fault"),
    Did.CUSTOMER_CONFIRMED: say("customer confirmed the hardware fault"),
    Did.RMA_PENDED: say("RMA-Pend: both have confirmed, the part is being replaced"),
    Did.RMA_STEPPED: say("replacement went a step on"),
    Did.ON_SITE_ASKED: say("on-site visit asked for"),
    Did.ON_SITE_APPROVED: say("on-site visit approved"),
    Did.ON_SITE_REFUSED: say("on-site visit refused"),
    Did.ENGINEER_ASKED: say("another engineer asked for"),
    Did.EXPERTS_FORMED: say("expert group formed"),
    Did.ESCALATED: say("escalated to the senior technical manager"),
    Did.CISCO_OPENED: say("case opened with Cisco TAC"),
    Did.PRIORITISED: say("priority changed"),
    Did.PRIORITY_CONFIRMED: say("hotline confirmed the priority"),
    Did.RECOVERED: say("seen well again"),
    Did.RECURRED: say("the same trouble again"),
    Did.RESOLVED: say("resolved, the customer is to confirm"),
    Did.REOPENED: say("taken up again"),
    Did.CLOSED: say("case closed"),
    Did.SURVEY_SENT: say("survey sent"),
    Did.SURVEY_REMINDED: say("reminded of the survey"),
    Did.SURVEYED: say("customer rated the service"),
    Did.CORRECTED: say("an entry was put right"),
    Did.COMPLETED: say("record completed"),
    Did.ATTACHED: say("file attached"),
    Did.TOLD: say("people told"),
    Did.STEPPED: say("escalated by the clock"),
}
