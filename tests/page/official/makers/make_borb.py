"""Makes `borb.pdf`."""

import sys
from pathlib import Path

from borb.pdf import PDF, Document, DropDownList, FixedColumnWidthTable, Page, Paragraph, SingleColumnLayout
from borb.pdf.layout_element.form.text_area import TextArea
from borb.pdf.layout_element.form.text_box import TextBox

document = Document()
page = Page()
document.append_page(page)
layout = SingleColumnLayout(page)
table = FixedColumnWidthTable(number_of_columns=2, number_of_rows=4)
for label, field in (
    ("Exporter", TextArea(field_name="exporter", number_of_lines=4)),
    ("Invoice number", TextBox(field_name="invoice number")),
    ("Consignee", TextBox(field_name="consignee")),
    ("Country of origin", DropDownList(field_name="origin", options=["Canada", "Peru"])),
):
    table.append_layout_element(Paragraph(label))
    table.append_layout_element(field)
layout.append_layout_element(table)
PDF.write(what=document, where_to=Path(sys.argv[1]) / "borb.pdf")
