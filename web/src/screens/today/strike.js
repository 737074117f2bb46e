/** *Schrap*: one reason, by tile. */
import { useState } from "preact/hooks";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Dialog } from "../../parts/dialog.js";
import { Notice } from "../../parts/notice.js";
import { codes, label } from "../../state/refdata.js";
import { t } from "../../words/t.js";

/**
 * @param {{name: string, onStrike: (reason: string) => Promise<string | null>, onClose: () => void}} props `onStrike` gives what went wrong
 */
export function Strike({ name, onStrike, onClose }) {
  const [busy, setBusy] = useState("");
  const [error, setError] = useState("");
  /** @param {string[]} chosen */
  const choose = async ([reason]) => {
    if (reason === undefined || busy) return;
    setBusy(reason);
    const problem = await onStrike(reason);
    setBusy("");
    if (problem !== null) setError(problem);
  };
  return html`
    <${Dialog} title=${t("today.strikeAsk")} onClose=${onClose}>
      <p>${name}</p>
      <${Choice} legend=${t("today.strikeWhy")} options=${codes("voidReason").map(({ code }) => ({ code, label: label("voidReason", code) }))}
        value=${busy ? [busy] : []} onChange=${choose} small />
      <p class="hint">${t("today.strikeHint")}</p>
      ${error && html`<${Notice} kind="err" live><p>${error}</p><//>`}
      <p class="buttons"><button type="button" class="button" onClick=${onClose}>${t("common.cancel")}</button></p>
    <//>
  `;
}
