"""From findings to cases: what is to be done (pure), and the desks it is done on."""
