/** What each service did to erase somebody; who has still to hear of it is asked again until it has said so. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { has, isoDay, shortDay, t, time } from "../../words/t.js";
import { heard } from "./rights.js";

const EACH_MS = 2_000;

/** @param {string} kind */
const nameOf = (kind) => (has(`persons.kind.${kind}`) ? t(`persons.kind.${kind}`) : kind);

/** @param {string} moment */
export const when = (moment) => (isoDay(moment) === isoDay(Date.now()) ? time(moment) : `${shortDay(moment)}, ${time(moment)}`);

/** @param {{id: string, first: import("./rights.js").Part[]}} props */
export function Erased({ id, first }) {
  const [parts, setParts] = useState(first);
  const waits = parts.some(({ steps }) => steps === null);
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setInterval(() => void heard(id, parts).then(setParts), EACH_MS);
    return () => clearInterval(timer);
  }, [id, parts, waits]);
  return html`
    <${Notice} kind=${waits ? "warn" : "ok"} live>
      <p data-name="erased">${t(waits ? "persons.erasedPartly" : "persons.erased")}</p>
      <ul>
        ${parts.map(
          ({ service, steps }) => html`
            <li key=${service}>
              <strong>${t(`persons.service.${service}`)}</strong>${" "}
              ${steps === null ? t("persons.waits") : steps.map(({ kind, count, at }) => `${nameOf(kind)} (${count}, ${when(at)})`).join(", ")}
            </li>
          `,
        )}
      </ul>
      <p>${t("persons.number", { id })}</p>
    <//>
  `;
}
