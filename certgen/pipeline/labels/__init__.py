"""The steps of `label check` and `label print`."""
