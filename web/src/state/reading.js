/**
 * What a service tells, asked for when a screen opens, each minute while somebody looks, and after own changes. It is held in
 * memory only. What was read before stays when nobody answers; `answer` then says why, and `at` how old it is.
 */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { request } from "../api/client.js";

/**
 * @typedef {import("../api/client.js").Answer} Answer
 * @typedef {{data: any, etag: string | null, at: number | null, answer: Answer | null, refresh: () => Promise<void>}} Reading
 */

const EACH_MS = 60_000;
const NOTHING = { data: null, etag: null, at: null, answer: null };

/**
 * @param {string | null} path null: there is nothing to ask yet
 * @param {{as?: import("../api/client.js").As, tagged?: boolean}} [how] `tagged`: whether its tag says of everything in it that it
 *   is unchanged; that of a list does
 * @returns {Reading}
 */
export function useReading(path, { as = "laptop", tagged = true } = {}) {
  const [found, setFound] = useState(/** @type {Omit<Reading, "refresh"> & {path: string | null}} */ ({ path, ...NOTHING }));
  const turn = useRef(0);
  const tag = useRef(/** @type {{path: string | null, etag: string | null}} */ ({ path: null, etag: null }));

  const refresh = useCallback(async () => {
    if (path === null) return;
    const mine = ++turn.current;
    const known = tagged && tag.current.path === path ? tag.current.etag : null;
    const answer = await request("GET", path, { as, ifNoneMatch: known });
    // An answer that was overtaken by a later one is old.
    if (mine !== turn.current) return;
    const at = Date.now();
    if (answer.status === 200) {
      tag.current = { path, etag: answer.etag };
      setFound({ path, data: answer.data, etag: answer.etag, at, answer });
    } else if (answer.status === 304) setFound((before) => ({ ...before, at, answer }));
    else setFound((before) => ({ ...(before.path === path ? before : NOTHING), path, answer }));
  }, [path, as, tagged]);

  useEffect(() => {
    void refresh();
    let asked = Date.now();
    const look = () => {
      if (document.visibilityState !== "visible" || Date.now() - asked < EACH_MS) return;
      asked = Date.now();
      void refresh();
    };
    const timer = setInterval(look, EACH_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      turn.current += 1;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [refresh]);

  return { ...(found.path === path ? found : NOTHING), refresh };
}
