/** A visit in words: each question that was answered, with its answer. */
import { label } from "../../state/refdata.js";
import { t } from "../../words/t.js";

/** @typedef {{name: string, question: string, answer: string}} Line */

/** The answers with a list of codes. @type {Record<string, string>} */
const LISTS = {
  outcome: "outcome", help: "help", selfReliance: "selfReliance", referredFrom: "party", referredTo: "party", ageBand: "ageBand",
  device: "deviceKind", place: "place",
};
/** What a question is called in the form, where that is not its own name. @type {Record<string, string>} */
const QUESTIONS = { bottlenecks: "stuck", durationMinutes: "minutes" };
const ORDER = [
  "themes", "contact", "outcome", "bottlenecks", "help", "selfReliance", "durationMinutes", "referredFrom", "referredTo", "ageBand",
  "situation", "residence", "device", "place", "card", "note",
];

/** What it was about, in a few words; "" where this laptop does not know. @param {Record<string, any>} visit */
export const about = (visit) => (visit["themes"] ?? []).map((/** @type {string} */ code) => label("theme", code)).join(", ");

/** The answer to a question of the form, in words; "" when it was not answered. @param {string} name @param {any} value */
export function answer(name, value) {
  if (value === undefined || value === null || value.length === 0) return "";
  if (name === "themes") return about({ themes: value });
  if (name === "contact") return t(`visit.contact.${value}`);
  if (name === "situation") return value.map((/** @type {string} */ code) => label("situation", code)).join(", ");
  if (name === "durationMinutes") return t("visit.minute", { n: value });
  if (name === "residence") return value === "other" ? t("visit.elsewhere") : label("municipality", value);
  if (name === "bottlenecks") {
    return value.map((/** @type {any} */ { service, cause }) => `${label("onlineService", service)} (${label("bottleneckCause", cause)})`).join(", ");
  }
  return LISTS[name] === undefined ? String(value) : label(LISTS[name], value);
}

/** @param {string} name */
export const question = (name) => t(`visit.${QUESTIONS[name] ?? name}`);

/** All that was told. @param {Record<string, any>} visit @returns {Line[]} */
export const lines = (visit) =>
  ORDER.map((name) => ({ name, question: question(name), answer: answer(name, visit[name]) })).filter((line) => line.answer !== "");

/** The questions to which two visits have other answers. @param {Record<string, any>} one @param {Record<string, any>} other */
export const differing = (one, other) => ORDER.filter((name) => answer(name, one[name]) !== answer(name, other[name]));
