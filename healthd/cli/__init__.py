"""The command line: one file per noun; the file's name is the command's."""
