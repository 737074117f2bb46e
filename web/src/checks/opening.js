/**
 * On which days a digipunt is open, so on which a device can be brought back, as `common/openings.py` counts: not on a legal
 * holiday; without a pattern, weekdays. Days are texts such as `2026-03-03`. Pure.
 */

/** @typedef {{weekday: string, opens?: string, closes?: string, every?: number, first?: string | null}} Opening */

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const FIXED = ["01-01", "05-01", "07-21", "08-15", "11-01", "11-11", "12-25"];
/** Days after Easter: itself and the Monday after it, Ascension, Whit Sunday and Monday. */
const AFTER_EASTER = [0, 1, 39, 49, 50];
const DAY_MS = 24 * 3_600_000;
const FARTHEST = 400;
const USUAL_DAYS = 28;

/** @param {string} day */
const moment = (day) => Date.parse(`${day}T12:00:00Z`);

/** Some days later, or earlier. @param {string} day @param {number} days */
export const plus = (day, days) => new Date(moment(day) + days * DAY_MS).toISOString().slice(0, 10);

/** @param {string} day */
const weekdayOf = (day) => WEEKDAYS[new Date(moment(day)).getUTCDay()];

/** Easter Sunday, by the anonymous Gregorian algorithm. @param {number} year */
function easter(year) {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const [i, k] = [Math.floor(c / 4), c % 4];
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return `${year}-${String(Math.floor(n / 31)).padStart(2, "0")}-${String((n % 31) + 1).padStart(2, "0")}`;
}

/** Whether it is a legal holiday of Belgium. @param {string} day */
export const isHoliday = (day) =>
  FIXED.includes(day.slice(5)) || AFTER_EASTER.some((after) => plus(easter(Number(day.slice(0, 4))), after) === day);

/** @param {Opening} part @param {string} day */
function meets({ weekday, every = 1, first }, day) {
  if (weekdayOf(day) !== weekday) return false;
  if (every === 1 || !first) return true;
  return Math.floor((moment(day) - moment(first)) / DAY_MS / 7) % every === 0;
}

/** Whether somebody can bring something back that day. @param {Opening[] | null | undefined} opening @param {string} day */
export function isOpen(opening, day) {
  if (isHoliday(day)) return false;
  if (!opening?.length) return !["sat", "sun"].includes(weekdayOf(day) ?? "");
  return opening.some((part) => meets(part, day));
}

/**
 * The first opening day from `day` on, itself included; `day` when there is none for a long time.
 * @param {Opening[] | null | undefined} opening @param {string} day
 */
export const openingDay = (opening, day) => search(opening, day, 1) ?? day;

/**
 * The opening day after this one, or before it; null when there is none.
 * @param {Opening[] | null | undefined} opening @param {string} day @param {1 | -1} way
 */
export const nextOpening = (opening, day, way) => search(opening, plus(day, way), way);

/** @param {Opening[] | null | undefined} opening @param {string} day @param {1 | -1} way */
function search(opening, day, way) {
  for (let ahead = 0; ahead < FARTHEST; ahead += 1) {
    const each = plus(day, way * ahead);
    if (isOpen(opening, each)) return each;
  }
  return null;
}

/** Until when something is lent or kept longer, when nobody asks for another day. @param {Opening[] | null | undefined} opening @param {string} from */
export const usualDueDay = (opening, from) => openingDay(opening, plus(from, USUAL_DAYS));
