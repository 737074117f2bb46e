/** Throwing away what was refused: shows all of it, and asks twice. */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "../../html.js";
import { Dialog } from "../../parts/dialog.js";
import { t } from "../../words/t.js";
import { Lines } from "./told.js";
import { nameOf } from "./row.js";

/** @param {{row: import("./merge.js").Row, today: string, onDrop: () => void, onClose: () => void}} props */
export function Drop({ row, today, onDrop, onClose }) {
  const [sure, setSure] = useState(false);
  const keep = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useEffect(() => keep.current?.focus(), [sure]);
  const keeps = html`<button type="button" class="button button-main" key="keep" ref=${keep} onClick=${onClose}>${t("today.dropNo")}</button>`;
  return html`
    <${Dialog} title=${t(sure ? "today.dropSure" : "today.dropAsk")} onClose=${onClose}>
      <p><strong>${nameOf(row, today)}</strong></p>
      ${row.visit !== null && html`<${Lines} visit=${row.visit} />`}
      <p>${t(sure ? "today.dropForever" : "today.dropText")}</p>
      <p class="buttons">
        ${sure
          ? // Not where the first question was, so that a double tap throws nothing away.
            [keeps, html`<button type="button" class="button" key="sure" data-name="drop-sure" onClick=${onDrop}>${t("today.dropYes")}</button>`]
          : [html`<button type="button" class="button" key="ask" data-name="drop-ask" onClick=${() => setSure(true)}>${t("today.drop")}</button>`, keeps]}
      </p>
    <//>
  `;
}
