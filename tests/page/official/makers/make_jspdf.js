// Makes jspdf.pdf with jsPDF.
const { jsPDF, AcroForm } = require("jspdf");
const fs = require("fs");
const path = require("path");

const doc = new jsPDF({ unit: "mm", format: "a4" });
doc.setCreationDate(new Date(0));
doc.setFileId("00000000000000000000000000000000");
doc.setFontSize(10);
const text = (name, label, y, multiline) => {
  doc.text(label, 15, y + 5);
  const field = new AcroForm.TextField();
  field.Rect = [70, y, 100, multiline ? 20 : 7];
  field.fieldName = name;
  field.multiline = Boolean(multiline);
  field.fontSize = 9;
  doc.addField(field);
};
text("buyer", "Buyer", 20, true);
text("ship_date", "Shipment date", 45);
text("entry", "Point of entry", 55);
text("lots", "Lot no.", 65);
const password = new AcroForm.PasswordField();
password.Rect = [70, 80, 50, 7];
password.fieldName = "secret";
doc.addField(password);
const tick = new AcroForm.CheckBox();
tick.fieldName = "air";
tick.Rect = [70, 95, 5, 5];
tick.appearanceState = "Off";
doc.addField(tick);
doc.text("Aeroplane", 78, 99);
const group = new AcroForm.RadioButton();
group.fieldName = "processing";
group.Subtype = "Form";
doc.addField(group);
[["processed", 110], ["unprocessed", 117]].forEach(([name, y]) => {
  const option = group.createOption(name);
  option.Rect = [70, y, 5, 5];
  doc.text(name, 78, y + 4);
});
group.setAppearance(AcroForm.Appearance.RadioButton.Cross);
fs.writeFileSync(path.join(process.argv[2], "jspdf.pdf"), Buffer.from(doc.output("arraybuffer")));
