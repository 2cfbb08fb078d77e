"""A page of a blank as it is seen: cropped, turned and scaled, measured in millimetres from the top left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from certgen.errors import FormError
from certgen.forms.model import Frame
from certgen.page.fonts.faces import MM_PER_PT

Matrix = tuple[float, float, float, float, float, float]
"""As in PDF: `[a b c d e f]` maps (x, y) to (a·x + c·y + e, b·x + d·y + f)."""
SMALLEST_SIDE_PT, LARGEST_SIDE_PT = 20.0, 14_400.0


@dataclass(frozen=True, slots=True)
class PageView:
    """The corners of what is seen of a page in its own points, how it is turned (clockwise), its unit."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0
    unit: float = 1.0

    @property
    def is_turned(self) -> bool:
        return self.rotation in {90, 270}

    @property
    def width_pt(self) -> float:
        side = self.top - self.bottom if self.is_turned else self.right - self.left
        return side * self.unit

    @property
    def height_pt(self) -> float:
        side = self.right - self.left if self.is_turned else self.top - self.bottom
        return side * self.unit

    @property
    def matrix(self) -> Matrix:
        """From the page's own points to those of the page as it is seen, from the bottom left."""
        turned: dict[int, Matrix] = {
            0: (1, 0, 0, 1, -self.left, -self.bottom),
            90: (0, -1, 1, 0, -self.bottom, self.right),
            180: (-1, 0, 0, -1, self.right, self.top),
            270: (0, 1, -1, 0, self.top, -self.left),
        }
        a, b, c, d, e, f = (number * self.unit for number in turned[self.rotation])
        return a, b, c, d, e, f

    def see(self, x: float, y: float) -> tuple[float, float]:
        """A point as it is seen, in mm from the top left."""
        across, up = apply(self.matrix, x, y)
        return across * MM_PER_PT, (self.height_pt - up) * MM_PER_PT

    def frame(self, corners: Sequence[float]) -> Frame:
        """A rectangle (two opposite corners in the page's own points) as it is seen."""
        ends = self.see(*corners[:2]), self.see(*corners[2:4])
        left, right = sorted(x for x, _ in ends)
        top, bottom = sorted(y for _, y in ends)
        return Frame(left, top, right - left, bottom - top)


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point mapped by a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def view_page(page: Any, number: int) -> PageView:
    """How a page (as pypdf reads it) is seen; raises FormError for a size that no page has."""
    media, crop = read_box(page.mediabox), read_box(page.cropbox)
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    view = PageView(left, bottom, right, top, _rotation(page), _unit(page))
    for side in (view.width_pt, view.height_pt):
        if not SMALLEST_SIDE_PT <= side <= LARGEST_SIDE_PT:
            raise FormError(f"page {number} is {side * MM_PER_PT:.0f} mm wide or high, which no paper is.")
    return view


def read_box(box: Sequence[Any]) -> tuple[float, float, float, float]:
    """A rectangle with its corners in order; raises ValueError when it is none."""
    x1, y1, x2, y2 = (float(corner) for corner in box)
    if not all(map(isfinite, (x1, y1, x2, y2))):
        raise ValueError("a rectangle has a corner that is no number")
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _rotation(page: Any) -> int:
    turned = int(page.rotation or 0) % 360
    return turned if turned in {0, 90, 180, 270} else 0


def _unit(page: Any) -> float:
    unit = float(page.get("/UserUnit", 1))
    return unit if isfinite(unit) and unit > 0 else 1.0
