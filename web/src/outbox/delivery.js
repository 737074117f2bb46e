/**
 * One trip to a service: what is asked for each kind of item, and what came back.
 *
 * What may have arrived before is looked at first where sending it again could do it twice, or undo what others did meanwhile.
 */
import { BATCH_TIMEOUT_MS, request } from "../api/client.js";
import { now } from "../state/connection.js";
import * as rules from "./rules.js";

/** @typedef {import("./rules.js").Item} Item */

/**
 * Whether it is already as an action makes it, for an item whose fate has to be read first. What came back is asked of its devices:
 * a desk reads no loans. @type {Record<string, (row: any, resource: string) => boolean>}
 */
const IS_SO = {
  return: ({ state, loan }, resource) => state !== "onLoan" || !resource.endsWith(`/${loan}`),
  check: ({ checked }) => checked,
  wiped: ({ wiped }) => wiped,
  void: ({ state }) => state === "voided",
  held: ({ state }) => state === "held",
};
const ACCEPTED = { status: 200, problem: null, retryAfter: null };

/** One reply for each. @param {Item[]} items @returns {Promise<rules.Reply[] | "halve">} */
export async function answers(items) {
  const [item] = /** @type {[Item]} */ (items);
  if (items.length === 1) return [await single(item)];
  const answer = await request("POST", "/visits/v1/visits/batch", { body: rules.together(items), timeout: BATCH_TIMEOUT_MS });
  if (answer.status === 413) return "halve";
  if (answer.status !== 200) return items.map(() => answer);
  if (!Array.isArray(answer.data.items)) return items.map(() => rules.NO_REPLY);
  const results = /** @type {{id: string, status: number, problem?: rules.Problem}[]} */ (answer.data.items);
  return items.map(({ id }) => {
    const result = results.find((each) => each.id === id);
    return { status: result?.status ?? 0, problem: result?.problem ?? null, retryAfter: null };
  });
}

/** @param {Item} item @returns {Promise<rules.Reply>} */
async function single(item) {
  if (item.method === "PATCH") {
    const stored = await request("GET", item.path);
    if (stored.status !== 200) return stored;
    if (rules.agrees(JSON.parse(item.body), stored.data)) return ACCEPTED;
    return rules.ours(item, await request("PATCH", item.path, { text: item.body, etag: stored.etag }));
  }
  const known = rules.readFirst(item, now()) ? await fate(item) : null;
  return known ?? rules.ours(item, await request(item.method, item.path, { text: item.body, key: item.key }));
}

/** What became of it; null when it has to be sent. @param {Item} item @returns {Promise<rules.Reply | null>} */
async function fate({ path, body }) {
  const [, resource = "", action = ""] = path.match(/^(.*)\/(\w+)$/) ?? [];
  const isSo = IS_SO[action];
  if (isSo === undefined) return null;
  const devices = action === "return" ? /** @type {string[]} */ (JSON.parse(body).devices) : null;
  for (const row of devices?.map((id) => `/loans/v1/devices/${id}`) ?? [resource]) {
    const stored = await request("GET", row);
    if (stored.status === 403 || stored.status === 404) return null;
    if (stored.status !== 200) return stored;
    if (!isSo(stored.data, resource)) return null;
  }
  return ACCEPTED;
}

/** Whether the service has this very visit under its id. @param {Item} item */
export async function isThere(item) {
  const stored = await request("GET", item.path);
  return stored.status === 200 && rules.agrees(JSON.parse(item.body), stored.data);
}
