/**
 * Notices that the browser threw the outbox away: how many items waited, and of when, is also noted outside the database.
 *
 * @typedef {{waiting: number, first: string | null, last: string | null}} Note
 */
import { keep, kept } from "../state/kept.js";

const NAME = "canary";

/** Note what waits now. @param {import("./rules.js").Item[]} items */
export function note(items) {
  keep(NAME, { waiting: items.length, first: items[0]?.madeAt ?? null, last: items.at(-1)?.madeAt ?? null });
}

/**
 * What was lost since the last note; null when nothing was.
 * @param {boolean} existed whether the database was there before it was opened
 * @param {number} found how many items are in it
 * @returns {Note | null}
 */
export function lost(existed, found) {
  /** @type {Note | null} */
  const noted = kept(NAME, null);
  if (noted === null || noted.waiting === 0) return null;
  return !existed || found < noted.waiting ? { ...noted, waiting: noted.waiting - (existed ? found : 0) } : null;
}
