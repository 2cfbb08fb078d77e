"""A blank PDF made field by field, for what no maker of the shelf does."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

RADIO = 1 << 15


class Maker:
    """A blank of one page to which fields are added one by one."""

    def __init__(self) -> None:
        self.pdf = Pdf.new()
        self.page = self.pdf.add_blank_page(page_size=(595, 842)).obj
        self.page.Annots = Array()
        self.pdf.Root.AcroForm = Dictionary(Fields=Array(), DA=String("/Helv 0 Tf 0 g"))
        face = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        self.page.Resources = Dictionary(Font=Dictionary(F1=face))
        self.drawn = ""

    def words(self, text: str, x: float, y: float, size: float = 8) -> None:
        """Words printed on the page, from their left end on the line."""
        self.drawn += f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"

    def field(self, name: str, rect: list[float], kind: Name = Name.Tx, **entries: object) -> Dictionary:
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=kind, T=String(name), Rect=Array(rect), F=4
        )
        for key, value in entries.items():
            field[f"/{key}"] = value
        field = self.pdf.make_indirect(field)
        self.page.Annots.append(field)
        self.pdf.Root.AcroForm.Fields.append(field)
        return field

    def radio(self, name: str, states: str, flags: int = RADIO) -> None:
        """Buttons below each other, each with the state of its letter."""
        group = self.pdf.make_indirect(
            Dictionary(FT=Name.Btn, T=String(name), Ff=flags, Kids=Array(), V=Name.Off)
        )
        self.pdf.Root.AcroForm.Fields.append(group)
        for place, state in enumerate(states):
            looks = Dictionary({f"/{state}": self.look(), "/Off": self.look()})
            low = 700 - 30 * place
            kid = Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, Rect=Array([50, low, 62, low + 12]), F=4,
                Parent=group, AS=Name.Off, AP=Dictionary(N=looks),
            )  # fmt: skip
            group.Kids.append(self.pdf.make_indirect(kid))
            self.page.Annots.append(group.Kids[-1])

    def look(self, drawing: bytes = b"") -> pikepdf.Stream:
        look = self.pdf.make_stream(drawing)
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 40, 12])
        return look

    def save(self, folder: Path) -> Path:
        path = folder / "made.pdf"
        self.page.Contents = self.pdf.make_stream(self.drawn.encode())
        self.pdf.save(path)
        return path
