/** What the screens of figures ask, and how they put counts in rows: plain functions of an address, of days and of counts. */

/**
 * @typedef {"year" | "halfYear" | "own"} Kind
 * @typedef {{kind: Kind, from: string, to: string, municipality: string, digipunt: string, residence: boolean, service: string}} Asked
 *   `municipality` and `digipunt` are empty for all; `residence`: of who lives there, at whatever digipunt; `service`: whose
 *   bottleneck is looked at, empty for the one that stopped most people
 * @typedef {{code: string, count: number | null, status?: string}} Counted `count` is null where `status` says why
 */

export const NOT_ASKED = "notAsked";
/** Rows of a table before the rest is taken together. */
export const MOST_ROWS = 10;

/** @type {Map<string | undefined, Kind>} */
const KINDS = new Map([["halfjaar", "halfYear"], ["zelf", "own"]]);

/** The days of a period that has a name. @param {Kind} kind @param {string} today `2026-03-03` */
export function daysOf(kind, today) {
  const year = Number(today.slice(0, 4));
  if (kind !== "halfYear") return { from: `${year}-01-01`, to: today };
  return today.slice(5) < "07-01" ? { from: `${year - 1}-07-01`, to: `${year - 1}-12-31` } : { from: `${year}-01-01`, to: `${year}-06-30` };
}

/** Whether it is a day of the calendar. @param {string} text */
export const isDay = (text) => /^20\d\d-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

/** Whether two days are a period. @param {string} from @param {string} to */
export const isPeriod = (from, to) => isDay(from) && isDay(to) && from <= to;

/** What an address asks; what it does not say, or says wrongly, is this year and all that is one's own. @param {Record<string, string>} query @param {string} today @returns {Asked} */
export function read(query, today) {
  const { van = "", tot = "" } = query;
  const wanted = KINDS.get(query["periode"]) ?? "year";
  const kind = wanted === "own" && !isPeriod(van, tot) ? "year" : wanted;
  const days = kind === "own" ? { from: van, to: tot } : daysOf(kind, today);
  const { gemeente = "", digipunt = "", dienst = "" } = query;
  return { kind, ...days, municipality: gemeente, digipunt, residence: query["per"] === "woonplaats", service: dienst };
}

/** The address that asks the same. @param {Asked} asked */
export function write({ kind, from, to, municipality, digipunt, residence, service }) {
  /** @type {Record<string, string>} */
  const query = {};
  if (kind !== "year") query["periode"] = kind === "halfYear" ? "halfjaar" : "zelf";
  if (kind === "own") Object.assign(query, { van: from, tot: to });
  if (municipality) query["gemeente"] = municipality;
  if (digipunt && !residence) query["digipunt"] = digipunt;
  if (residence) query["per"] = "woonplaats";
  if (service) query["dienst"] = service;
  const text = new URLSearchParams(query).toString();
  return text && `?${text}`;
}

/**
 * What the service is asked. @param {Asked} asked @param {string[]} own one's own municipalities, for all by residence
 * @param {Record<string, string>} [more]
 */
export function parameters({ from, to, municipality, digipunt, residence }, own, more = {}) {
  const query = new URLSearchParams({ from, to, ...more });
  if (residence) for (const code of municipality ? [municipality] : own) query.append("residence", code);
  else if (digipunt) query.set("digipunt", digipunt);
  else if (municipality) query.set("municipality", municipality);
  return query.toString();
}

/** How many days there are. @param {string} from @param {string} to */
const length = (from, to) => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;

/** @param {number} time in ms */
const dayOf = (time) => new Date(time).toJSON().slice(0, 10);

/** The day after or before. @param {string} day @param {number} steps */
const shifted = (day, steps) => dayOf(Date.parse(day) + steps * 86_400_000);

/** As many whole months just before a period, or else as many days. @param {{from: string, to: string}} period */
export function before({ from, to }) {
  const end = shifted(from, -1);
  const after = shifted(to, 1);
  if (!from.endsWith("-01") || !after.endsWith("-01")) return { from: shifted(from, -length(from, to)), to: end };
  const first = 2 * monthOf(from) - monthOf(after);
  return { from: firstOf(first), to: end };
}

/** Months since year 0. @param {string} day */
const monthOf = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

/** The first day of a month. @param {number} months since year 0 */
const firstOf = (months) => `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}-01`;

const MOST_DAYS = 31;
const MOST_PARTS = 26;

/** Into what a period is cut where it is shown over time, as its drawing is. @param {{from: string, to: string}} period @returns {"day" | "month" | "quarter" | "halfYear" | "year"} */
export function cutOf({ from, to }) {
  if (length(from, to) <= MOST_DAYS) return "day";
  const parts = (/** @type {number} */ months) => Math.floor(monthOf(to) / months) - Math.floor(monthOf(from) / months) + 1;
  return /** @type {const} */ ([["month", 1], ["quarter", 3], ["halfYear", 6]]).find(([, months]) => parts(months) <= MOST_PARTS)?.[0] ?? "year";
}

/**
 * The rows of a ranking: the first ones, all others together, and how often nobody asked, which is no answer and so no rank.
 * @template {Counted} T @param {T[]} items @param {number} [most]
 * @returns {{first: T[], rest: {codes: number, count: number} | null, notAsked: T | null}}
 */
export function ranked(items, most = MOST_ROWS) {
  const answers = items.filter(({ code }) => code !== NOT_ASKED);
  // One row more than fits is shown itself: “andere (1)” says less and takes as much room.
  const cut = answers.length > most + 1 ? most : answers.length;
  const others = answers.slice(cut);
  return {
    first: answers.slice(0, cut),
    rest: others.length > 0 ? { codes: others.length, count: sum(others) } : null,
    notAsked: items.find(({ code }) => code === NOT_ASKED) ?? null,
  };
}

/** All counts together; what is hidden is in no sum. @param {Counted[]} items */
export const sum = (items) => items.reduce((total, { count }) => total + (count ?? 0), 0);

/** How long a bar is, from 0 to 100, beside the longest. @param {number | null} count @param {number} longest */
export const lengthOf = (count, longest) => (count === null || longest === 0 ? 0 : Math.round((100 * count) / longest));

/** A part of a whole in whole percents; null when there is no whole. @param {number} part @param {number} whole */
export const percent = (part, whole) => (whole > 0 ? Math.round((100 * part) / whole) : null);

/**
 * Contacts of digipunten by their municipality, most first; null where none of them was open.
 * @param {{municipality: string, contacts: number | null}[]} digipunts @returns {{code: string, count: number | null}[]}
 */
export function byMunicipality(digipunts) {
  /** @type {Map<string, number | null>} */
  const counts = new Map();
  for (const { municipality, contacts } of digipunts) {
    const others = counts.get(municipality) ?? null;
    counts.set(municipality, contacts === null ? others : (others ?? 0) + contacts);
  }
  return [...counts].map(([code, count]) => ({ code, count })).sort((one, other) => (other.count ?? 0) - (one.count ?? 0) || one.code.localeCompare(other.code));
}

/** The numbers that were typed, such as “1.000, 1500 en 1750”. @param {string} text */
export const stepsOf = (text) => (text.replace(/(\d)[.\u202f\u00a0](?=\d{3}(?!\d))/g, "$1").match(/\d+/g) ?? []).map(Number);

/** The months until a day, the newest first, `2026-03`. @param {string} today @param {number} most */
export const monthsUntil = (today, most) =>
  Array.from({ length: most }, (_, back) => monthOf(today) - back).map((at) => firstOf(at).slice(0, 7));

/** The half-years and years that are over, the newest first. @param {string} today @param {number} [most] @returns {{kind: "halfYear" | "year", year: number, half: 1 | 2 | null, from: string, to: string}[]} */
export function reportable(today, most = 6) {
  const found = [];
  for (let year = Number(today.slice(0, 4)); found.length < most; year -= 1) {
    if (year < Number(today.slice(0, 4))) found.push({ kind: /** @type {const} */ ("year"), year, half: null, from: `${year}-01-01`, to: `${year}-12-31` });
    for (const half of /** @type {const} */ ([2, 1])) {
      const [from, to] = half === 1 ? [`${year}-01-01`, `${year}-06-30`] : [`${year}-07-01`, `${year}-12-31`];
      if (to < today) found.push({ kind: /** @type {const} */ ("halfYear"), year, half, from, to });
    }
  }
  return found.slice(0, most);
}
