/**
 * What somebody typed or scanned, and which device that is: a QR code, a label however it is written, also where the scanner
 * thinks that the laptop has another keyboard. As `services/loans/model/scans.py` reads it. Pure.
 */

/** @typedef {{id: string, kind: string, label: string, at?: string | null, state?: string}} Labelled */

const PREFIX = "digipunt:";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Signs that nobody sees: of width zero, or that only say in which direction is read. */
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

const LETTERS = { q: "a", a: "q", z: "w", w: "z", ",": "m", ";": ",", ":": ".", m: ":", ")": "-", "°": "-" };
const DIGITS = { "&": "1", "é": "2", '"': "3", "'": "4", "(": "5", "è": "7", "ç": "9", "à": "0" };
/** Which sign a key gives on an AZERTY keyboard, and what the scanner meant: the Belgian one, then the French one. @type {Record<string, string>[]} */
const KEYBOARDS = [
  { ...LETTERS, ...DIGITS, "§": "6", "!": "8" },
  { ...LETTERS, ...DIGITS, "-": "6", _: "8" },
];

/** A text without case, extra blanks and signs that nobody sees. @param {string} text */
export const keyOf = (text) => text.replace(UNSEEN, "").normalize("NFKC").toLowerCase().trim().replace(/\s+/g, " ");

/** What was meant, the likeliest first: an id, or the key of a label. @param {string} text @returns {string[]} */
export function readings(text) {
  const typed = keyOf(text);
  const meant = KEYBOARDS.map((keys) => [...typed].map((sign) => keys[sign] ?? sign).join(""));
  return [...new Set([typed, ...meant])].map((each) => (each.startsWith(PREFIX) ? each.slice(PREFIX.length) : each));
}

/** The id in a QR code of ours; null for anything else. @param {string} text */
export const idIn = (text) => readings(text).find((each) => UUID.test(each)) ?? null;

/** Whether a person's number is more likely than a label. @param {string} text */
export const isPhone = (text) => /^\+?[\d\s./()-]+$/.test(text.trim()) && text.replace(/\D/g, "").length >= 8;

/** “LAPTOP-012” as [laptop, 12]: words and numbers, without what stands between them and without zeros before. @param {string} text */
const tokens = (text) => (keyOf(text).match(/\p{L}+|\d+/gu) ?? []).map((part) => (/^\d+$/.test(part) ? part.replace(/^0+(?=\d)/, "") : part));

/** Whether two lists hold the same, in order. @param {string[]} one @param {string[]} other */
const same = (one, other) => one.length === other.length && one.every((part, place) => part === other[place]);

/**
 * The devices that may be meant: one when it is clear, more when somebody has to choose, none when it is no device of ours.
 * @template {Labelled} T
 * @param {string} text @param {T[]} devices
 * @param {Record<string, string[]>} names how people call each kind, such as {laptop: ["laptop", "ordinateur portable"]}
 * @param {string} [here] the digipunt: its devices come first
 * @returns {T[]}
 */
export function meantBy(text, devices, names = {}, here = "") {
  const possible = readings(text);
  const exact = devices.filter(({ id, label }) => possible.includes(id) || possible.includes(keyOf(label)));
  if (exact.length > 0) return exact;
  const [typed = ""] = possible;
  const { kind, rest } = split(tokens(typed), names);
  if (rest.length === 0) return [];
  const alike = devices.filter((device) => (kind === null || device.kind === kind) && same(split(tokens(device.label), names).rest, rest));
  if (alike.length > 0) return ordered(alike, here);
  // “12” on a shelf with L1-12 and T1-12: the last number decides, among what is here.
  const [only] = rest;
  if (rest.length > 1 || !/^\d+$/.test(only ?? "")) return [];
  return devices.filter((device) => device.at === here && (kind === null || device.kind === kind) && tokens(device.label).at(-1) === only);
}

/** The kind that is named in front, and what is left. @param {string[]} parts @param {Record<string, string[]>} names */
function split(parts, names) {
  for (const [kind, words] of Object.entries(names)) {
    for (const word of [kind, ...words].map(tokens)) {
      if (word.length > 0 && word.length < parts.length && same(parts.slice(0, word.length), word)) {
        return { kind, rest: parts.slice(word.length) };
      }
    }
  }
  return { kind: null, rest: parts };
}

/** @template {Labelled} T @param {T[]} devices @param {string} here @returns {T[]} */
const ordered = (devices, here) => [...devices.filter(({ at }) => at === here), ...devices.filter(({ at }) => at !== here)];
