/** The pictograms of the desk: those of Lucide (ISC licence) that icons.json names, as one SVG of symbols. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const STYLE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';

/** The SVG, or an error that names a pictogram that Lucide has not. @param {string[]} names */
export function sprite(names) {
  const { icons, aliases } = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("@iconify-json/lucide/icons.json"), "utf8"));
  const symbols = [...new Set(names)].sort().map((name) => {
    const icon = icons[name] ?? icons[aliases[name]?.parent];
    if (!icon) throw new Error(`icons.json names ${name}, which Lucide has not`);
    // Once on the symbol instead of in every path.
    const body = icon.body
      .replaceAll(/ (fill="none"|stroke="currentColor"|stroke-(?:width|linecap|linejoin)="[^"]*")/g, "")
      .replace(/^<g>(.*)<\/g>$/, "$1");
    return `<symbol id="${name}" viewBox="0 0 24 24" ${STYLE}>${body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}
