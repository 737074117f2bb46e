/** Finds a borrower by whole words of the name, or by the whole number. What was searched for is in no address and is not kept. */
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { isPhone } from "../../checks/scan.js";
import { html } from "../../html.js";
import { Field } from "../../parts/field.js";
import { spoken } from "../../words/phone.js";
import { t, tn } from "../../words/t.js";
import { NeedsNetwork, OnlineButton, Problem, useWork } from "./network.js";
import { NewBorrower } from "./new_borrower.js";

/** @typedef {import("./names.js").Borrower} Borrower */

/** @param {string} text */
const searched = (text) => (isPhone(text) ? { phone: text.trim() } : text.includes("@") ? { email: text.trim() } : { name: text.trim() });

/** Who stands for them. @param {Borrower} borrower */
const other = ({ contact, via }) => (contact ?? via)?.name ?? "";

/** @param {{title?: string, first?: string, onPick: (borrower: Borrower) => void, pick: string}} props */
export function Who({ title, first = "", onPick, pick }) {
  const [text, setText] = useState(first);
  const [found, setFound] = useState(/** @type {Borrower[] | null} */ (null));
  const [isNew, setNew] = useState(false);
  const { working, problem, run } = useWork();
  const status = useRef(/** @type {HTMLElement | null} */ (null));
  const search = () => {
    if (!text.trim()) return;
    void run(
      () => request("POST", "/loans/v1/borrowers/query?pageSize=20", { body: searched(text), as: "person" }),
      (page) => setFound(page.items),
    );
  };
  useEffect(() => {
    if (first) search();
  }, []);
  useEffect(() => void (found && status.current?.focus()), [found]);
  if (isNew) return html`<${NewBorrower} name=${isPhone(text) ? "" : text} phone=${isPhone(text) ? text : ""} onAdded=${onPick}
    onBack=${() => setNew(false)} />`;
  return html`
    ${title && html`<h2>${title}</h2>`}
    <form class="screen" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); search(); }}>
      <${Field} name="who" label=${t("lend.who.label")} hint=${t("lend.who.hint")} value=${text} onInput=${setText} maxLength=${200} focus=${found === null} />
      <${NeedsNetwork} />
      <p class="buttons"><${OnlineButton} type="submit" main=${found === null} working=${working} name="search">${t("devices.search")}<//></p>
    </form>
    <${Problem} text=${problem} />
    <p ref=${status} tabindex="-1" role="status">${found === null ? "" : found.length === 0 ? t("lend.who.nobody") : tn("lend.who.found", found.length)}</p>
    ${found !== null &&
    found.length > 0 &&
    html`<ul class="rows">
      ${found.map((borrower) => html`
        <li class="row" key=${borrower.id}>
          <span class="row-main"><strong>${borrower.name}</strong>${borrower.phone && ` ${spoken(borrower.phone)}`}
            ${other(borrower) !== "" && html`<span class="row-note">${t("lend.who.via", { name: other(borrower) })}</span>`}
          </span>
          <button type="button" class="button" data-name="pick" onClick=${() => onPick(borrower)} aria-label=${`${pick}: ${borrower.name}`}>${pick}</button>
        </li>
      `)}
    </ul>`}
    <p class="buttons"><button type="button" class="button" data-name="new-borrower" onClick=${() => setNew(true)}>${t("lend.who.new")}</button></p>
  `;
}
