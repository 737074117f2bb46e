/** Puts right and strikes what still waits on this laptop, without ever changing what may have been sent already. */
import { discard, record, resend, rewrite, takeBack } from "../../outbox/items.js";
import { patchOf, patched } from "./merge.js";

/** @typedef {import("../../outbox/rules.js").Item} Item */
/** @typedef {Record<string, any>} Visit */
/** @typedef {{by: string | null, point: string}} Author who is at the desk now, and where */

/** Where a visit is. @param {string} id */
export const pathOf = (id) => `/visits/v1/visits/${id}`;

/** The service has other content under this id: it is a correction now. @param {Item} item */
const isThereOtherwise = ({ method, problem }) => method === "PUT" && problem?.status === 409;

/**
 * Put a visit right that waits or was refused: never tried, its text is replaced; refused, it goes again; perhaps sent, the
 * correction goes behind it.
 * @param {Item[]} items what of it waits, in order @param {Visit} before as the form showed it @param {Visit} after @param {Author} author
 */
export async function correctWaiting(items, before, after, { by, point }) {
  const patch = patchOf(before, after);
  const last = items.filter(({ method }) => method !== "POST").at(-1);
  if (last === undefined) return;
  const own = JSON.parse(last.body);
  const body = last.method === "PUT" ? patched(own, patch) : { ...own, ...patch };
  const behind = { id: last.id, method: "PATCH", path: pathOf(last.id), label: last.label, by, point };
  if (last.state === "parked") {
    if (!isThereOtherwise(last)) return resend(last, body, last.label);
    await record({ ...behind, body });
    return discard(last);
  }
  if (Object.keys(patch).length === 0) return;
  if (last.attempts > 0 || !(await rewrite(last, body, last.label))) await record({ ...behind, body: patch });
}

/**
 * Strike a visit that waits: never tried, it just goes; perhaps sent, it is struck behind it.
 * @param {Item[]} items @param {string} reason @param {Author} author
 */
export async function strikeWaiting(items, reason, { by, point }) {
  const [first] = /** @type {[Item]} */ (items);
  if (items.length === 1 && first.method === "PUT" && (await takeBack(first))) return;
  await record({ id: first.id, method: "POST", path: `${pathOf(first.id)}/void`, body: { reason }, label: first.label, by, point });
}

/** Throw away what was refused. Without its visit, what follows on it means nothing. @param {Item[]} items */
export async function throwAway(items) {
  const refused = items.find(({ state }) => state === "parked");
  for (const item of items) if (item === refused || refused?.method === "PUT") await discard(item);
}
