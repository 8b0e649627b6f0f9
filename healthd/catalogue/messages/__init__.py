r"""What log messages mean: one TOML file per family of messages, each entry with an example line.

    [[message]]
    tag = "LINEPROTO-UPDOWN"            # FACILITY-MNEMONIC; ASA: ASA-106023. The severity is not part of it:
                                        # the same message comes with several, and administrators change them.
    platforms = ["ios", "iosxe"]        # where it occurs
    class = "interface.down"            # event class: noun.what-happened
    component = "interface"             # psu fan linecard supervisor memory asic flash optic stack chassis interface … or ""
    hardware = "none"                   # what one such line says of the hardware: none, suspect, failed
    pattern = 'Interface (?P<item>\S+), changed state to down'   # searched in the text; named groups become variables
    clears = "interface.up"             # class of the message that ends this one (the raise/clear pair); "" for none
    meaning.en = "A line protocol went down."
    meaning.zh = "接口线路协议中断。"
    cause.en = "…"                      # probable cause
    cause.zh = "…"
    action.en = "…"                     # recommended action
    action.zh = "…"
    example = "%LINEPROTO-5-UPDOWN: Line protocol on Interface Gi1/0/1, changed state to down"
    source = "Cisco IOS System Message Guide"    # where the meaning is known from
    inferred = false                    # true: worked out from the name or text, no document says so

Several entries may share a tag when their patterns tell them apart; they are
tried in the order of the file, an entry without a pattern last. The only entry of
a tag is taken in any words, its pattern then only takes the variables out.
"""
