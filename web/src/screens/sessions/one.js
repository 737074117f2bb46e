/** One session, read again while it is looked at; without internet what the list kept of it. */
import { outbox } from "../../outbox/items.js";
import { session as signedIn } from "../../state/helper.js";
import { kept } from "../../state/kept.js";
import { useReading } from "../../state/reading.js";
import { rowOf, withCount } from "./rows.js";

/** Who asks: a coordinator for every place, else the desk for its own. @returns {"person" | "laptop"} */
export const asker = () => (signedIn.value?.role === "coordinator" ? "person" : "laptop");

/**
 * @param {string} id
 * @returns {{row: import("./rows.js").Row | null, full: any, reading: import("../../state/reading.js").Reading}}
 *   `full`: all of it, only as the service told it
 */
export function useSession(id) {
  // The seats that are taken do not change its version, so its tag says nothing of them.
  const reading = useReading(`/visits/v1/sessions/${id}`, { as: asker(), tagged: false });
  const full = reading.data;
  /** @type {import("./rows.js").Row | null} */
  const found = full !== null ? rowOf(full) : (kept("sessions", { rows: [] }).rows.find((/** @type {any} */ each) => each.id === id) ?? null);
  const row = found && withCount(found, outbox.value);
  const there = reading.answer?.status !== 404 && (full !== null || reading.answer?.status === 0);
  return { row: there ? row : null, full, reading };
}
