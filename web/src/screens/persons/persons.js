/** *Gegevens*: what is kept of a borrower, to give or to erase; how long what is kept, and who looked. For coordinators. */
import { useEffect, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { isPhone } from "../../checks/scan.js";
import { html } from "../../html.js";
import { Field } from "../../parts/field.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { online } from "../../state/connection.js";
import { spoken } from "../../words/phone.js";
import { t, tn } from "../../words/t.js";
import { Sure } from "../people/sure.js";
import { Clock } from "./clock.js";
import { Erased } from "./erased.js";
import { erase, everythingOf } from "./rights.js";
import { Trail } from "./trail.js";

/** @typedef {import("../devices/names.js").Borrower} Borrower */
/** @typedef {{id: string, parts: import("./rights.js").Part[]}} Gone */

/** @param {string} text */
const searched = (text) => (isPhone(text) ? { phone: text.trim() } : text.includes("@") ? { email: text.trim() } : { name: text.trim() });

/** Let the browser keep a text as a file, named after the number of the file and nobody. @param {string} text @param {string} name */
function keep(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}

export default function Persons() {
  const [text, setText] = useState("");
  const [found, setFound] = useState(/** @type {Borrower[] | null} */ (null));
  const [asked, setAsked] = useState(/** @type {Borrower | null} */ (null));
  const [gone, setGone] = useState(/** @type {Gone | null} */ (null));
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  useEffect(() => () => setFound(null), []);
  const search = async () => {
    if (!text.trim() || busy) return;
    setBusy(true);
    setProblem("");
    setGone(null);
    const answer = await request("POST", "/loans/v1/borrowers/query?pageSize=20", { body: searched(text), as: "person" });
    setBusy(false);
    if (answer.status === 200) setFound(answer.data.items);
    else setProblem(sentence(answer));
  };
  const give = async (/** @type {Borrower} */ { id }) => {
    const all = await everythingOf(id);
    if ("refused" in all) setProblem(sentence(all.refused));
    else keep(all.text, `${id}.json`);
  };
  const remove = async (/** @type {Borrower} */ { id }) => {
    const done = await erase(id);
    if ("refused" in done) return sentence(done.refused);
    setAsked(null);
    setFound(null);
    setText("");
    setGone({ id, parts: done.parts });
    return null;
  };
  return html`
    <${Screen} title=${t("persons.title")}>
      <p>${t("persons.text")}</p>
      <form class="screen" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); void search(); }}>
        <${Field} name="who" label=${t("persons.who")} hint=${t("persons.whoHint")} value=${text} onInput=${setText} maxLength=${200} />
        <p class="buttons">
          <button type="submit" class="button button-main" data-name="search" disabled=${!online.value || busy}>${t("persons.search")}</button>
        </p>
      </form>
      ${(problem || !online.value) && html`<${Notice} kind="err" live><p data-name="problem">${problem || t("common.noInternet")}</p><//>`}
      <p role="status">${found === null ? "" : found.length === 0 ? t("persons.nobody") : tn("persons.found", found.length)}</p>
      ${found !== null && found.length > 0 && html`<ul class="rows">${found.map((borrower) => html`
        <li class="row" key=${borrower.id}>
          <span class="row-main"><strong>${borrower.name}</strong>${borrower.phone && ` ${spoken(borrower.phone)}`}</span>
          <p class="buttons">
            <button type="button" class="button" data-name="give" disabled=${!online.value} aria-label=${`${t("persons.give")}: ${borrower.name}`}
              onClick=${() => void give(borrower)}>${t("persons.give")}</button>
            <button type="button" class="button" data-name="erase" disabled=${!online.value} aria-label=${`${t("persons.erase")}: ${borrower.name}`}
              onClick=${() => setAsked(borrower)}>${t("persons.erase")}</button>
          </p>
        </li>`)}</ul>`}
      ${gone !== null && html`<${Erased} key=${gone.id} id=${gone.id} first=${gone.parts} />`}
      <${Clock} />
      <${Trail} />
      ${asked !== null &&
      html`<${Sure} title=${t("persons.sure", { name: asked.name })} text=${t("persons.sureText")} yes=${t("persons.erase")}
        onYes=${() => remove(asked)} onClose=${() => setAsked(null)} />`}
    <//>
  `;
}
