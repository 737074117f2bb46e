/** Helpers under the digipunten where they help. Pure. */

/** @typedef {import("./helper_form.js").Helper} Helper */
/** @typedef {{id: string, name: string, helpers: Helper[]}} Group */

/**
 * Each helper under each of their digipunten, by name; digipunten without helpers are left out, and who helps at none that is
 * known here stands last, under no name.
 * @param {Helper[]} helpers @param {{id: string, name: string}[]} points @returns {Group[]}
 */
export function byPoint(helpers, points) {
  const sorted = [...helpers].sort((one, other) => one.name.localeCompare(other.name, "nl"));
  const groups = [...points]
    .sort((one, other) => one.name.localeCompare(other.name, "nl"))
    .map(({ id, name }) => ({ id, name, helpers: sorted.filter((helper) => helper.digipunts.includes(id)) }));
  const known = new Set(points.map(({ id }) => id));
  const rest = sorted.filter((helper) => !helper.digipunts.some((id) => known.has(id)));
  return [...groups, { id: "", name: "", helpers: rest }].filter((group) => group.helpers.length > 0);
}
