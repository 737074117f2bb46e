/** What the form of a session holds, and the bodies that it becomes: one for each week. Pure. */
import { isMoment, momentOf, onTheWall, weekly } from "./times.js";

/**
 * @typedef {{kind: string[], title: string, day: string, from: string, to: string, digipunt: string[], location: string, seats: string,
 *   description: string, weeks: number}} Plan
 */

/** @param {string} [digipunt] @returns {Plan} */
export const emptyPlan = (digipunt = "") => ({
  kind: ["infoSession"], title: "", day: "", from: "14:00", to: "16:00", digipunt: digipunt ? [digipunt] : [],
  location: "", seats: "12", description: "", weeks: 1,
});

/** A planned session, in the form. @param {any} session @returns {Plan} */
export const planOf = (session) => ({
  kind: [session.kind],
  title: session.title,
  day: onTheWall(session.startsAt).day,
  from: onTheWall(session.startsAt).clock,
  to: onTheWall(session.endsAt).clock,
  digipunt: session.digipunt ? [session.digipunt] : [],
  location: session.location ?? "",
  seats: String(session.seats),
  description: session.description ?? "",
  weeks: 1,
});

/** What is missing or cannot be, by the name of the field. @param {Plan} plan @returns {("title" | "day" | "to" | "digipunt" | "seats")[]} */
export function lacks(plan) {
  return [
    ...(plan.title.trim() === "" ? /** @type {const} */ (["title"]) : []),
    ...(!isMoment(plan.day, plan.from) ? /** @type {const} */ (["day"]) : []),
    ...(!isMoment(plan.day || "2000-01-01", plan.to) || plan.to <= plan.from ? /** @type {const} */ (["to"]) : []),
    ...(plan.digipunt.length === 0 ? /** @type {const} */ (["digipunt"]) : []),
    ...(Number(plan.seats) < 1 ? /** @type {const} */ (["seats"]) : []),
  ];
}

/** The days on which it is, as they are chosen. @param {Plan} plan */
export const daysOf = (plan) => (isMoment(plan.day, plan.from) ? weekly(plan.day, plan.weeks) : []);

/** What may change of a session that is planned. @param {Plan} plan @param {string} [day] */
export const changesOf = (plan, day = plan.day) => ({
  title: plan.title.trim(),
  startsAt: momentOf(day, plan.from),
  endsAt: momentOf(day, plan.to),
  seats: Number(plan.seats),
  location: plan.location.trim() || null,
  description: plan.description.trim() || null,
});

/** A session for each day. @param {Plan} plan @returns {Record<string, any>[]} */
export const sessionsOf = (plan) =>
  daysOf(plan).map((day) => {
    const fields = { kind: plan.kind[0] ?? "infoSession", digipunt: plan.digipunt[0], ...changesOf(plan, day) };
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  });
