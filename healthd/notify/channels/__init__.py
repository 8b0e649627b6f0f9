"""One file per channel: ``Settings`` and ``send(settings, message)``, which raises ``NotSent``."""
