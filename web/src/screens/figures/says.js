/** Figures in words: days, moments, numbers with their sign, and rows of a ranking. */
import { lengthOf, NOT_ASKED, ranked } from "../../checks/figures.js";
import { codes, label } from "../../state/refdata.js";
import { date, isoDay, month, number, t, time, tn } from "../../words/t.js";

/** @typedef {import("../../checks/figures.js").Counted} Counted */

/** “1 januari 2026 tot en met 30 juni 2026”. @param {{from: string, to: string}} period */
export const days = ({ from, to }) => (from === to ? date(from) : t("figures.days", { from: date(from), to: date(to) }));

/** “10.12 uur”, with its day when that is not today. @param {string | number} moment @param {number} today */
export const moment = (moment, today) =>
  isoDay(moment) === isoDay(today) ? time(moment) : t("figures.dayAndTime", { day: date(moment), time: time(moment) });

/** A part of a period by its first day: “3 maart 2026”, “maart 2026”, or “vanaf januari 2026”. @param {string} first @param {string} by */
export const partSaid = (first, by) => (by === "day" ? date(first) : by === "month" ? month(first) : t("figures.since", { month: month(first) }));

/** What stands for a number that is not told, by its sign (`value` null). @param {string | undefined} status */
const untold = (status) => t(`figures.sign.${status === "z" || status === "x" ? status : "c"}`);

/** @param {number | null} count @param {string} [status] */
export const counted = (count, status) => (count === null ? untold(status) : number(count));

/** “38 %”. @param {number} n */
export const percents = (n) => t("figures.percent", { n: number(n) });

/**
 * The rows of a ranking.
 * @param {Counted[]} items @param {string} list whose codes they are @param {{inOrder?: boolean}} [how] `inOrder`: of the list, for
 *   answers that have one, such as ages
 * @returns {import("../../parts/bars.js").Bar[]}
 */
export function bars(items, list, { inOrder = false } = {}) {
  const order = codes(list).map(({ code }) => code);
  const sorted = inOrder ? [...items].sort((one, other) => order.indexOf(one.code) - order.indexOf(other.code)) : items;
  const { first, rest, notAsked } = ranked(sorted, inOrder ? order.length : undefined);
  const longest = Math.max(0, ...[...first, ...(notAsked ? [notAsked] : [])].map(({ count }) => count ?? 0));
  const row = (/** @type {Counted} */ { code, count, status }) => ({
    label: code === NOT_ASKED ? t("figures.notAsked") : label(list, code), count, said: counted(count, status), length: lengthOf(count, longest), name: code,
  });
  return [
    ...first.map(row),
    ...(rest ? [{ label: tn("figures.others", rest.codes), count: rest.count, said: number(rest.count), length: 0, quiet: true, name: "others" }] : []),
    ...(notAsked ? [{ ...row(notAsked), quiet: true }] : []),
  ];
}
