"""Makes `pypdf.pdf`: fields written as dictionaries, without looks, the way small generators do."""

import sys
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

COMB, MULTILINE, COMBO, EDIT = 1 << 24, 1 << 12, 1 << 17, 1 << 18
writer = PdfWriter()
fields = ArrayObject()
FONT = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    }
)


def add_page(lines):
    page = writer.add_blank_page(595, 842)
    content = StreamObject()
    drawn = "".join(f"1 0 0 1 {x} {y} Tm ({text}) Tj " for x, y, text in lines)
    content.set_data(f"BT /F 10 Tf {drawn}ET".encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F"): writer._add_object(FONT)})}
    )
    return page


def add_widget(page, rect, entries, parent=None):
    widget = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/Rect"): ArrayObject([NumberObject(side) for side in rect]),
            NameObject("/F"): NumberObject(4),
            **entries,
        }
    )
    if parent is not None:
        widget[NameObject("/Parent")] = parent
    reference = writer._add_object(widget)
    page.setdefault(NameObject("/Annots"), ArrayObject()).append(reference)
    return reference


def text(name, flags=0, **more):
    return {
        NameObject("/FT"): NameObject("/Tx"),
        NameObject("/T"): TextStringObject(name),
        NameObject("/DA"): TextStringObject("/F 0 Tf 0 g"),
        NameObject("/Ff"): NumberObject(flags),
        **{NameObject(f"/{key}"): value for key, value in more.items()},
    }


first = add_page([(50, 754, "Exporter"), (50, 704, "Shipment reference"), (50, 654, "EORI number")])
second = add_page([(50, 754, "Reference"), (50, 704, "Description of goods")])
fields.append(add_widget(first, (200, 740, 540, 800), text("ausfuehrer", MULTILINE)))
comb = text(
    "eori",
    COMB,
    MaxLen=NumberObject(17),
    MK=DictionaryObject({NameObject("/BC"): ArrayObject([NumberObject(0)])}),
)
fields.append(add_widget(first, (200, 650, 472, 668), comb))
shared = DictionaryObject(text("reference", Q=NumberObject(2)))
parent = writer._add_object(shared)
kids = ArrayObject(
    [
        add_widget(first, (200, 700, 400, 718), {}, parent),
        add_widget(first, (420, 700, 540, 718), {}, parent),
        add_widget(second, (200, 750, 400, 768), {}, parent),
    ]
)
shared[NameObject("/Kids")] = kids
fields.append(parent)
goods = {
    **text("goods", COMBO | EDIT),
    NameObject("/FT"): NameObject("/Ch"),
    NameObject("/Opt"): ArrayObject(
        [
            ArrayObject([TextStringObject("W"), TextStringObject("Organic wheat")]),
            ArrayObject([TextStringObject("F"), TextStringObject("Organic brown flaxseed")]),
        ]
    ),
}
fields.append(add_widget(second, (200, 700, 400, 718), goods))
writer._root_object[NameObject("/AcroForm")] = DictionaryObject(
    {
        NameObject("/Fields"): fields,
        NameObject("/NeedAppearances"): NameObject("/true"),
        NameObject("/DA"): TextStringObject("/F 0 Tf 0 g"),
    }
)
writer.write(Path(sys.argv[1]) / "pypdf.pdf")
