/**
 * What becomes of an item when an answer comes, and which items may go now. Pure: no clock, no network, no database of its own.
 *
 * Only an answer of ours that accepts an item takes it out of the outbox; whatever else happens, it stays and is sent again.
 */

/**
 * @typedef {"waiting" | "parked"} State
 * @typedef {{code: string, detail: string, status: number, issues?: {name?: string, code: string, detail: string}[]}} Problem
 * @typedef {object} Item
 * @property {number} [seq] its place in the queue
 * @property {string} id the subject: the visit, the loan, the device it is about
 * @property {string} service the service that takes it
 * @property {string} method
 * @property {string} path
 * @property {string} body the text to send, frozen
 * @property {string} key idempotency key
 * @property {string} madeAt
 * @property {string | null} by who recorded it: a helper's `h-…`
 * @property {string} point the digipunt
 * @property {number} attempts how often it may have reached the service
 * @property {State} state
 * @property {Problem | null} problem why it is parked
 * @property {number} holdUntil not to be sent before: the time in which it can be undone
 * @property {boolean} unsureClock made before any service told the time
 * @property {string} label what a person calls it, without a person in it
 *
 * @typedef {{status: number, problem: Problem | null, retryAfter: number | null}} Reply
 * @typedef {{do: "sent"} | {do: "compare"} | {do: "pause"} | {do: "retry", after: number | null} | {do: "park", problem: Problem}} Verdict
 */

/** So long an item is kept back, for who tapped too early. */
export const UNDO_MS = 8_000;

const BATCH = 100;
const ONE_BY_ONE = 3;
const OLD_MS = 7 * 24 * 3_600_000;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/** Nobody answered, or somebody who is not ours. @type {Reply} */
export const NO_REPLY = { status: 0, problem: null, retryAfter: null };

/**
 * The answer when it is ours: who accepted an item names what it was about. A wifi's sign-in page may answer 200, and JSON too.
 * @param {Item} item @param {Reply & {data: any}} answer @returns {Reply}
 */
export const ours = ({ path }, answer) =>
  answer.status < 200 || answer.status >= 300 || path.split("/").includes(String(answer.data?.id)) ? answer : NO_REPLY;

/** What an answer means for an item. @param {Reply} reply @param {Item} item @returns {Verdict} */
export function verdict(reply, item) {
  const { status, problem, retryAfter } = reply;
  if (status >= 200 && status < 300) return { do: "sent" };
  // A service that is left out: its items wait until it is back.
  if (problem !== null && (problem.code === "addressUnknown" || problem.code === "serviceAway")) return { do: "retry", after: retryAfter };
  if (status === 401) return { do: "pause" };
  if (status === 409 && item.method === "PUT") return { do: "compare" };
  if (status === 408 || status === 425 || status === 429 || status >= 500 || status === 0 || problem === null) {
    return { do: "retry", after: retryAfter };
  }
  return { do: "park", problem };
}

/** Whether an item may still be undone; one that is held for longer than anything was made before somebody put the clock back. @param {Item} item @param {number} now */
const isHeld = ({ holdUntil }, now) => holdUntil > now && holdUntil <= now + UNDO_MS;

/**
 * The items that may be sent now: in order, and of each subject only the first, so that what follows on it comes after.
 * @param {Item[]} items in order of `seq` @param {number} now @returns {Item[]}
 */
export function due(items, now) {
  const held = new Set();
  return items.filter((item) => {
    const first = !held.has(item.id);
    held.add(item.id);
    return first && item.state === "waiting" && !isHeld(item, now);
  });
}

/** Whether it is a visit that can travel with others. @param {Item} item */
export const isVisit = (item) => item.method === "PUT" && item.path.startsWith("/visits/v1/visits/");

/**
 * How due items travel: up to three visits one by one, more of them together, and all else one by one.
 * @param {Item[]} items @param {number} [most] visits in one request @returns {Item[][]}
 */
export function parcels(items, most = BATCH) {
  const visits = items.filter(isVisit);
  if (visits.length <= ONE_BY_ONE) return items.map((item) => [item]);
  /** @type {Item[][]} */
  const together = [];
  for (let start = 0; start < visits.length; start += most) together.push(visits.slice(start, start + most));
  return [...together, ...items.filter((item) => !isVisit(item)).map((item) => [item])];
}

/** The body of a parcel of visits. @param {Item[]} items */
export const together = (items) => ({ items: items.map((item) => ({ ...JSON.parse(item.body), id: item.id })) });

/**
 * Whether what became of it has to be read before it is sent again: after so long, nobody remembers its key for certain.
 * @param {Item} item @param {number} now
 */
export const readFirst = (item, now) => item.method === "POST" && item.attempts > 0 && now - Date.parse(item.madeAt) > OLD_MS;

/**
 * How long to wait after failures in a row: doubled each time, up to five minutes, and spread so that laptops do not come at once.
 * @param {number} failures @param {number | null} asked seconds that the service asked for @param {() => number} random
 */
export function pause(failures, asked, random) {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.max(failures - 1, 0), LONGEST_WAIT_MS);
  return Math.max(wait * (0.5 + random() / 2), (asked ?? 0) * 1_000);
}

/** Whether a stored row has all that was sent. @param {Record<string, any>} sent @param {Record<string, any>} stored */
export function agrees(sent, stored) {
  // A card's code is never told again, and a moment may be written in another way.
  return Object.entries(sent).every(([name, value]) => {
    if (name === "card") return true;
    if (name === "startedAt") return Date.parse(value) === Date.parse(stored[name]);
    return JSON.stringify(value) === JSON.stringify(stored[name]);
  });
}

/** The same body with its beginning moved, for a laptop whose clock was found to be off. @param {string} body @param {number} offset in ms */
export function shifted(body, offset) {
  const fields = JSON.parse(body);
  if (typeof fields.startedAt !== "string") return body;
  return JSON.stringify({ ...fields, startedAt: new Date(Date.parse(fields.startedAt) + offset).toISOString() });
}

/** What stays on the laptop of a body that was sent: no free text, and no card. @param {string} body */
export function withoutText(body) {
  const { note: _, card: __, ...rest } = JSON.parse(body);
  return JSON.stringify(rest);
}
