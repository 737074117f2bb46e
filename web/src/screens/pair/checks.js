/** After pairing: two digits for the coordinator, and whether this laptop keeps what is recorded. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../../html.js";
import { storage } from "../../outbox/items.js";
import { keepDraft, draft } from "../../outbox/drafts.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { clockIsOld, clockOffset, WRONG_MS } from "../../state/connection.js";
import { t } from "../../words/t.js";

/** @param {{check: string, onStart: () => void}} props */
export function Checks({ check, onStart }) {
  const [keeps, setKeeps] = useState(/** @type {boolean | null} */ (null));
  const [stays, setStays] = useState(/** @type {boolean | null} */ (null));
  useEffect(() => {
    void (async () => {
      await keepDraft("check", check);
      setKeeps(storage.value === "stored" && (await draft("check")) === check);
      // A private window forgets everything when it closes; the browser never promises to keep what is in one.
      setStays((await navigator.storage?.persist?.().catch(() => false)) ?? false);
    })();
  }, []);
  const clock = !clockIsOld() && Math.abs(clockOffset.value ?? 0) < WRONG_MS;
  return html`
    <${Screen} title=${t("checks.title")}>
      <p>${t("checks.digits")} <strong data-name="check">${check}</strong></p>
      ${keeps !== null && html`<${Notice} kind=${keeps ? "ok" : "err"}><p>${t(keeps ? "checks.keeps" : "checks.keepsNot")}</p><//>`}
      ${stays !== null && html`<${Notice} kind=${stays ? "ok" : "warn"}><p>${t(stays ? "checks.stays" : "checks.staysNot")}</p><//>`}
      <${Notice} kind=${clock ? "ok" : "warn"}><p>${t(clock ? "checks.clock" : "checks.clockNot")}</p><//>
      <p class="buttons"><button type="button" class="button button-main" data-name="start" onClick=${onStart}>${t("checks.start")}</button></p>
    <//>
  `;
}
