/** Throwing away what was refused: shows all of it, and asks twice. */
import { useState } from "preact/hooks";
import { html } from "../../html.js";
import { Dialog } from "../../parts/dialog.js";
import { t } from "../../words/t.js";
import { Lines } from "./told.js";
import { nameOf } from "./row.js";

/** @param {{row: import("./merge.js").Row, today: string, onDrop: () => void, onClose: () => void}} props */
export function Drop({ row, today, onDrop, onClose }) {
  const [sure, setSure] = useState(false);
  return html`
    <${Dialog} title=${t(sure ? "today.dropSure" : "today.dropAsk")} onClose=${onClose}>
      <p><strong>${nameOf(row, today)}</strong></p>
      ${row.visit !== null && html`<${Lines} visit=${row.visit} />`}
      <p>${t(sure ? "today.dropForever" : "today.dropText")}</p>
      <p class="buttons">
        ${sure
          ? html`<button type="button" class="button" key="sure" data-name="drop-sure" onClick=${onDrop}>${t("today.dropYes")}</button>`
          : html`<button type="button" class="button" key="ask" data-name="drop-ask" onClick=${() => setSure(true)}>${t("today.drop")}</button>`}
        <button type="button" class="button button-main" onClick=${onClose}>${t("today.dropNo")}</button>
      </p>
    <//>
  `;
}
