/** A list of the desk service, asked for each minute while it is looked at, and after each change of one's own. */
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";

/** @typedef {import("../../api/client.js").Answer} Answer */

const POLL_MS = 60_000;

/**
 * @param {string} path @param {number} [each] in ms
 * @returns {{rows: any[] | null, answer: Answer | null, refresh: () => Promise<any[]>}} rows stay when nobody answers
 */
export function useRows(path, each = POLL_MS) {
  const [rows, setRows] = useState(/** @type {any[] | null} */ (null));
  const [answer, setAnswer] = useState(/** @type {Answer | null} */ (null));
  const latest = useRef({ rows: /** @type {any[]} */ ([]), etag: /** @type {string | null} */ (null) });
  const refresh = async () => {
    const got = await request("GET", path, { as: "person", ifNoneMatch: latest.current.etag });
    if (got.status === 200) {
      latest.current = { rows: got.data.items, etag: got.etag };
      setRows(got.data.items);
    }
    setAnswer(got);
    return latest.current.rows;
  };
  useEffect(() => {
    void refresh();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void refresh();
    }, each);
    return () => clearInterval(timer);
  }, [path, each]);
  return { rows, answer, refresh };
}
