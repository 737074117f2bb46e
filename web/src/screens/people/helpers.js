/** *Helpers*: who helps at each digipunt, and whether they have a PIN. For coordinators; no name is kept on this laptop by it. */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { online } from "../../state/connection.js";
import { refreshHelpers } from "../../state/helper.js";
import { digipunts, point } from "../../state/point.js";
import { t } from "../../words/t.js";
import { byPoint } from "./by_point.js";
import { HelperForm } from "./helper_form.js";
import { HelperPin } from "./helper_pin.js";
import { Listed } from "./listed.js";
import { useRows } from "./rows.js";
import { Sure } from "./sure.js";

/** @typedef {import("./helper_form.js").Helper} Helper */
/** @typedef {{what: "new" | "change" | "pin" | "remove", helper: Helper | null}} Doing */

/** @param {{helper: Helper, onDo: (what: Doing["what"]) => void}} props */
function Row({ helper, onDo }) {
  const { id, name, hasPin, locked } = helper;
  /** @param {Doing["what"]} what @param {string} text */
  const button = (what, text) => html`
    <button type="button" class="button" data-name=${what} disabled=${!online.value} aria-label=${`${text}: ${name}`} onClick=${() => onDo(what)}>
      ${text}
    </button>
  `;
  return html`
    <li class="row" data-row=${id} tabindex="-1">
      <div class="row-main">
        <strong>${name}</strong>
        <span class="hint"> ${t(hasPin ? "helpers.hasPin" : "helpers.noPin")}</span>
        ${locked && html`<br /><span class="error">${t("helpers.locked")}</span>`}
      </div>
      <p class="buttons">
        ${button("pin", t(hasPin ? "helpers.pinChange" : "helpers.pinGive"))} ${button("change", t("helpers.change"))} ${button("remove", t("helpers.remove"))}
      </p>
    </li>
  `;
}

export default function Helpers() {
  const { rows, answer, refresh } = useRows("/desk/v1/helpers?pageSize=500");
  const [doing, setDoing] = useState(/** @type {Doing | null} */ (null));
  const [said, setSaid] = useState("");
  const close = () => setDoing(null);
  /** @param {string} words */
  const done = async (words) => {
    close();
    setSaid(words);
    await refresh();
    void refreshHelpers();
  };
  /** @param {Helper} helper */
  const remove = async (helper) => {
    const gone = await request("DELETE", `/desk/v1/helpers/${helper.id}`, { as: "person" });
    if (gone.status !== 204 && gone.status !== 404) return sentence(gone);
    await done(t("helpers.removed", { name: helper.name }));
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector("h1"))?.focus());
    return null;
  };
  const groups = byPoint(/** @type {Helper[]} */ (rows ?? []), digipunts.value);
  const person = doing?.helper ?? null;
  return html`
    <${Screen} title=${t("helpers.title")}>
      <p>${t("helpers.text")}</p>
      ${!online.value && html`<p class="hint">${t("common.noInternet")}</p>`}
      <p class="buttons">
        <button type="button" class="button button-main" data-name="new" disabled=${!online.value} onClick=${() => setDoing({ what: "new", helper: null })}>
          ${t("helpers.new")}
        </button>
      </p>
      <div role="status" data-name="said">${said && html`<${Notice} kind="ok"><p>${said}</p><//>`}</div>
      <${Listed} rows=${rows} answer=${answer} empty=${t("helpers.none")} />
      ${groups.map(
        ({ id, name, helpers }) => html`
          <section key=${id}>
            <h2>${name || t("helpers.elsewhere")}</h2>
            <ul class="rows">
              ${helpers.map(
                (helper) => html`<${Row} key=${helper.id} helper=${helper} onDo=${(/** @type {Doing["what"]} */ what) => setDoing({ what, helper })} />`,
              )}
            </ul>
          </section>
        `,
      )}
      ${(doing?.what === "new" || doing?.what === "change") &&
      html`<${HelperForm} key=${person?.id ?? "new"} helper=${person} where=${point.value ? [point.value.id] : []}
        onDone=${(/** @type {string} */ name) => void done(t("helpers.saved", { name }))} onClose=${close} />`}
      ${doing?.what === "pin" &&
      person !== null &&
      html`<${HelperPin} helper=${person} onDone=${() => void done(t("helpers.pinSet", { name: person.name }))} onClose=${close} />`}
      ${doing?.what === "remove" &&
      person !== null &&
      html`<${Sure} title=${t("helpers.removeAsk", { name: person.name })} text=${t("helpers.removeText")} yes=${t("helpers.remove")}
        onYes=${() => remove(person)} onClose=${close} />`}
    <//>
  `;
}
