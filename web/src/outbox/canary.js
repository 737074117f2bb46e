/**
 * Notices that the browser threw the outbox away: how many items waited, and of when, is also noted outside the database.
 *
 * @typedef {{waiting: number, first: string | null, last: string | null, from?: number}} Note
 */
import { keep, kept } from "../state/kept.js";

const NAME = "canary";

/** Note what waits now. @param {import("./rules.js").Item[]} items */
export function note(items) {
  keep(NAME, { waiting: items.length, first: items[0]?.madeAt ?? null, last: items.at(-1)?.madeAt ?? null, from: items[0]?.seq });
}

/**
 * What was lost since the last note; null when nothing was.
 * @param {boolean} existed whether the database was there before it was opened
 * @param {{seq?: number}[]} found what is in it, waiting or sent: after a power cut the note may be older than the database
 * @returns {Note | null}
 */
export function lost(existed, found) {
  const noted = kept(NAME, /** @type {Note | null} */ (null));
  if (noted === null || noted.waiting === 0) return null;
  const there = existed ? found.filter(({ seq = 0 }) => seq >= (noted.from ?? 0)).length : 0;
  return there < noted.waiting ? { ...noted, waiting: noted.waiting - there } : null;
}
