/** The sentence for a refusal: of the service, or of our own where the laptop itself refused. */
import { has, t } from "../words/t.js";

/** @typedef {{status: number, problem: import("./client.js").Problem | null}} Refusal */

/** The fields that were refused, such as "note" or "bottlenecks". @param {import("./client.js").Problem | null} problem @returns {string[]} */
export const fieldsOf = (problem) => (problem?.issues ?? []).map(({ name }) => (name ?? "").split(/[.[]/)[0] ?? "");

/** What went wrong, in a sentence to show. @param {Refusal} answer */
export function sentence({ problem }) {
  if (problem === null) return t("common.noInternet");
  if (has(`refusal.${problem.code}`)) return t(`refusal.${problem.code}`);
  return problem.issues?.[0]?.detail || problem.detail || t("common.somethingElse");
}
