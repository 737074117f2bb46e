/**
 * The outbox as screens see it: record something, take it back, change it, and how much waits.
 *
 * Promise: `record` ends only when the item is on the disk, or at the service when the disk is full. Else it throws `NotStored`,
 * and the screen says so: nobody reads “Bewaard” of what is not.
 */
import { computed, signal } from "@preact/signals";
import { request } from "../api/client.js";
import { keep, kept } from "../state/kept.js";
import { clockIsOld, clockOffset, now } from "../state/connection.js";
import { note, lost } from "./canary.js";
import { ours, UNDO_MS, verdict } from "./rules.js";
import * as store from "./store.js";

/** @typedef {import("./rules.js").Item} Item */
/** @typedef {Pick<Item, "id" | "method" | "path"> & {body?: unknown, label: string, by?: string | null, point?: string, hold?: boolean}} Entry */

export { UNDO_MS };

/** What waits and what is parked, in order. @type {import("@preact/signals").Signal<Item[]>} */
export const outbox = signal([]);

/** Raised by each change, also of another window. */
export const changes = signal(0);

/** Whether this laptop can store: not when its disk is full or its database broken. @type {import("@preact/signals").Signal<"stored" | "none">} */
export const storage = signal("stored");

/** What the browser threw away, until somebody has read it. @type {import("@preact/signals").Signal<import("./canary.js").Note | null>} */
export const loss = signal(kept("loss", null));

/** A newer version in another window took the database. */
export const outdated = signal(false);

export const waiting = computed(() => outbox.value.filter(({ state }) => state === "waiting"));
export const parked = computed(() => outbox.value.filter(({ state }) => state === "parked"));

/** Neither the disk nor the service has it. */
export class NotStored extends Error {}

/** The service does not take it, and the disk is full: what it says. */
export class Refused extends Error {
  /** @param {import("./rules.js").Problem} problem */
  constructor(problem) {
    super(problem.code);
    this.problem = problem;
  }
}

const others = new BroadcastChannel("digipunt");
others.onmessage = (/** @type {MessageEvent} */ message) => {
  if (message.data === "outbox") void refresh();
};

/** Called when something may have to be sent; the sender puts itself here. @type {Set<() => void>} */
export const onChange = new Set();

/** Open the database, and see whether what was in it is still there. */
export async function open() {
  store.told.outdated = () => (outdated.value = true);
  try {
    const existed = await store.exists();
    const items = await store.all();
    const gone = lost(existed, [...items, ...(await store.sent())]);
    if (gone !== null) {
      loss.value = gone;
      keep("loss", gone);
    }
    outbox.value = items;
    note(items);
    await store.forgetOld(Date.now());
  } catch {
    storage.value = "none";
  }
}

/** Somebody read what was lost. */
export function lossRead() {
  loss.value = null;
  keep("loss", null);
}

/** Something changed in the store: show it, here and in other windows. */
export async function publish() {
  await refresh();
  others.postMessage("outbox");
}

async function refresh() {
  outbox.value = await store.all();
  changes.value += 1;
  for (const told of onChange) told();
}

/** @param {Item[]} items what the outbox holds now */
function changed(items) {
  outbox.value = items;
  changes.value += 1;
  others.postMessage("outbox");
  for (const told of onChange) told();
}

/** Record something that happened. @param {Entry} entry @returns {Promise<Item>} with its `seq`, unless it went to the service at once */
export async function record(entry) {
  const item = frozen(entry);
  if (storage.value === "none") return sentAtOnce(item);
  try {
    item.seq = await store.put(item);
  } catch {
    return sentAtOnce(item);
  }
  const items = [...outbox.value, item];
  note(items);
  changed(items);
  return item;
}

/** @param {Entry} entry @returns {Item} */
function frozen({ id, method, path, body, label, by = null, point = "", hold = false }) {
  const old = clockIsOld();
  return {
    id,
    service: path.split("/")[1] ?? "",
    method,
    path,
    body: JSON.stringify(body ?? {}),
    key: crypto.randomUUID(),
    madeAt: new Date(now()).toISOString(),
    by,
    point,
    attempts: 0,
    state: old ? "parked" : "waiting",
    problem: old ? { code: "clockOld", detail: "", status: 0 } : null,
    holdUntil: hold ? Date.now() + UNDO_MS : 0,
    unsureClock: clockOffset.value === null,
    label,
  };
}

/** @param {Item} item */
async function sentAtOnce(item) {
  const answer = ours(item, await request(item.method, item.path, { text: item.body, key: item.key }));
  const judged = verdict(answer, item);
  if (judged.do === "sent") return item;
  if (judged.do === "park") throw new Refused(judged.problem);
  throw new NotStored();
}

/** Take back what was never sent. @param {Item} item @returns {Promise<boolean>} false when it may have been sent */
export async function takeBack(item) {
  if (item.seq === undefined) return false;
  const left = outbox.value.filter(({ seq }) => seq !== item.seq);
  note(left);
  const gone = await store.removeUntried(item.seq);
  if (gone) changed(left);
  else await publish();
  return gone;
}

/** Change the text of what was never sent. @param {Item} item @param {unknown} body @param {string} label @returns {Promise<boolean>} */
export async function rewrite(item, body, label) {
  if (item.seq === undefined) return false;
  const fields = /** @type {Partial<Item>} */ ({ body: JSON.stringify(body), label, state: "waiting", problem: null });
  const done = await store.replaceUntried(item.seq, fields);
  await publish();
  return done;
}

/** A refused item, mended by a person, goes again under the same id. @param {Item} item @param {unknown} body @param {string} label */
export async function resend(item, body, label) {
  const fields = { body: JSON.stringify(body), label, key: crypto.randomUUID() };
  await store.change([/** @type {number} */ (item.seq)], (each) => ({ ...each, ...fields, state: "waiting", problem: null, attempts: 0 }));
  await publish();
}

/** A person throws a refused item away, after reading all of it. @param {Item} item */
export async function discard(item) {
  const left = outbox.value.filter(({ seq }) => seq !== item.seq);
  note(left);
  await store.remove(/** @type {number} */ (item.seq));
  changed(left);
}
