// @libpdf/core draws and signs (PAdES B-B). A document of its own making is
// saved, with subsets of the fonts, and read again to be signed: signing alone
// would embed the whole faces.
import { P12Signer, PDF, rgb } from "@libpdf/core";
import { channels, code, content, regular, semiBold } from "./content.js";

const colour = (c) => c && rgb(...channels(c));

async function draw() {
  const pdf = PDF.create();
  pdf.setTitle(content.title);
  pdf.setAuthor(content.author);
  pdf.setSubject(content.subject);
  pdf.setLanguage("fr-CA");
  const faces = [pdf.embedFont(regular), pdf.embedFont(semiBold)];
  const pages = content.pages.map((part) => {
    const page = pdf.addPage({ width: content.width, height: content.height });
    for (const f of part.frames) page.drawRectangle({ x: f.x, y: f.y, width: f.width, height: f.height, borderColor: colour(f.stroke), borderWidth: f.thickness });
    for (const l of part.lines) page.drawLine({ start: { x: l.x1, y: l.y1 }, end: { x: l.x2, y: l.y2 }, thickness: l.thickness, color: colour(l.stroke) });
    for (const t of part.text) page.drawText(t.text, { x: t.x, y: t.y, size: t.size, font: faces[+t.bold], color: colour(t.colour) });
    return page;
  });
  for (const s of content.seal) {
    pages[0].drawSvgPath(s.d, {
      x: 0, y: content.height, color: colour(s.fill), borderColor: colour(s.stroke), borderWidth: s.thickness,
      lineCap: s.round ? "round" : "butt",
    });
  }
  const { size, path } = code(content.code.address);
  const module = content.code.side / (size + 8); // four modules of white around it
  pages[0].drawSvgPath(path, {
    x: content.code.x + 4 * module, y: content.code.y + content.code.side - 4 * module,
    scale: module, color: colour(content.code.fill),
  });
  return pdf.save({ subsetFonts: true });
}

export async function peer(key) {
  const signer = await P12Signer.create(key.p12, key.password);
  return {
    plain: draw,
    signed: async () => {
      const pdf = await PDF.load(await draw());
      return (await pdf.sign({ signer, estimatedSize: 3000 })).bytes;
    },
  };
}
