/** The first page of a laptop that is no desk yet: a coordinator's code, or, for who came with the link of this machine, the digipunt. */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { outbox } from "../../outbox/items.js";
import { Choice } from "../../parts/choice.js";
import { Field } from "../../parts/field.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { laptop, pair, pairingAgain, takenBack } from "../../state/device.js";
import { session } from "../../state/helper.js";
import { linkFailed } from "../../state/link.js";
import { digipunts, digipuntsRead, workUnpaired } from "../../state/point.js";
import { t, tn } from "../../words/t.js";
import { Account } from "./account.js";
import { FirstPoint } from "./first_point.js";
import { Languages } from "./languages.js";

export function Pair() {
  return html`
    <main id="main">
      ${takenBack.value && outbox.value.length > 0 && html`<${Notice} kind="warn"><p>${tn("pair.waiting", outbox.value.length)}</p><//>`}
      ${(linkFailed.value === "used" || linkFailed.value === "offline") && html`<${Notice} kind="warn"><p>${t(linkFailed.value === "used" ? "pair.linkUsed" : "common.noInternet")}</p><//>`}
      ${session.value?.role === "coordinator" ? html`<${ThisMachine} />` : html`<${ByCode} /><${Account} />`}
      <${Languages} />
    </main>
  `;
}

function ByCode() {
  const [code, setCode] = useState("");
  const [name, setName] = useState(laptop.value?.name ?? "");
  const [error, setError] = useState("");
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const answer = await pair(code.replace(/\D/g, ""), name.trim() || t("pair.someLaptop"));
    if (answer.status !== 201) setError(sentence(answer));
  };
  return html`
    <${Screen} title=${t(takenBack.value ? "pair.again" : "pair.title")}>
      <p>${t(takenBack.value ? "pair.askAgain" : "pair.ask")}</p>
      <form class="screen" onSubmit=${submit}>
        <${Field} label=${t("pair.code")} hint=${t("pair.codeHint")} inputMode="numeric" maxLength=${7} value=${code} onInput=${setCode} error=${error} name="code" focus />
        <${Field} label=${t("pair.name")} hint=${t("pair.nameHint")} maxLength=${40} value=${name} onInput=${setName} name="name" />
        <p class="buttons">
          <button type="submit" class="button button-main">${t("pair.go")}</button>
          ${pairingAgain.value && html`<button type="button" class="button" data-name="back" onClick=${() => (pairingAgain.value = false)}>${t("common.back")}</button>`}
        </p>
      </form>
    <//>
  `;
}

/** The link of the machine itself signed a coordinator in: it can be the desk at once. */
function ThisMachine() {
  const [error, setError] = useState("");
  const points = digipunts.value.filter(({ state }) => state === "open");
  const choose = async (/** @type {string} */ digipunt) => {
    const pairing = await request("POST", "/desk/v1/pairings", { body: { digipunt }, as: "person" });
    const answer = pairing.status === 201 ? await pair(pairing.data.code, t("pair.thisMachine")) : pairing;
    if (answer.status !== 201) setError(sentence(answer));
  };
  if (!digipuntsRead.value) return html`<${Screen} title=${t("pair.where")}><p>${t("common.wait")}</p><//>`;
  if (points.length === 0) return html`<${FirstPoint} />`;
  return html`
    <${Screen} title=${t("pair.where")}>
      <p>${t("pair.whereHint")}</p>
      <${Choice} legend=${t("pair.points")} options=${points.map(({ id, name }) => ({ code: id, label: name, icon: "house" }))} value=${[]}
        onChange=${(/** @type {string[]} */ [id]) => id && void choose(id)} />
      ${error && html`<${Notice} kind="err" live><p>${error}</p><//>`}
      <p class="buttons"><button type="button" class="button" onClick=${workUnpaired}>${t("pair.without")}</button></p>
    <//>
  `;
}
