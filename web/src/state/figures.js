/**
 * Figures as the service last gave them. This tab keeps them with their time, so that they are still there without internet; they
 * go with the session, for they are shown to who signed in only.
 */
import { BATCH_TIMEOUT_MS } from "../api/client.js";
import { beforeLeave } from "./helper.js";
import { keepInTab, ofTab } from "./kept.js";
import { useReading } from "./reading.js";

/** Answers that are kept; the last ones that were asked. */
const MOST = 12;
const NAME = "figures";

/**
 * @typedef {{data: any, at: number}} Kept
 * @typedef {{data: any, at: number | null, isOld: boolean, failed: import("../api/client.js").Answer | null, refresh: () => Promise<void>}} Figures
 *   `isOld`: they could not be asked again; `failed` is the answer that gave nothing
 */

/** @returns {Record<string, Kept>} */
const all = () => ofTab(NAME) ?? {};

beforeLeave.add(() => keepInTab(NAME, null));

/** @param {string} path @param {Kept} answer */
function note(path, answer) {
  const { [path]: _, ...others } = all();
  keepInTab(NAME, Object.fromEntries([...Object.entries(others), [path, answer]].slice(-MOST)));
}

/** @param {string | null} path @returns {Figures} */
export function useFigures(path) {
  const { data, at, answer, refresh } = useReading(path, { as: "person", timeout: BATCH_TIMEOUT_MS });
  const failed = answer !== null && answer.status !== 200 && answer.status !== 304 ? answer : null;
  if (data !== null && at !== null) {
    if (failed === null && path !== null && all()[path]?.at !== at) note(path, { data, at });
    return { data, at, isOld: failed !== null, failed, refresh };
  }
  // A refusal is an answer; only where there is none, what was kept helps.
  const known = failed !== null && failed.problem === null && path !== null ? all()[path] : undefined;
  return { data: known?.data ?? null, at: known?.at ?? null, isOld: known !== undefined, failed, refresh };
}
