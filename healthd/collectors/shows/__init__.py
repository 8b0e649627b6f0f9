"""One file per command family of the CLI: which commands it reads, and how.

A file in this folder serves every platform, also one that is not known; a
file of the same name in a sub-package named after a platform wins for that
platform and for those that are ``like`` it. A reader has

- a docstring that names its commands in double backquotes, and Cisco's document;
- ``ASKS: tuple[Show, ...]``: what a poll over SSH asks, which may be nothing;
- ``ALONE: tuple[Show, ...]``, where there is more to ask of a device that has no SNMP;
- ``reads(command: str) -> bool``: whether it reads *command*, which comes in lower case, with single blanks and without
  output filters (``normal`` in :mod:`healthd.collectors._outputs`);
- ``read(text: str, command: str) -> Iterator[Fact]``: pure; *text* comes without prompt, echo, carriage returns and pager's marks
  (:mod:`healthd.model.screen`).

A reader of log lines has besides ``events(text: str, context: Context) -> Iterator[Event]``; its ``read`` yields nothing.

The ``index`` of a reading and of a part is text that is the same for the same
thing in every command's output (:mod:`healthd.collectors._bays`), so that a
supply's state finds its model and serial number.
"""
