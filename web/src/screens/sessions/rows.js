/** Sessions as the list shows them: what of them is kept on the laptop, and under which day and heading they stand. Pure. */
import { onTheWall } from "./times.js";

/**
 * @typedef {{id: string, kind: string, title: string, startsAt: string, endsAt: string, seats: number, taken: number, waiting: number,
 *   state: string, digipunt?: string, present?: number, waits?: boolean}} Row
 * @typedef {"count" | "coming" | "past"} Group
 */

/** What may stay on the laptop: nothing that somebody wrote about a place or a person. @param {any} session @returns {Row} */
export const rowOf = ({ id, kind, title, startsAt, endsAt, seats, taken = 0, waiting = 0, state, digipunt, attendance }) => ({
  id, kind, title, startsAt, endsAt, seats, taken, waiting, state,
  ...(digipunt ? { digipunt } : {}),
  ...(attendance ? { present: attendance.present } : {}),
});

/**
 * A row with the count that waits on this laptop: what was done here is not overwritten by what a service does not know yet.
 * @param {Row} row @param {{id: string, path: string, body: string, state: string}[]} items of the outbox @returns {Row}
 */
export function withCount(row, items) {
  const item = items.find(({ id, path, state }) => id === row.id && path.endsWith("/held") && state === "waiting");
  return item === undefined ? row : { ...row, state: "held", present: JSON.parse(item.body).present, waits: true };
}

/** Where it stands: to be counted from its beginning on, until somebody did. @param {Row} row @param {number} now @returns {Group} */
export function groupOf(row, now) {
  if (row.state === "held") return "past";
  if (row.state === "cancelled") return Date.parse(row.endsAt) < now ? "past" : "coming";
  return Date.parse(row.startsAt) <= now ? "count" : "coming";
}

/** Rows of one group by day: what comes in its order, what was the latest first. @param {Row[]} rows @param {Group} group @param {number} now */
export function byDay(rows, group, now) {
  const mine = rows.filter((row) => groupOf(row, now) === group).sort((one, other) => Date.parse(one.startsAt) - Date.parse(other.startsAt));
  if (group === "past") mine.reverse();
  /** @type {Map<string, Row[]>} */
  const days = new Map();
  for (const row of mine) {
    const { day } = onTheWall(row.startsAt);
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  return [...days.values()];
}
