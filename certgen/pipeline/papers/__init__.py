"""From consignments to papers: which are asked for, divided or gathered, and by whom they are issued."""
