/** A new laptop: the coordinator chooses where it stands, and reads out six digits until it is there. */
import { useEffect, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Notice } from "../../parts/notice.js";
import { now, online } from "../../state/connection.js";
import { digipunts } from "../../state/point.js";
import { t, time } from "../../words/t.js";

/** @typedef {{code: string, expiresAt: string, digipunt: string}} Pairing */

/** @param {{pairing: Pairing | null, onPairing: (pairing: Pairing | null) => void}} props */
export function NewLaptop({ pairing, onPairing }) {
  const [choosing, setChoosing] = useState(false);
  const [error, setError] = useState("");
  const open = digipunts.value.filter(({ state }) => state === "open");
  /** @param {string | undefined} digipunt */
  const begin = async (digipunt) => {
    const municipality = open.find(({ id }) => id === digipunt)?.municipality;
    if (digipunt === undefined) return;
    const answer = await request("POST", "/desk/v1/pairings", { body: { digipunt, municipality }, as: "person" });
    if (answer.status !== 201) return setError(sentence(answer));
    setError("");
    setChoosing(false);
    onPairing(answer.data);
  };
  if (pairing !== null) return html`<${Code} pairing=${pairing} onClose=${() => onPairing(null)} />`;
  return html`
    ${choosing &&
    html`<${Choice} legend=${t("laptops.where")} options=${open.map(({ id, name }) => ({ code: id, label: name, icon: "house" }))} value=${[]}
      onChange=${(/** @type {string[]} */ [id]) => void begin(id)} />`}
    ${choosing && open.length === 0 && html`<p>${t("laptops.noPoint")}</p>`}
    ${error && html`<${Notice} kind="err" live><p>${error}</p><//>`}
    ${!online.value && html`<p class="hint">${t("common.noInternet")}</p>`}
    <p class="buttons">
      ${choosing
        ? html`<button type="button" class="button" key="cancel" onClick=${() => setChoosing(false)}>${t("common.cancel")}</button>`
        : html`<button type="button" class="button button-main" key="new" data-name="new" disabled=${!online.value} onClick=${() => setChoosing(true)}>
            ${t("laptops.new")}
          </button>`}
    </p>
  `;
}

/** @param {{pairing: Pairing, onClose: () => void}} props */
function Code({ pairing: { code, expiresAt, digipunt }, onClose }) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), Math.max(Date.parse(expiresAt) - now(), 0));
    return () => clearTimeout(timer);
  }, [expiresAt]);
  const point = digipunts.value.find(({ id }) => id === digipunt)?.name ?? "";
  if (over) {
    return html`
      <${Notice} kind="warn" live><p>${t("laptops.codeOver")}</p><//>
      <p class="buttons"><button type="button" class="button" onClick=${onClose}>${t("common.close")}</button></p>
    `;
  }
  return html`
    <section class="screen" role="status">
      <h2>${t("laptops.codeTitle", { point })}</h2>
      <p>${t("laptops.codeText")}</p>
      <p class="digits" data-name="code">${code.slice(0, 3)} ${code.slice(3)}</p>
      <p>${t("laptops.codeUntil", { time: time(expiresAt) })}</p>
      <p class="buttons"><button type="button" class="button" onClick=${onClose}>${t("common.close")}</button></p>
    </section>
  `;
}
