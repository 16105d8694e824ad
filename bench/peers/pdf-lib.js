// pdf-lib draws, @signpdf signs: RSA only, with a signer that is good for one
// signature and decrypts the key each time.
import fontkit from "@pdf-lib/fontkit";
import { pdflibAddPlaceholder } from "@signpdf/placeholder-pdf-lib";
import { P12Signer } from "@signpdf/signer-p12";
import { SignPdf } from "@signpdf/signpdf";
import { LineCapStyle, PDFDocument, rgb } from "pdf-lib";
import { channels, code, content, regular, semiBold } from "./content.js";

const colour = (c) => c && rgb(...channels(c));

async function draw() {
  const doc = await PDFDocument.create();
  doc.registerFontkit(fontkit);
  doc.setTitle(content.title, { showInWindowTitleBar: true });
  doc.setAuthor(content.author);
  doc.setSubject(content.subject);
  doc.setLanguage("fr-CA");
  const faces = [await doc.embedFont(regular, { subset: true }), await doc.embedFont(semiBold, { subset: true })];
  for (const part of content.pages) {
    const page = doc.addPage([content.width, content.height]);
    for (const f of part.frames) page.drawRectangle({ ...f, borderColor: colour(f.stroke), borderWidth: f.thickness });
    for (const l of part.lines) page.drawLine({ start: { x: l.x1, y: l.y1 }, end: { x: l.x2, y: l.y2 }, thickness: l.thickness, color: colour(l.stroke) });
    for (const t of part.text) page.drawText(t.text, { x: t.x, y: t.y, size: t.size, font: faces[+t.bold], color: colour(t.colour) });
  }
  const page = doc.getPage(0);
  for (const s of content.seal) {
    page.drawSvgPath(s.d, {
      x: 0, y: content.height, color: colour(s.fill), borderColor: colour(s.stroke), borderWidth: s.thickness,
      borderLineCap: s.round ? LineCapStyle.Round : LineCapStyle.Butt,
    });
  }
  const { size, path } = code(content.code.address);
  const module = content.code.side / (size + 8); // four modules of white around it
  page.drawSvgPath(path, {
    x: content.code.x + 4 * module, y: content.code.y + content.code.side - 4 * module,
    scale: module, color: colour(content.code.fill),
  });
  return doc;
}

// peer gives the kinds of documents to measure. The plain one is written as the
// library likes best, with object streams; one to be signed must not have them.
export async function peer(key) {
  return {
    plain: async () => (await draw()).save(),
    signed: async () => {
      const doc = await draw();
      pdflibAddPlaceholder({ pdfDoc: doc, reason: "", contactInfo: "", name: "Service", location: "", signatureLength: 6000 });
      return new SignPdf().sign(Buffer.from(await doc.save({ useObjectStreams: false })), new P12Signer(key.p12, { passphrase: key.password }));
    },
  };
}
