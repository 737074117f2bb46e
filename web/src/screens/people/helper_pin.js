/** A new PIN for a helper, typed twice. It also opens a name that was closed after too many tries. */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { Notice } from "../../parts/notice.js";
import { online } from "../../state/connection.js";
import { t } from "../../words/t.js";
import { fault } from "./pins.js";

/** @param {{helper: import("./helper_form.js").Helper, onDone: () => void, onClose: () => void}} props */
export function HelperPin({ helper, onDone, onClose }) {
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [wrong, setWrong] = useState("");
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const found = fault(pin, again);
    setWrong(found);
    setError("");
    if (found || busy) return;
    setBusy(true);
    const answer = await request("POST", `/desk/v1/helpers/${helper.id}/pin`, { body: { pin }, as: "person" });
    setBusy(false);
    if (answer.status === 204) onDone();
    else setError(sentence(answer));
  };
  return html`
    <${Dialog} title=${t("helpers.pinTitle", { name: helper.name })} onClose=${onClose}>
      <form class="screen" onSubmit=${submit}>
        <${Field} label=${t("helpers.pinNew")} hint=${t("pin.hint")} type="password" inputMode="numeric" autoComplete="new-password"
          maxLength=${4} value=${pin} onInput=${setPin} name="pin" error=${wrong === "pinFour" ? t("helpers.pinFour") : null} />
        <${Field} label=${t("helpers.pinAgain")} type="password" inputMode="numeric" autoComplete="new-password"
          maxLength=${4} value=${again} onInput=${setAgain} name="pin-again" error=${wrong === "pinOther" ? t("helpers.pinOther") : null} />
        ${(error || !online.value) && html`<${Notice} kind="err" live><p>${error || t("common.noInternet")}</p><//>`}
        <p class="buttons">
          <button type="submit" class="button button-main" data-name="save" disabled=${!online.value}>${t("helpers.pinGo")}</button>
          <button type="button" class="button" onClick=${onClose}>${t("common.cancel")}</button>
        </p>
      </form>
    <//>
  `;
}
