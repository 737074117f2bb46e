/**
 * What a service tells, kept fresh while somebody looks, in memory only. What was read before stays when nobody answers; `answer`
 * then says why, and `at` how old it is.
 */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { request } from "../api/client.js";
import { useFresh } from "./fresh.js";

/**
 * @typedef {import("../api/client.js").Answer} Answer
 * @typedef {{data: any, etag: string | null, at: number | null, answer: Answer | null, refresh: () => Promise<void>}} Reading
 */

const NOTHING = { data: null, etag: null, at: null, answer: null };

/**
 * @param {string | null} path null: there is nothing to ask yet
 * @param {{as?: import("../api/client.js").As, tagged?: boolean, timeout?: number}} [how] `tagged`: whether its tag says of everything in it
 *   that it is unchanged; that of a list does. `timeout` in ms, where an answer may take its time
 * @returns {Reading}
 */
export function useReading(path, { as = "laptop", tagged = true, timeout } = {}) {
  const [found, setFound] = useState(/** @type {Omit<Reading, "refresh"> & {path: string | null}} */ ({ path, ...NOTHING }));
  const turn = useRef(0);
  const tag = useRef(/** @type {{path: string | null, etag: string | null}} */ ({ path: null, etag: null }));

  const refresh = useCallback(async () => {
    if (path === null) return;
    const mine = ++turn.current;
    const known = tagged && tag.current.path === path ? tag.current.etag : null;
    const answer = await request("GET", path, { as, ifNoneMatch: known, ...(timeout && { timeout }) });
    // An answer that was overtaken by a later one is old.
    if (mine !== turn.current) return;
    const at = Date.now();
    if (answer.status === 200) {
      tag.current = { path, etag: answer.etag };
      setFound({ path, data: answer.data, etag: answer.etag, at, answer });
    } else if (answer.status === 304) setFound((before) => ({ ...before, at, answer }));
    else setFound((before) => ({ ...(before.path === path ? before : NOTHING), path, answer }));
  }, [path, as, tagged, timeout]);

  useFresh(refresh, [refresh]);
  // What is still under way when the question changes, or the screen is left, is an answer to nobody.
  useEffect(() => () => void (turn.current += 1), [refresh]);

  return { ...(found.path === path ? found : NOTHING), refresh };
}
