"""Makes `weasyprint.pdf` from an HTML form."""

import sys
from pathlib import Path

import weasyprint

weasyprint.HTML(
    string="""
<html><head><title>Export request</title><style>
@page { size: A4 } * { font-family: OpenSymbol, 'DejaVu Sans Mono' }
label { display: block; margin: 6pt }
input, textarea, select { border: 1pt solid; width: 200pt }
textarea { height: 50pt } input[type=checkbox] { width: 10pt; height: 10pt }
</style></head><body><form>
<label>Exporter <textarea name="exporter"></textarea></label>
<label>Importer <textarea name="importer"></textarea></label>
<label>Invoice number <input type="text" name="invoice"></label>
<label>Container number <input type="text" name="container"></label>
<label>Vessel <input type="checkbox" name="vessel" value="vessel"></label>
<label>Country of origin <select name="origin"><option>Canada</option><option>Peru</option></select></label>
</form></body></html>"""
).write_pdf(Path(sys.argv[1]) / "weasyprint.pdf", pdf_forms=True)
