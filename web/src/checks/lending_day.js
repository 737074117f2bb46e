/**
 * The desk's day of lending: the six lists, as they are once what waits here has arrived, and what of them a laptop may keep.
 * Pure.
 */

/**
 * @typedef {import("./devices.js").Device} Device
 * @typedef {{devices: string[], deviceLabels: string[], deviceKinds: string[], out: string[]}} Lent
 * @typedef {Lent & {id: string, dueOn: string, digipunt: string, borrower?: string}} Loan
 * @typedef {{id: string, deviceKind: string, requestedOn: string, number: number, note?: string, borrower?: string}} Wish
 * @typedef {{day: string, counts: Record<string, number>, toComeBack: Loan[], late: Loan[], ready: Loan[], waiting: Wish[], embedded: Record<string, any>}} Day
 * @typedef {{loans: Record<"toComeBack" | "late" | "ready", Loan[]>, devices: Record<"toCheck" | "toWipe", Device[]>, waiting: Wish[]}} Rows
 * @typedef {Rows & {counts: Record<ListName, number>}} Lists
 * @typedef {"toComeBack" | "late" | "ready" | "toCheck" | "toWipe" | "waiting"} ListName
 */

/** @type {ListName[]} */
export const LISTS = ["toComeBack", "late", "ready", "toCheck", "toWipe", "waiting"];

/** @param {Loan} loan @returns {Loan} */
const bareLoan = ({ id, devices, deviceLabels, deviceKinds, out, dueOn, digipunt }) => ({
  id, devices, deviceLabels, deviceKinds, out: out ?? [], dueOn, digipunt,
});

/** What may stay on the laptop: no borrower, no note. @param {Day} day @returns {Day} */
export const bareDay = ({ day, counts, toComeBack, late, ready, waiting }) => ({
  day,
  counts,
  toComeBack: toComeBack.map(bareLoan),
  late: late.map(bareLoan),
  ready: ready.map(bareLoan),
  waiting: waiting.map(({ id, deviceKind, requestedOn, number }) => ({ id, deviceKind, requestedOn, number })),
  embedded: {},
});

/**
 * The six lists with their numbers, for today, which may be a day after they were asked for.
 * @param {Day} day @param {Device[]} devices as they are here, with what waits @param {string} here @param {string} today
 * @returns {Lists}
 */
export function lists(day, devices, here, today) {
  const known = new Map(devices.map((device) => [device.id, device]));
  /** @param {string} id @param {string} loan */
  const isOut = (id, loan) => known.get(id) === undefined || known.get(id)?.loan === loan;
  const before = [...day.late, ...day.toComeBack];
  const out = before
    .map((loan) => ({ ...loan, out: (loan.out ?? []).filter((id) => isOut(id, loan.id)) }))
    .filter((loan) => loan.out.length > 0);
  const loans = {
    toComeBack: out.filter(({ dueOn }) => dueOn === today),
    late: out.filter(({ dueOn }) => dueOn < today),
    ready: day.ready,
  };
  const resting = devices.filter(({ at }) => at === here);
  const atRest = {
    toCheck: resting.filter(({ state }) => state === "returnedUnchecked"),
    toWipe: resting.filter(({ state }) => state === "toWipe"),
  };
  // Of a long list only the first rows are here: its number is the one that was told, less what came back since.
  const more = (/** @type {"toComeBack" | "late"} */ name) => Math.max(0, (day.counts[name] ?? 0) - day[name].length);
  return {
    counts: {
      toComeBack: loans.toComeBack.length + more("toComeBack"),
      late: loans.late.length + more("late"),
      ready: day.counts["ready"] ?? day.ready.length,
      toCheck: atRest.toCheck.length,
      toWipe: atRest.toWipe.length,
      waiting: day.counts["waiting"] ?? day.waiting.length,
    },
    loans,
    devices: atRest,
    waiting: day.waiting,
  };
}
