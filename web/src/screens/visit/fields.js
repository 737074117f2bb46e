/** What a form holds about a visit, and the body that it becomes. Nothing about a person is carried over to the next visit. */
import { readCard } from "../../checks/card.js";

/**
 * @typedef {{service: string, cause: string}} Bottleneck
 * @typedef {object} Form
 * @property {string[]} themes
 * @property {string[]} contact none or one, as all that follow but `situation`
 * @property {string[]} outcome
 * @property {Bottleneck[]} bottlenecks
 * @property {string[]} help
 * @property {string[]} selfReliance
 * @property {string} minutes
 * @property {string[]} referredFrom
 * @property {string[]} referredTo
 * @property {string[]} ageBand
 * @property {string[]} situation
 * @property {string} residence
 * @property {string[]} device
 * @property {string[]} place
 * @property {string} card
 * @property {string} note
 * @property {string} pending the service that stopped somebody and whose cause is still to be told
 * @property {boolean} noCard the service knows no card with this code
 * @property {string | null} startedAt when the first tile was tapped
 */

/** @param {string[]} [place] the one thing that is carried over @returns {Form} */
export const emptyForm = (place = []) => ({
  themes: [], contact: [], outcome: [], bottlenecks: [], help: [], selfReliance: [], minutes: "", referredFrom: [], referredTo: [],
  ageBand: [], situation: [], residence: "", device: [], place, card: "", note: "", pending: "", noCard: false, startedAt: null,
});

const ONE = /** @type {const} */ (["contact", "outcome", "help", "selfReliance", "referredFrom", "referredTo", "ageBand", "device", "place"]);

/** The fields of a body as the service takes it; what was not asked is left out. @param {Form} form @returns {Record<string, any>} */
export function told(form) {
  /** @type {Record<string, any>} */
  const body = { themes: form.themes };
  for (const name of ONE) if (form[name][0] !== undefined) body[name] = form[name][0];
  if (form.bottlenecks.length > 0) body["bottlenecks"] = form.bottlenecks;
  if (form.situation.length > 0) body["situation"] = form.situation;
  if (Number(form.minutes) > 0) body["durationMinutes"] = Number(form.minutes);
  if (form.residence) body["residence"] = form.residence;
  if (form.card) body["card"] = readCard(form.card) ?? form.card;
  if (form.note.trim()) body["note"] = form.note.trim();
  if (form.startedAt !== null) body["startedAt"] = form.startedAt;
  return body;
}

/** A stored visit, in the form. @param {Record<string, any>} visit @returns {Form} */
export function formOf(visit) {
  const form = emptyForm();
  for (const name of ONE) form[name] = visit[name] ? [visit[name]] : [];
  return {
    ...form,
    themes: visit["themes"] ?? [],
    bottlenecks: visit["bottlenecks"] ?? [],
    situation: visit["situation"] ?? [],
    minutes: visit["durationMinutes"] ? String(visit["durationMinutes"]) : "",
    residence: visit["residence"] ?? "",
    card: visit["card"] ?? "",
    note: visit["note"] ?? "",
    startedAt: visit["startedAt"] ?? null,
  };
}

/** What distinguishes two visits, without the moment: a number, as it is kept and a note or a card may not be. @param {Record<string, any>} body */
export function content(body) {
  const { startedAt: _, ...rest } = body;
  const text = JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
  let sum = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) sum = Math.imul(sum ^ text.charCodeAt(place), 0x01000193);
  return String(sum >>> 0);
}

const FOLDED = /** @type {const} */ (["help", "selfReliance", "referredFrom", "referredTo", "ageBand", "situation", "device", "place"]);

/** How many questions of the fold were answered. @param {Form} form */
export const filledMore = (form) =>
  FOLDED.filter((name) => form[name].length > 0).length + [form.minutes, form.residence, form.card, form.note.trim()].filter(Boolean).length;
