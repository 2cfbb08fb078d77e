"""Makes `pikepdf.pdf`: nested names, a page turned and cropped, and everything a stranger may hide."""

import sys
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf, String

pdf = Pdf.new()
font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
page = pdf.add_blank_page(page_size=(700, 900))
page.obj.CropBox = Array([50, 29, 645, 871])
page.obj.Rotate = 270
page.obj.Annots = Array()
page.obj.Resources = Dictionary(Font=Dictionary(A=font, F=font), Properties=Dictionary())
page.obj.Contents = pdf.make_stream(
    b"BT /A 10 Tf 0 -1 1 0 60 800 Tm (Exporter) Tj 0 -1 1 0 140 800 Tm (Invoice number) Tj "
    b"0 -1 1 0 180 800 Tm (Notes) Tj ET"
)
script = Dictionary(S=Name.JavaScript, JS=String("app.alert('hello')"))
launch = Dictionary(S=Name.Launch, F=String("calc.exe"))


def look(width, height, content):
    stream = pdf.make_stream(content)
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, width, height])
    stream.Resources = Dictionary()
    return stream


def widget(name, rect, parent, **more):
    made = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, Rect=Array(rect), F=4, T=String(name), Parent=parent,
            MK=Dictionary(R=270, BC=Array([0, 0.4, 0]), BG=Array([0.9, 1, 0.9])),
            AA=Dictionary(K=script), A=launch,
            **more,
        )
    )  # fmt: skip
    page.obj.Annots.append(made)
    parent.Kids.append(made)
    return made


top = pdf.make_indirect(Dictionary(T=String("form1")))
inner = pdf.make_indirect(
    Dictionary(T=String("page1"), Parent=top, FT=Name.Tx, DA=String("/Helv 9 Tf 0 g"), Kids=Array())
)
top.Kids = Array([inner])
widget("exporter[0]", [55, 300, 115, 600], inner, Ff=1 << 12)
widget(
    "invoice_number[0]",
    [130, 300, 148, 600],
    inner,
    V=String("old"),
    AP=Dictionary(N=look(18, 300, b"0 0 18 300 re f")),
)
widget("hidden[0]", [160, 300, 178, 600], inner)[Name.F] = 2
widget("container1[0]", [200, 450, 218, 600], inner)
widget("container2[0]", [200, 300, 218, 450], inner)
link = Dictionary(
    Type=Name.Annot,
    Subtype=Name.Link,
    Rect=Array([400, 300, 420, 400]),
    A=Dictionary(S=Name.URI, URI=String("http://example.org")),
)
stamp = Dictionary(
    Type=Name.Annot,
    Subtype=Name.Stamp,
    F=4,
    Rect=Array([500, 300, 540, 400]),
    AP=Dictionary(N=look(40, 100, b"0.8 0 0 rg 0 0 40 100 re f")),
)
page.obj.Annots.append(pdf.make_indirect(link))
page.obj.Annots.append(pdf.make_indirect(stamp))
page.obj.AA = Dictionary(O=script)
pdf.Root.AcroForm = Dictionary(Fields=Array([top]), DR=Dictionary(Font=Dictionary(Helv=font)), CO=Array([]))
pdf.Root.OpenAction = script
pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))
pdf.attachments["evil.exe"] = b"MZ"
pdf.save(Path(sys.argv[1]) / "pikepdf.pdf", deterministic_id=True)
