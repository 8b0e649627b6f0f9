"""The desks and ticket systems that cases can live on; one file each.

A member has ``Settings``, a frozen dataclass of what the settings file says,
and ``Desk``, made of it, which is a ``caseclient.backend.Backend``.
"""
