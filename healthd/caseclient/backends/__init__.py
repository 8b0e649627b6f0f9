"""The desks and ticket systems that cases can live on; one file each.

A member has ``Settings``, a frozen dataclass of what the settings file says in
``[case.<name>]``, and ``Desk(settings, means)``, made of it and of
``caseclient.backend.Means``, which is a ``caseclient.backend.Backend``. A
setting ``x_ref`` names where the secret ``x`` is.
``NEEDED`` names the settings without which cases cannot go there, and
``TELLS = False`` says that nobody can learn there that a person closed a case.
"""
