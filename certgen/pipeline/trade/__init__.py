"""What the trade arrangements say of a workbook, and what they add to `check` and `fill`."""
