/**
 * One trip to a service: what is asked for each kind of item, and what came back.
 *
 * What may have arrived before is looked at first where sending it again could do it twice, or undo what others did meanwhile.
 */
import { BATCH_TIMEOUT_MS, request } from "../api/client.js";
import { now } from "../state/connection.js";
import * as rules from "./rules.js";

/** @typedef {import("./rules.js").Item} Item */

/** What the actions lead to, for an item whose fate has to be read first. @type {Record<string, string[]>} */
const OUTCOME = { return: ["returned", "closed"], void: ["voided"], held: ["held"] };

/** One reply for each. @param {Item[]} items @returns {Promise<rules.Reply[] | "halve">} */
export async function answers(items) {
  const [item] = /** @type {[Item]} */ (items);
  if (items.length === 1) return [await single(item)];
  const answer = await request("POST", "/visits/v1/visits/batch", { body: rules.together(items), timeout: BATCH_TIMEOUT_MS });
  if (answer.status === 413) return "halve";
  if (answer.status !== 200) return items.map(() => answer);
  const results = /** @type {{id: string, status: number, problem?: rules.Problem}[]} */ (answer.data.items);
  return items.map(({ id }) => {
    const result = results.find((each) => each.id === id);
    return { status: result?.status ?? 0, problem: result?.problem ?? null, retryAfter: null };
  });
}

/** @param {Item} item @returns {Promise<rules.Reply>} */
async function single(item) {
  const accepted = { status: 200, problem: null, retryAfter: null };
  if (item.method === "PATCH") {
    const stored = await request("GET", item.path);
    if (stored.status !== 200) return stored;
    if (rules.agrees(JSON.parse(item.body), stored.data)) return accepted;
    return request("PATCH", item.path, { text: item.body, etag: stored.etag });
  }
  if (rules.readFirst(item, now())) {
    const [, resource = "", action = ""] = item.path.match(/^(.*)\/(\w+)$/) ?? [];
    const stored = await request("GET", resource);
    if (stored.status === 200 && OUTCOME[action]?.includes(stored.data.state)) return accepted;
  }
  return request(item.method, item.path, { text: item.body, key: item.key });
}

/** Whether the service has this very visit under its id. @param {Item} item */
export async function isThere(item) {
  const stored = await request("GET", item.path);
  return stored.status === 200 && rules.agrees(JSON.parse(item.body), stored.data);
}
