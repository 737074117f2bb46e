/**
 * What people read: one catalogue a language, loaded when it is chosen, and one more for an area of screens that few people open,
 * loaded with the first of them. Days and times as they are said in Belgium.
 *
 * Components that call `t` are drawn again when the language changes, for it reads a signal.
 */
import { signal } from "@preact/signals";

/** @typedef {"nl" | "fr" | "en"} Language */
/** @typedef {Record<Language, () => Promise<{default: Record<string, string>}>>} Catalogue */
/** @type {Catalogue} */
const COMMON = {
  nl: () => import("./nl.json"),
  fr: () => import("./fr.json"),
  en: () => import("./en.json"),
};
/** The words of an area begin with its name, and only its screens say them. @satisfies {Record<string, Catalogue>} */
const AREAS = {
  accessible: {
    nl: () => import("./accessible/nl.json"),
    fr: () => import("./accessible/fr.json"),
    en: () => import("./accessible/en.json"),
  },
  persons: {
    nl: () => import("./persons/nl.json"),
    fr: () => import("./persons/fr.json"),
    en: () => import("./persons/en.json"),
  },
  figures: {
    nl: () => import("./figures/nl.json"),
    fr: () => import("./figures/fr.json"),
    en: () => import("./figures/en.json"),
  },
};
/** @typedef {keyof typeof AREAS} Area */
const LOCALES = { nl: "nl-BE", fr: "fr-BE", en: "en-GB" };
const ZONE = "Europe/Brussels";

export const LANGUAGES = /** @type {Language[]} */ (Object.keys(COMMON));

/** @type {import("@preact/signals").Signal<{language: Language, words: Record<string, string>}>} */
const catalogue = signal({ language: "nl", words: {} });

/** @param {string} text @returns {text is Language} */
export const isLanguage = (text) => text in COMMON;

/** The language that is shown. */
export const language = () => catalogue.value.language;

/** French keeps `? ! : ;` on the line of the word before. @param {Record<string, string>} words */
const bound = (words) => Object.fromEntries(Object.entries(words).map(([key, text]) => [key, text.replace(/ ([?!:;»])/g, "\u00a0$1")]));

/** The areas whose screens were opened. @type {Set<Area>} */
const opened = new Set();

/** Load the words of a language and show them. @param {Language} chosen */
export async function speak(chosen) {
  const parts = await Promise.all([COMMON, ...[...opened].map((area) => AREAS[area])].map((part) => part[chosen]()));
  const words = Object.assign({}, ...parts.map((part) => part.default));
  catalogue.value = { language: chosen, words: chosen === "fr" ? bound(words) : words };
  document.documentElement.lang = chosen;
}

/** Load the words of an area too, and from now on with each language. @param {Area} area */
export async function learn(area) {
  opened.add(area);
  await speak(language());
}

/**
 * The sentence under a key, its `{names}` filled in. A key without a sentence is a fault of ours that `scripts/check` finds.
 * @param {string} key @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const text = catalogue.value.words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** Whether there is a sentence under the key. @param {string} key */
export const has = (key) => key in catalogue.value.words;

/**
 * The sentence for a number: `key.one` or `key.other`, as the language counts, with `{n}`.
 * @param {string} key @param {number} n @param {Record<string, string | number>} [values]
 */
export function tn(key, n, values = {}) {
  const form = new Intl.PluralRules(LOCALES[language()]).select(n);
  return t(`${key}.${form === "one" ? "one" : "other"}`, { n: number(n), ...values });
}

/** @param {number} n */
export const number = (n) => new Intl.NumberFormat(LOCALES[language()]).format(n);

/** A part of a moment as Belgium's clock shows it. @param {Date | string | number} moment @param {Intl.DateTimeFormatOptions} how */
const said = (moment, how) =>
  new Intl.DateTimeFormat(LOCALES[language()], { timeZone: ZONE, ...how }).format(new Date(moment));

/** “10.12 uur”. @param {Date | string | number} moment */
export function time(moment) {
  const [hours, minutes] = new Intl.DateTimeFormat("nl-BE", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    .format(new Date(moment))
    .split(":");
  return t("time", { hours: String(Number(hours)), minutes: minutes ?? "00" });
}

/** “dinsdag 3 maart”. @param {Date | string | number} moment */
export const day = (moment) => said(moment, { weekday: "long", day: "numeric", month: "long" });

/** “di 3 maart”. @param {Date | string | number} moment */
export const shortDay = (moment) => said(moment, { weekday: "short", day: "numeric", month: "long" });

/** “3 maart 2026”. @param {Date | string | number} moment */
export const date = (moment) => said(moment, { day: "numeric", month: "long", year: "numeric" });

/** “maart 2026”. @param {Date | string | number} moment */
export const month = (moment) => said(moment, { month: "long", year: "numeric" });

/** The calendar day in Belgium, `2026-03-03`. @param {Date | string | number} moment */
export const isoDay = (moment) => new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(new Date(moment));

/** “lader, muis en hoes”. @param {string[]} items */
export const list = (items) => new Intl.ListFormat(LOCALES[language()], { type: "conjunction" }).format(items);
