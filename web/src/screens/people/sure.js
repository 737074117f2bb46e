/** A question before something that cannot be undone; it says what happens, and stays open when it did not work. */
import { useState } from "preact/hooks";
import { html } from "../../html.js";
import { Dialog } from "../../parts/dialog.js";
import { Notice } from "../../parts/notice.js";
import { online } from "../../state/connection.js";
import { t } from "../../words/t.js";

/** @param {{title: string, text: string, yes: string, onYes: () => Promise<string | null>, onClose: () => void}} props `onYes` gives what went wrong */
export function Sure({ title, text, yes, onYes, onClose }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const go = async () => {
    if (busy) return;
    setBusy(true);
    const problem = await onYes();
    setBusy(false);
    if (problem !== null) setError(problem);
  };
  return html`
    <${Dialog} title=${title} onClose=${onClose}>
      <p>${text}</p>
      ${(error || !online.value) && html`<${Notice} kind="err" live><p>${error || t("common.noInternet")}</p><//>`}
      <p class="buttons">
        <button type="button" class="button button-main" data-name="sure" disabled=${!online.value} onClick=${() => void go()}>${yes}</button>
        <button type="button" class="button" onClick=${onClose}>${t("common.cancel")}</button>
      </p>
    <//>
  `;
}
