// What both peers draw, read once. content.json has the words, places, colours
// and shapes of our own certificate of the tests, each line already broken, so
// that no peer pays for laying out text.
import { readFileSync } from "node:fs";
import QRCode from "qrcode";

const here = (path) => new URL(path, import.meta.url);

export const content = JSON.parse(readFileSync(here("content.json"), "utf8"));

const fonts = "../../pdf/typeset/fonts/";

export const regular = readFileSync(here(fonts + "Inter-Regular.ttf"));
export const semiBold = readFileSync(here(fonts + "Inter-SemiBold.ttf"));

// The code is made anew for each document, as an address is in no other one.
// Its modules are one SVG path, in modules.
export function code(address) {
  const { size, data } = QRCode.create(address, { errorCorrectionLevel: "M" }).modules;
  let path = "";
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const start = x;
      while (x < size && data[y * size + x]) x++;
      if (x > start) path += `M${start} ${y}H${x}V${y + 1}H${start}Z`;
    }
  }
  return { size, path };
}

// "#RRGGBB" as three numbers from 0 to 1.
export const channels = (colour) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255);
