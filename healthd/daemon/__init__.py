"""The daemon: the one place where every part is put together and kept going.

``run`` starts the parts, each a task under ``watch``; all writing goes through
one thread (``writer``). A part that dies is started again and is counted; the
others go on.
"""
