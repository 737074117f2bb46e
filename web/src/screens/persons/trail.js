/** Who saw, changed, gave or erased whose data in lending, the latest first, and whether nobody changed that list. No name stands in it. */
import { useEffect, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { has, t } from "../../words/t.js";
import { when } from "./erased.js";

/** @typedef {{at: string, who: string, role?: string, helper?: string, what: string, kind: string, person?: string, number?: number}} Entry */

const MOST = 20;

/** @param {string} kind */
const kindOf = (kind) => (has(`persons.of.${kind}`) ? t(`persons.of.${kind}`) : kind);

export function Trail() {
  const [entries, setEntries] = useState(/** @type {Entry[] | null} */ (null));
  const [whole, setWhole] = useState(/** @type {boolean | null} */ (null));
  useEffect(() => {
    let current = true;
    const ask = (/** @type {string} */ path) => request("GET", path, { as: "person" });
    void Promise.all([ask(`/loans/v1/trail?pageSize=${MOST}`), ask("/loans/v1/trail/check")]).then(([list, check]) => {
      if (!current) return;
      if (list.status === 200) setEntries(list.data.items);
      if (check.status === 200) setWhole(check.data.whole);
    });
    return () => {
      current = false;
    };
  }, []);
  if (entries === null) return null;
  return html`
    <section data-name="trail">
      <h2>${t("persons.trail")}</h2>
      ${whole === false && html`<${Notice} kind="err"><p>${t("persons.trailBroken")}</p><//>`}
      ${whole === true && html`<p class="hint">${t("persons.trailWhole")}</p>`}
      <ul class="rows">
        ${entries.map(
          (each) => html`
            <li class="row" key=${`${each.at} ${each.kind} ${each.person}`}>
              <span class="row-main">${when(each.at)}: ${t(`persons.what.${each.what}`)}, ${kindOf(each.kind)}
                <span class="row-note">${each.helper ?? each.who}${each.person && ` → ${each.person.slice(0, 8)}`}</span>
              </span>
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}
