/** What happened after *Bewaar*, and for eight seconds the way back. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../../html.js";
import { UNDO_MS } from "../../outbox/items.js";
import { Icon } from "../../parts/icon.js";
import { t } from "../../words/t.js";

/** @param {{saved: {item?: any, offline?: boolean, undone?: boolean} | null, onUndo: () => void, onAgain: () => void}} props */
export function Saved({ saved, onUndo, onAgain }) {
  const [canUndo, setCanUndo] = useState(false);
  useEffect(() => {
    setCanUndo(saved?.item?.seq !== undefined);
    const timer = setTimeout(() => setCanUndo(false), UNDO_MS);
    return () => clearTimeout(timer);
  }, [saved]);
  const text = saved === null ? "" : saved.undone ? t("visit.undone") : saved.offline ? t("visit.savedOffline") : t("visit.saved");
  return html`
    <div class=${text ? "notice notice-ok saved" : "visually-hidden"}>
      ${text && html`<${Icon} name="check" />`}
      <div class="notice-text">
        <p role="status" data-name="saved">${text}</p>
        ${saved?.item &&
        html`<p class="buttons">
          ${canUndo && html`<button type="button" class="button" onClick=${onUndo}>${t("visit.undo")}</button>`}
          <button type="button" class="button" onClick=${onAgain}>${t("visit.again")}</button>
        </p>`}
      </div>
    </div>
  `;
}
