"""One file per kind of source that devices are imported from: ``accepts(source)`` and ``read(source, options)``."""
