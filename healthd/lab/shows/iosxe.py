"""IOS XE: stacks, supervisors, platform and environment of Catalyst 9000, ASR 1000 and ISR 4000."""

from healthd.lab.moment import Moment, words

LIKE = "ios"
SUPPLY = {"ok": "OK", "failed": "Bad", "noinput": "No Input Power", "absent": "Not Present"}
COLOUR = {"ok": "GREEN", "warning": "YELLOW", "critical": "RED"}


def environment(m: Moment) -> str:
    """Return ``show environment all``."""
    return _stack(m) if m.spec.family == "c9300" else _modular(m)


def _stack(m: Moment) -> str:
    out = []
    here = [x for x in m.spec.members if m.member(x.number)]
    for member in here:
        out += ["Switch   FAN     Speed   State   Airflow direction", "-------------------------------------------------------"]
        out += [
            f"    {member.number}       {f.key[-1]}     14240     {'OK' if m.fan(f.key) == 'ok' else 'FAULTY'}      Front to Back"
            for f in m.spec.fans
            if f.member == member.number
        ]
        for n, supply in enumerate((s for s in m.spec.supplies if s.member == member.number), 1):
            out.append(
                f"FAN PS-{n} is {'OK' if m.supply(supply.key) == 'ok' else 'NOT PRESENT' if m.supply(supply.key) == 'absent' else 'FAULTY'}"
            )
    for member in here:
        sensors = [s for s in m.spec.sensors if s.member == member.number]
        out.append(f"Switch {member.number}: SYSTEM TEMPERATURE is {'OK' if all(m.level(s) == 'ok' for s in sensors) else 'FAULTY'}")
        for s in sensors:
            name = s.key.split("/")[1].replace("HotSpot", "Hotspot")
            out += [
                f"{name} Temperature Value: {int(m.sensor(s))} Degree Celsius",
                f"Temperature State: {COLOUR[m.level(s)]}",
                f"Yellow Threshold : {int(s.warn)} Degree Celsius",
                f"Red Threshold    : {int(s.crit)} Degree Celsius",
                "",
            ]
    out += [
        "SW  PID                 Serial#     Status           Sys Pwr  PoE Pwr  Watts",
        "--  ------------------  ----------  ---------------  -------  -------  -----",
    ]
    for supply in (s for s in m.spec.supplies if m.member(s.member)):
        state = m.supply(supply.key)
        good = "Good" if state == "ok" else "Bad"
        row = (
            f"{supply.key}  Not Present"
            if state == "absent"
            else f"{supply.key}  {supply.pid:<18}  {m.serial_of(supply):<10}  {SUPPLY[state]:<15}  {good:<7}  {good:<7}  {supply.watts}"
        )
        out.append(row)
    return "\n".join([*out, ""])


def _modular(m: Moment) -> str:
    units = {"celsius": "Celsius", "volts": "V", "amperes": "A", "watts": "W"}
    out = ["Sensor List:  Environmental Monitoring ", " Sensor           Location          State             Reading"]
    for s in m.spec.sensors:
        if not m.model.has([f"psu:{s.supply}"] if s.supply else [], m.time) or not m.member(s.member):
            continue
        state = (
            "Fault" if s.supply and m.supply(s.supply) != "ok" else {"ok": "Normal", "warning": "Minor", "critical": "Critical"}[m.level(s)]
        )
        value = m.sensor(s) if s.kind == "amperes" else int(m.sensor(s))
        place = s.supply or s.key.split("/")[0]
        shown = f"{value:.1f}" if isinstance(value, float) else str(value)
        name = s.name.split(" ", 4)[-1] if s.name.startswith("Switch") else s.name
        out.append(f" {name:<16} {place:<17} {state:<17} {shown} {units[s.kind]}")
    # Routers say no more here: their supplies stand in "show platform".
    return "\n".join([*out, "", *(line for member in m.spec.members if m.member(member.number) for line in _bays(m, member.number))])


def _bays(m: Moment, number: int) -> list[str]:
    """Return the supplies and fan trays of one switch, as ``show environment all`` and ``show power detail`` end."""
    status = {"ok": "active", "failed": "faulty", "noinput": "bad-input"}
    out = [
        f"Switch:{number}",
        "",
        "Power                                                    Fan States",
        "Supply  Model No              Type  Capacity  Status     1     2",
        "------  --------------------  ----  --------  ---------  -----------",
    ]
    for supply in (s for s in m.spec.supplies if s.member == number and m.supply(s.key) != "absent"):
        state, bay = m.supply(supply.key), f"PS{supply.key[-1]}"
        capacity, fans = (f"{supply.watts} W", "good  n.a.") if state == "ok" else ("n.a.", "n.a.  n.a.")
        out.append(f"{bay:<6}  {supply.pid:<20}  ac    {capacity:<8}  {status[state]:<9}  {fans}")
    out += ["", "Fan                 Fan States", "Tray    Status      1     2", "------  ----------  -----------"]
    for fan in (f for f in m.spec.fans if f.member == number):
        good = m.fan(fan.key) == "ok"
        out.append(
            f"{'FT' + fan.key.rpartition('/')[2]:<6}  {'active' if good else 'failed':<10}  {'good  good' if good else 'fail  fail'}"
        )
    return [*out, ""]


def switch(m: Moment) -> str:
    """Return ``show switch``; nothing on a device that does not stack."""
    if not m.spec.members:
        return ""
    first = m.spec.members[0]
    out = [
        f"Switch/Stack Mac Address : {_mac(first.mac)} - Local Mac Address", "Mac persistency wait time: Indefinite", "                                             H/W   Current",
        "Switch#   Role    Mac Address     Priority Version  State ", "-------------------------------------------------------------------------------------",
    ]  # fmt: skip
    for x in m.spec.members:
        here = m.member(x.number)
        state, role = ("Ready", x.role.title()) if here else ("Removed", "Member")
        out.append(
            f"{'*' if x.number == 1 else ' '}{x.number}       {role:<8} {_mac(x.mac) if here else '0000.0000.0000'}     {x.priority if here else 0:<3}    {'V02' if here else '':<4}    {state}"
        )
    return "\n".join([*out, ""])


def switch_detail(m: Moment) -> str:
    """Return ``show switch detail``: with the stack's ports."""
    if m.spec.family != "c9300":
        return ""
    count = len(m.spec.members)
    all_here = all(m.member(x.number) for x in m.spec.members)
    out = [
        switch(m),
        "",
        "         Stack Port Status             Neighbors     ",
        "Switch#  Port 1     Port 2           Port 1   Port 2 ",
        "--------------------------------------------------------",
    ]
    for x in (x for x in m.spec.members if m.member(x.number)):
        after, before = x.number % count + 1, (x.number - 2) % count + 1
        state = "OK" if all_here else "DOWN"
        out.append(f"  {x.number}         {state:<10} {state:<14} {after if all_here else 'None':<8} {before if all_here else 'None'}")
    return "\n".join(out)


def _mac(address: bytes) -> str:
    text = address.hex()
    return ".".join(text[n : n + 4] for n in (0, 4, 8))


def redundancy(m: Moment) -> str:
    """Return ``show redundancy``."""
    if len(m.spec.members) < 2:
        return ""
    both = m.member(2)
    image = m.spec.description.replace("\r", "").split("\nTechnical")[0]
    head = [
        "Redundant System Information :", "------------------------------", f"       Available system uptime = {words(m.uptime)}", "Switchovers system experienced = 0", "              Standby failures = 0",
        "        Last switchover reason = none", "", f"                 Hardware Mode = {'Duplex' if both else 'Simplex'}", "    Configured Redundancy Mode = sso", f"     Operating Redundancy Mode = {'sso' if both else 'Non-redundant'}",
        "              Maintenance Mode = Disabled", f"                Communications = {'Up' if both else 'Down      Reason: Failure'}", "",
        "Current Processor Information :", "-------------------------------", "               Active Location = slot 1", "        Current Software state = ACTIVE", f"       Uptime in current state = {words(m.uptime)}",
        f"                 Image Version = {image}", f"                          BOOT = {m.spec.image};", "        Configuration register = 0x102", "",
    ]  # fmt: skip
    if not both:
        return "\n".join([*head, "Peer (slot: 0) information is not available because it is in 'DISABLED' state", ""])
    return "\n".join([
        *head, "Peer Processor Information :", "----------------------------", "              Standby Location = slot 2", "        Current Software state = STANDBY HOT", f"       Uptime in current state = {words(m.uptime)}",
        f"                 Image Version = {image}", f"                          BOOT = {m.spec.image};", "        Configuration register = 0x102", "",
    ])  # fmt: skip


def platform(m: Moment) -> str:
    """Return ``show platform`` of a router."""
    if not m.spec.modules or m.spec.members:
        return ""
    out = [
        f"Chassis type: {m.spec.pid}",
        "",
        "Slot      Type                State                 Insert time (ago) ",
        "--------- ------------------- --------------------- ----------------- ",
    ]
    state = {"0": "ok", "R0": "ok, active", "F0": "ok, active"}
    for x in m.spec.modules:
        word = state.get(x.key, "ok") if m.module(x.key) == "ok" else "failed"
        out.append(f"{x.key:<9} {x.pid:<19} {word:<21} {_ago(m):<17} ")
    for s in m.spec.supplies:
        word = {"ok": "ok", "failed": "fail", "noinput": "ps, fail", "absent": "empty"}[m.supply(s.key)]
        out.append(f"{s.key:<9} {s.pid:<19} {word:<21} {_ago(m):<17} ")
    return "\n".join(out)


def _ago(m: Moment) -> str:
    days = m.uptime.days
    return f"{days // 7}w{days % 7}d" if days >= 7 else f"{days}d00h"


COMMANDS = {
    "show environment all": environment, "show environment": environment, "show switch": switch, "show switch detail": switch_detail, "show redundancy": redundancy, "show platform": platform,
}  # fmt: skip
