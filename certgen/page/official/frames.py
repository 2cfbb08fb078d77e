"""The rule and tint around a field that certgen fills, as the blank says they are."""

from __future__ import annotations

from typing import Any

from certgen.page.official.geometry import read_box

_OPERATORS = {1: ("g", "G"), 3: ("rg", "RG"), 4: ("k", "K")}
_WIDEST_RULE_PT = 12.0


def draw_field_frame(widget: Any) -> bytes:
    """The operators for the tint and the border of a field, in the points of its page."""
    left, bottom, right, top = read_box(widget["/Rect"])
    looks = _as_dict(widget.get("/MK"))
    width, style = _border(widget)
    operators = ""
    tint = _colour(looks.get("/BG"), fills=True)
    if tint:
        operators += f"{tint} {left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re f\n"
    rule = _colour(looks.get("/BC"), fills=False)
    if rule and width > 0:
        operators += f"{rule} {width:.3f} w\n"
        if style == "/U":
            y = bottom + width / 2
            operators += f"{left:.3f} {y:.3f} m {right:.3f} {y:.3f} l S\n"
        else:
            wide, high = right - left - width, top - bottom - width
            operators += f"{left + width / 2:.3f} {bottom + width / 2:.3f} {wide:.3f} {high:.3f} re S\n"
    return f"q\n{operators}Q\n".encode() if operators else b""


def _border(widget: Any) -> tuple[float, str]:
    """Width in points and style of the border."""
    style = _as_dict(widget.get("/BS"))
    width: Any = style.get("/W", 1)
    if not style and "/Border" in widget:
        border = widget["/Border"].get_object()
        width = border[2] if isinstance(border, list) and len(border) > 2 else 1
    return min(max(float(width), 0.0), _WIDEST_RULE_PT), str(style.get("/S", "/S"))


def _colour(value: Any, *, fills: bool) -> str:
    """Setting a colour of one, three or four parts; empty for none."""
    parts = value.get_object() if value is not None else []
    if not isinstance(parts, list) or len(parts) not in _OPERATORS:
        return ""
    numbers = " ".join(f"{min(max(float(part), 0.0), 1.0):.4f}" for part in parts)
    return f"{numbers} {_OPERATORS[len(parts)][0 if fills else 1]}"


def _as_dict(value: Any) -> Any:
    value = value.get_object() if value is not None else None
    return value if isinstance(value, dict) else {}
