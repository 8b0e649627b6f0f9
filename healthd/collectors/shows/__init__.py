"""One file per command family of the CLI: which commands it reads (``reads``) and how.

A file of the same name in a sub-package named after a platform wins for that
platform and for those that are ``like`` it.
"""
