// Makes pdfkit.pdf with PDFKit.
const PDFDocument = require("pdfkit");
const fs = require("fs");
const path = require("path");

const doc = new PDFDocument({ size: "A4", margin: 40, info: { Title: "Phytosanitary request", CreationDate: new Date(0) } });
doc.pipe(fs.createWriteStream(path.join(process.argv[2], "pdfkit.pdf")));
doc.font("Helvetica").fontSize(10);
doc.initForm();
const goods = doc.formField("goods");
const parties = doc.formField("parties");
const label = (text, y) => doc.text(text, 40, y, { lineBreak: false });
label("Name of exporter", 64);
doc.formText("exporter name", 200, 60, 250, 18, { parent: parties, align: "left", backgroundColor: "#eef" });
label("First consignee", 94);
doc.formText("consignee", 200, 90, 250, 50, { parent: parties, multiline: true });
label("Lot number", 164);
doc.formText("lot1", 200, 160, 120, 18, { parent: goods, align: "right" });
label("CN code", 194);
doc.formText("cn code1", 200, 190, 120, 18, { parent: goods, align: "center" });
label("Country of origin", 224);
doc.formCombo("origin", 200, 220, 120, 18, { parent: goods, select: ["Canada", "Peru"], value: "Peru", defaultValue: "Peru" });
label("Means of transport", 254);
doc.formList("means", 200, 250, 120, 60, { select: ["vessel", "road"] });
doc.formCheckbox("sealed", 200, 330, 14, 14, {});
label("sealed", 332);
doc.end();
