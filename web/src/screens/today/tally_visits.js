/** The visits that a sheet of strokes stands for. Pure. */
import { momentOf } from "./clock.js";

/** @typedef {Record<string, number>} Counts strokes a theme */

/** From so many on, somebody is asked whether they are meant. */
export const MANY = 50;

/** @param {Counts} counts */
export const total = (counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);

/**
 * One body a stroke: at noon of that day, or now when noon is still to come; at the digipunt.
 * @param {Counts} counts @param {string} day @param {string} digipunt @param {number} now in ms
 * @returns {{digipunt: string, startedAt: string, themes: string[], place: string}[]}
 */
export function visitsOf(counts, day, digipunt, now) {
  const startedAt = new Date(Math.min(/** @type {number} */ (momentOf(day, "12:00")), now)).toISOString();
  return Object.entries(counts).flatMap(([theme, count]) =>
    Array.from({ length: count }, () => ({ digipunt, startedAt, themes: [theme], place: "point" })),
  );
}

/** The strokes that are left when one visit was kept. @param {Counts} counts @param {string} theme @returns {Counts} */
export const without = (counts, theme) => ({ ...counts, [theme]: Math.max((counts[theme] ?? 0) - 1, 0) });
