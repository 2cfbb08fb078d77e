// Makes pdf_lib.pdf with pdf-lib.
const { PDFDocument, StandardFonts } = require("pdf-lib");
const fs = require("fs");
const path = require("path");

(async () => {
  const pdf = await PDFDocument.create();
  pdf.setTitle("Transaction certificate");
  const page = pdf.addPage([612, 792]);
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const form = pdf.getForm();
  const label = (text, x, y) => page.drawText(text, { x, y, size: 9, font });
  const field = (name, x, y, width, height, lines) => {
    const made = form.createTextField(name);
    if (lines) made.enableMultiline();
    made.addToPage(page, { x, y, width, height, borderWidth: 1 });
    return made;
  };
  label("Seller", 40, 735);
  field("seller.name", 150, 730, 200, 16);
  label("Address", 40, 705);
  field("seller.address", 150, 670, 200, 50, true);
  label("Invoice no.", 40, 645);
  field("doc.invoiceNumber", 150, 640, 120, 16).setMaxLength(20);
  label("Products", 40, 605);
  field("TradeName1", 150, 600, 200, 16);
  field("TradeName2", 150, 580, 200, 16);
  label("Importer", 40, 555);
  field("txtImporter", 150, 530, 200, 40, true);
  const vessel = form.createCheckBox("transport.vessel");
  vessel.addToPage(page, { x: 150, y: 500, width: 14, height: 14 });
  label("Vessel", 170, 503);
  const road = form.createCheckBox("transport.road");
  road.addToPage(page, { x: 250, y: 500, width: 14, height: 14 });
  label("Road", 270, 503);
  const processing = form.createRadioGroup("processing");
  processing.addOptionToPage("processed", page, { x: 150, y: 470, width: 14, height: 14 });
  processing.addOptionToPage("unprocessed", page, { x: 250, y: 470, width: 14, height: 14 });
  const destination = form.createOptionList("Country of destination");
  destination.setOptions(["Canada", "Great Britain", "Japan"]);
  destination.addToPage(page, { x: 150, y: 400, width: 120, height: 50 });
  const print = form.createButton("print");
  print.addToPage("Print", page, { x: 450, y: 730, width: 80, height: 20 });
  fs.writeFileSync(path.join(process.argv[2], "pdf_lib.pdf"), await pdf.save());
})();
