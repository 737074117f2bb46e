/** Fetches the visits of today, each minute while the screen is looked at, and puts together all that is known of them. */
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { changes, outbox } from "../../outbox/items.js";
import { sent as readSent } from "../../outbox/store.js";
import { online } from "../../state/connection.js";
import { session } from "../../state/helper.js";
import { merged } from "./merge.js";

/** @typedef {import("../../api/client.js").Answer} Answer */
/** @typedef {{visits: import("./merge.js").Visit[] | null, etag: string | null, at: number}} Served */

const POLL_MS = 60_000;
/** @type {Served} */
const NOTHING = { visits: null, etag: null, at: 0 };

/** A coordinator asks as such, everybody else as this laptop: no visit shows a person. @returns {import("../../api/client.js").As} */
export const asker = () => (session.value?.role === "coordinator" ? "person" : "laptop");

/**
 * @param {string | undefined} digipunt @param {string} today
 * @returns {{rows: import("./merge.js").Row[], answer: Answer | null, refresh: () => Promise<void>}} `answer` is the last one
 */
export function useVisits(digipunt, today) {
  const [served, setServed] = useState(NOTHING);
  const [sent, setSent] = useState(/** @type {any[]} */ ([]));
  const [answer, setAnswer] = useState(/** @type {Answer | null} */ (null));
  const asked = useRef("");
  const etag = useRef(/** @type {string | null} */ (null));

  const refresh = async () => {
    if (digipunt === undefined) return;
    const path = `/visits/v1/visits?digipunt=${digipunt}&from=${today}&to=${today}&state=any&pageSize=500`;
    if (asked.current !== path) {
      etag.current = null;
      setServed(NOTHING);
    }
    asked.current = path;
    const at = Date.now();
    const got = await request("GET", path, { ifNoneMatch: etag.current, as: asker() });
    // Another day or another digipunt was asked for meanwhile.
    if (asked.current !== path) return;
    if (got.status === 200) {
      etag.current = got.etag;
      setServed({ visits: got.data.items, etag: got.etag, at });
    } else if (got.status === 304) setServed((before) => ({ ...before, at }));
    setAnswer(got);
  };

  useEffect(() => {
    void refresh();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void refresh();
    }, POLL_MS);
    return () => clearInterval(timer);
    // Also as soon as there is internet again.
  }, [digipunt, today, online.value]);
  useEffect(() => void readSent().then(setSent, () => undefined), [changes.value]);

  const here = { items: outbox.value, sent: sent.filter(({ point }) => point === digipunt), served: served.visits, servedAt: served.at, today };
  return { rows: merged(here), answer, refresh };
}
