"""What settles a run besides the workbook: the profile, and what was confirmed about columns."""

from __future__ import annotations

from certgen.desk.maps import maps_file, recall_maps
from certgen.desk.orders import find_templates, make_order, maps_of
from certgen.desk.profiles import find_profile

__all__ = ["find_profile", "find_templates", "make_order", "maps_file", "maps_of", "recall_maps"]
