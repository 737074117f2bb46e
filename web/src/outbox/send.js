/**
 * Sends what waits: one sender over all windows, each subject in its order, and nothing leaves the outbox before it was accepted.
 *
 * A service that does not answer rests, longer each time; the others go on.
 */
import { signal } from "@preact/signals";
import { request } from "../api/client.js";
import { clockOffset } from "../state/connection.js";
import { note } from "./canary.js";
import { answers, isThere } from "./delivery.js";
import { onChange, outbox, publish } from "./items.js";
import * as rules from "./rules.js";
import * as store from "./store.js";

/** @typedef {import("./rules.js").Item} Item */

const LOCK = "outbox";
const LOCKED_MS = 5_000;
const IDLE_MS = 30_000;

/** No service knows this laptop's token any more: what waits stays, until it is paired again. */
export const paused = signal(false);

/** When something was last accepted, in ms. @type {import("@preact/signals").Signal<number | null>} */
export const lastSent = signal(null);

/** Called after each round with what is left: the heartbeat. @type {Set<() => void>} */
export const onRound = new Set();

/** Per service: failures in a row, and until when it is let be, by a clock that nobody sets. @type {Map<string, {failures: number, until: number}>} */
const resting = new Map();

let most = 100;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Send at every occasion, from now on. */
export function start() {
  onChange.add(soon);
  for (const occasion of ["resume", "focus"]) addEventListener(occasion, () => void flush());
  // What failed without a network says nothing about services that can be reached again.
  addEventListener("online", () => void flush({ hurry: true }));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void flush();
  });
  setInterval(() => {
    if (document.visibilityState === "visible") void flush();
  }, IDLE_MS);
  void flush();
}

/** Send now; `hurry` does not wait for services that rest. @param {{hurry?: boolean}} [how] */
export async function flush({ hurry = false } = {}) {
  if (hurry) resting.clear();
  const done = await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false;
    // A database that fails now is opened again at the next occasion.
    return round().then(() => true, () => false);
  });
  if (done) for (const told of onRound) told();
  if (outbox.value.some(({ state }) => state === "waiting")) later(done ? nextOccasion() : LOCKED_MS);
}

const soon = () => later(nextOccasion());

/** @param {number} wait in ms */
function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(() => void flush(), wait);
}

/** When the first item that waits may go. */
function nextOccasion() {
  const waits = outbox.value
    .filter(({ state }) => state === "waiting")
    .map(({ holdUntil, service }) => Math.max(holdUntil - Date.now(), (resting.get(service)?.until ?? 0) - performance.now()));
  return Math.max(0, Math.min(...waits, IDLE_MS));
}

async function round() {
  for (;;) {
    const items = rules.due(await store.all(), Date.now()).filter(({ service }) => !rests(service));
    if (items.length === 0) return;
    let moved = false;
    for (const parcel of rules.parcels(items, most)) {
      const service = /** @type {Item} */ (parcel[0]).service;
      if (rests(service)) continue;
      moved = (await deliver(parcel)) || moved;
      if (paused.value) return;
    }
    if (!moved) return;
  }
}

/** @param {Item[]} parcel @returns {Promise<boolean>} whether something became of it */
async function deliver(parcel) {
  const timed = await onTime(parcel);
  if (timed === null) return false;
  const tried = await store.change(seqs(timed), (item) => ({ ...item, attempts: item.attempts + 1 }));
  if (tried.length === 0) return true;
  const replies = await answers(tried);
  if (replies === "halve") {
    most = Math.max(1, Math.floor(tried.length / 2));
    return true;
  }
  return settle(tried, replies);
}

/** The items with the hour put right where the clock was not known; null when no service tells the time yet. @param {Item[]} items */
async function onTime(items) {
  const unsure = items.filter(({ unsureClock, attempts }) => unsureClock && attempts === 0);
  if (unsure.length === 0) return items;
  if (clockOffset.value === null) await request("GET", `/${unsure[0]?.service}/health/live`, { as: "nobody" });
  const offset = clockOffset.value;
  if (offset === null) {
    rest(/** @type {Item} */ (items[0]).service, null);
    return null;
  }
  await store.change(seqs(unsure), (item) => ({
    ...item,
    body: rules.shifted(item.body, offset),
    madeAt: new Date(Date.parse(item.madeAt) + offset).toISOString(),
    unsureClock: false,
  }));
  return items;
}

/** @param {Item[]} items @param {rules.Reply[]} replies @returns {Promise<boolean>} */
async function settle(items, replies) {
  /** @type {Item[]} */
  const sent = [];
  let moved = false;
  for (const [place, item] of items.entries()) {
    const judged = rules.verdict(/** @type {rules.Reply} */ (replies[place]), item);
    if (judged.do === "sent" || (judged.do === "compare" && (await isThere(item)))) sent.push(item);
    else if (judged.do === "retry") rest(item.service, judged.after);
    else if (judged.do === "pause") {
      paused.value = true;
      rest(item.service, null);
    } else {
      const problem = judged.do === "park" ? judged.problem : /** @type {rules.Problem} */ (replies[place]?.problem);
      await store.change(seqs([item]), (each) => ({ ...each, state: "parked", problem }));
      moved = true;
    }
  }
  if (sent.length > 0) {
    paused.value = false;
    for (const { service } of sent) resting.delete(service);
    note((await store.all()).filter(({ seq }) => !sent.some((item) => item.seq === seq)));
    await store.acknowledge(sent, Date.now());
    lastSent.value = Date.now();
    moved = true;
  }
  if (moved) await publish();
  return moved;
}

/** @param {string} service */
const rests = (service) => performance.now() < (resting.get(service)?.until ?? 0);

/** Let a service be for a while. @param {string} service @param {number | null} asked seconds that it asked for */
function rest(service, asked) {
  const failures = (resting.get(service)?.failures ?? 0) + 1;
  resting.set(service, { failures, until: performance.now() + rules.pause(failures, asked, Math.random) });
}

/** @param {Item[]} items @returns {number[]} */
const seqs = (items) => items.map(({ seq }) => /** @type {number} */ (seq));
