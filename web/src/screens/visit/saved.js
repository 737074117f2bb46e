/** What happened after *Bewaar*, and for eight seconds the way back. */
import { useEffect, useState } from "preact/hooks";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { parked, UNDO_MS } from "../../outbox/items.js";
import { Icon } from "../../parts/icon.js";
import { Notice } from "../../parts/notice.js";
import { t } from "../../words/t.js";

/** @param {{saved: {item?: any, offline?: boolean, undone?: boolean} | null, onUndo: () => void, onAgain: () => void}} props */
export function Saved({ saved, onUndo, onAgain }) {
  const [canUndo, setCanUndo] = useState(false);
  useEffect(() => {
    setCanUndo(saved?.item?.seq !== undefined);
    const timer = setTimeout(() => setCanUndo(false), UNDO_MS);
    return () => clearTimeout(timer);
  }, [saved]);
  const refused = saved?.item && parked.value.find(({ seq, attempts }) => seq === saved.item.seq && attempts > 0);
  if (refused) {
    return html`
      <${Notice} kind="err" live>
        <p>${t("visit.refused", { why: sentence(refused) })}</p>
        <p class="buttons"><a class="button" href="/vandaag">${t("visit.lookAtIt")}</a></p>
      <//>
    `;
  }
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
