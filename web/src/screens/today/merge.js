/**
 * What *Vandaag* shows: what the services have, what this laptop sent, and what waits in its outbox, each visit once. Pure.
 *
 * Promise: what waits here goes before what the services answered, so that no answer ever overwrites a change that is not sent.
 */
import { isoDay } from "../../words/t.js";

/** @typedef {import("../../outbox/rules.js").Item} Item */
/** @typedef {Record<string, any>} Visit */
/**
 * @typedef {object} Row
 * @property {string} key
 * @property {string} id the visit, or what else it is about
 * @property {"waiting" | "parked" | "sent"} group
 * @property {Visit | null} visit as it is once all of it is sent; null when it is about something else
 * @property {Item[]} items what of it waits, in order
 * @property {string} at
 */

const OF_A_VISIT = /^\/visits\/v1\/visits\/[^/]+(?:\/void)?$/;
const VOID = /\/void$/;

/** @param {Item} item */
export const isOfVisit = ({ path }) => OF_A_VISIT.test(path);

/** What the service takes for a question that nobody answered, where null is none. @type {Record<string, string>} */
const UNASKED = { place: "point", contact: "unknown" };

/** What has to be sent to make one body of the other: null takes a value away. @param {Visit} before @param {Visit} after @returns {Visit} */
export function patchOf(before, after) {
  /** @type {Visit} */
  const patch = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) patch[name] = after[name] ?? UNASKED[name] ?? null;
  }
  return patch;
}

/** A visit with a correction in it. @param {Visit} visit @param {Visit} patch @returns {Visit} */
export const patched = (visit, patch) => Object.fromEntries(Object.entries({ ...visit, ...patch }).filter(([, value]) => value !== null));

/** A visit after an item of it was accepted. @param {Visit | undefined} visit @param {Item} item @returns {Visit} */
export function applied(visit, item) {
  const body = JSON.parse(item.body);
  if (item.method === "PUT") return { startedAt: item.madeAt, state: "registered", ...body, id: item.id };
  if (VOID.test(item.path)) return { id: item.id, startedAt: item.madeAt, ...visit, state: "voided", voidReason: body.reason };
  return patched({ id: item.id, startedAt: item.madeAt, ...visit }, body);
}

/**
 * @param {object} known
 * @param {Item[]} known.items the outbox
 * @param {(Item & {sentAt: number})[]} known.sent what was accepted in the last two days
 * @param {Visit[] | null} known.served the visits of the day, as the service answered; null when it did not
 * @param {number} known.servedAt when that was asked, in ms
 * @param {string} known.today
 * @returns {Row[]} what waits in the order in which it goes, what was sent with the newest first
 */
export function merged({ items, sent, served, servedAt, today }) {
  const stored = new Map((served ?? []).map((visit) => [visit["id"], visit]));
  // What was sent after the list was asked for may not be in it.
  for (const item of sent) if (isOfVisit(item) && item.sentAt >= servedAt) stored.set(item.id, applied(stored.get(item.id), item));
  const queue = queued(items).map(([key, own]) => rowOf(key, own, stored));
  const rows = [...stored.values()]
    .filter((visit) => isoDay(visit["startedAt"]) === today && !queue.some(({ id, visit: waits }) => waits !== null && id === visit["id"]))
    .map((visit) => /** @type {Row} */ ({ key: visit["id"], id: visit["id"], group: "sent", visit, items: [], at: visit["startedAt"] }))
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return [...queue, ...rows];
}

/** The items of each visit together, and each other item by itself. @param {Item[]} items @returns {[string, Item[]][]} */
function queued(items) {
  /** @type {Map<string, Item[]>} */
  const groups = new Map();
  for (const item of items) {
    const key = isOfVisit(item) ? item.id : `item ${item.seq}`;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups];
}

/** @param {string} key @param {Item[]} items @param {Map<string, Visit>} stored @returns {Row} */
function rowOf(key, items, stored) {
  const [first] = /** @type {[Item]} */ (items);
  const visit = isOfVisit(first) ? items.slice(1).reduce(applied, applied(stored.get(first.id), first)) : null;
  const group = items.some(({ state }) => state === "parked") ? "parked" : "waiting";
  return { key, id: first.id, group, visit, items, at: visit?.["startedAt"] ?? first.madeAt };
}

/** Whether a row is of the helper with this code. @param {Row} row @param {string} code */
export const isOf = ({ visit, items }, code) => (visit?.["helper"] ?? items[0]?.by) === code;

/** How many visits of the day count. @param {Row[]} rows @param {string} today */
export const counting = (rows, today) =>
  rows.filter(({ group, visit, at }) => group !== "parked" && visit !== null && visit["state"] !== "voided" && isoDay(at) === today).length;
