/** What to say when something could not be recorded: why not, or what to write on paper. */
import { sentence } from "../../api/refusals.js";
import { NotStored, Refused } from "../../outbox/items.js";
import { now } from "../../state/connection.js";
import { shortDay, t, time } from "../../words/t.js";

/** @param {unknown} problem what `record` threw @param {string} what what to write down */
export function failureOf(problem, what) {
  if (problem instanceof Refused) return sentence({ status: problem.problem.status, problem: problem.problem });
  if (problem instanceof NotStored) return t("devices.notStored", { what, when: `${shortDay(now())}, ${time(now())}` });
  throw problem;
}
