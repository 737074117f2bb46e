/** How well two colours can be told apart (WCAG 2.2, "contrast ratio"), and whether a municipality's theme keeps to it. */

/** Contrast that text needs on its background, and that the border of a control needs (WCAG 1.4.3 and 1.4.11, AA). */
export const TEXT = 4.5;
export const BORDER = 3;

/** What a theme may set; all else is the same everywhere. */
export const PROPERTIES = ["--brand", "--brand-ink", "--brand-soft", "--name", "--logo"];

const COLOURS = ["--brand", "--brand-ink", "--brand-soft"];

/** Where the colours of a theme meet others: the first on the second, and the least contrast between them. */
const PAIRS = [
  ["--brand-ink", "--brand", TEXT],
  ["--brand", "--paper", TEXT],
  ["--brand", "--card", TEXT],
  ["--ink", "--brand-soft", TEXT],
  ["--brand", "--brand-soft", BORDER],
];

/** The relative luminance of #rgb or #rrggbb, from 0 to 1. Throws for any other way to write a colour. */
export function luminance(colour) {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
  const hex = short ? short.slice(1).map((digit) => digit + digit) : /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)?.slice(1);
  const parts = hex?.map((pair) => Number.parseInt(pair, 16) / 255);
  if (!parts) throw new Error(`${colour} is no colour such as #0f5c5a`);
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours, from 1 to 21. */
export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * The custom properties that a style sheet sets on `:root`, for a light and for a dark screen. Other rules are left alone.
 * @param {string} css @returns {{light: Record<string, string>, dark: Record<string, string>, rest: string}}
 */
export function tokens(css) {
  const light = {};
  const dark = {};
  const others = [];
  let rest = css.replace(/\/\*[^]*?\*\//g, "");
  rest = rest.replace(DARK, (_, block) => (Object.assign(dark, declared(block)), ""));
  rest = rest.replace(MEDIA, (rule) => (others.push(rule), ""));
  rest = rest.replace(ROOT, (_, block) => (Object.assign(light, declared(block)), ""));
  return { light, dark: { ...light, ...dark }, rest: [rest.trim(), ...others].join("") };
}

const DARK = /@media\s*\(prefers-color-scheme:\s*dark\)\s*\{\s*:root\s*\{([^}]*)\}\s*\}/g;
const MEDIA = /@media[^{]*\{(?:[^{}]*\{[^}]*\})*[^{}]*\}/g;
const ROOT = /:root\s*\{([^}]*)\}/g;

/** The custom properties of one block. @param {string} block */
const declared = (block) =>
  Object.fromEntries([...block.matchAll(/(--[\w-]+)\s*:\s*([^;]+?)\s*(?:;|$)/g)].map(([, name, value]) => [name, value]));

/**
 * What is wrong with a theme, a sentence each: a rule or property that is not a theme's, or colours too near to each other.
 * @param {string} theme the theme's style sheet @param {string} base the style sheet with the tokens that it changes
 */
export function faults(theme, base) {
  const [ours, theirs] = [tokens(theme), tokens(base)];
  const found = [];
  if (ours.rest) found.push(`it has more than :root: ${ours.rest.slice(0, 60)}`);
  const names = Object.keys(ours.dark);
  for (const name of names) if (!PROPERTIES.includes(name)) found.push(`it sets ${name}; it may set ${PROPERTIES.join(", ")}`);
  for (const name of COLOURS) if (!(name in ours.light)) found.push(`it does not set ${name}`);
  if (found.length) return found;
  for (const scheme of /** @type {const} */ (["light", "dark"])) {
    const all = { ...theirs[scheme], ...ours[scheme] };
    for (const [one, other, least] of PAIRS) {
      if (!(one in all && other in all)) continue;
      const ratio = contrast(all[one], all[other]);
      if (ratio < least) {
        found.push(`${one} ${all[one]} on ${other} ${all[other]} (${scheme}) has contrast ${ratio.toFixed(1)}; it needs ${least}`);
      }
    }
  }
  return found;
}
