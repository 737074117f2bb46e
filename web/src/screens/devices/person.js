/** *Lener*: finds somebody, and shows what they have, what lies ready for them and what they wait for. */
import { useLocation } from "preact-iso/router";
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { html } from "../../html.js";
import { Screen } from "../../parts/screen.js";
import { deviceOf } from "../../state/lending.js";
import { label } from "../../state/refdata.js";
import { t } from "../../words/t.js";
import { capital, dayName, namesOf, Person as Name } from "./names.js";
import { NeedsNetwork } from "./network.js";
import { Who } from "./who.js";

/** @typedef {import("./names.js").Borrower} Borrower */

/**
 * What was typed elsewhere, and who was picked, on the way to the next screen: in memory only, for it is about a person.
 * @type {{value: string, picked: Borrower | null}}
 */
export const wanted = { value: "", picked: null };

export default function Person() {
  const first = useRef(wanted.value);
  const [borrower, setBorrower] = useState(/** @type {Borrower | null} */ (null));
  useEffect(() => void (wanted.value = ""), []);
  return html`
    <${Screen} title=${t("lend.person.title")} focus=${false}>
      ${borrower === null
        ? html`<${Who} first=${first.current} pick=${t("lend.person.show")} onPick=${setBorrower} />`
        : html`<${Card} borrower=${borrower} onOther=${() => { first.current = ""; setBorrower(null); }} />`}
    <//>
  `;
}

/** @param {{borrower: Borrower, onOther: () => void}} props */
function Card({ borrower, onOther }) {
  const { route } = useLocation();
  const [rows, setRows] = useState(/** @type {{loans: any[], wishes: any[]} | null} */ (null));
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    heading.current?.focus();
    let current = true;
    const ask = (/** @type {string} */ what) => request("GET", `/loans/v1/${what}?borrower=${borrower.id}&pageSize=100`, { as: "person" });
    void Promise.all([ask("loans"), ask("requests")]).then(([loans, wishes]) => {
      if (!current || loans.status !== 200 || wishes.status !== 200) return;
      setRows({
        loans: loans.data.items.filter((/** @type {any} */ each) => each.state === "handedOver" || each.state === "ready"),
        wishes: wishes.data.items.filter((/** @type {any} */ each) => each.state === "requested"),
      });
    });
    return () => {
      current = false;
    };
  }, [borrower.id]);
  const lend = () => {
    wanted.picked = borrower;
    route("/toestellen/meegeven");
  };
  return html`
    <h2 ref=${heading} tabindex="-1"><${Name} borrower=${borrower} /></h2>
    ${rows === null && html`<p role="status">${t("common.wait")}</p><${NeedsNetwork} />`}
    ${rows !== null && rows.loans.length + rows.wishes.length === 0 && html`<p role="status">${t("lend.person.nothing")}</p>`}
    ${rows !== null &&
    html`<ul class="rows">
      ${rows.loans.map((loan) => html`<${Loan} key=${loan.id} loan=${loan} />`)}
      ${rows.wishes.map((wish) => html`
        <li class="row" key=${wish.id}>
          <span class="row-main">${t("lend.person.waits", { kind: label("deviceKind", wish.deviceKind), day: dayName(wish.requestedOn) })}</span>
          <a class="button" href=${`/toestellen/aanvraag/${wish.id}`}>${t("devices.do.answer")}</a>
        </li>
      `)}
    </ul>`}
    <p class="buttons">
      <button type="button" class="button button-main" data-name="lend" onClick=${lend}>${t("devices.lend")}</button>
      <button type="button" class="button" onClick=${onOther}>${t("lend.person.other")}</button>
    </p>
  `;
}

/** @param {{loan: any}} props */
function Loan({ loan }) {
  const isReady = loan.state === "ready";
  const ids = (isReady ? loan.devices : loan.out).filter((/** @type {string} */ id) => isReady || deviceOf(id)?.loan !== null);
  if (ids.length === 0) return null;
  return html`
    <li class="row">
      <span class="row-main"><strong>${capital(namesOf(ids))}</strong> <span class="row-note">${t("devices.until", { day: dayName(loan.dueOn) })}</span></span>
      ${isReady
        ? html`<a class="button" href=${`/toestellen/klaar/${loan.id}`}>${t("devices.do.ready")}</a>`
        : html`<a class="button" href=${`/toestellen/terug/${loan.id}`}>${t("devices.do.back")}</a>
            <a class="button" href=${`/toestellen/langer/${loan.id}`}>${t("devices.do.longer")}</a>`}
    </li>
  `;
}
