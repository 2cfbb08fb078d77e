"""Certificates found: a filtered page of the list, and the serials nearest to a wrong one."""
