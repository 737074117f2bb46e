/** What was just recorded, confirmed by its name, and for eight seconds the way back. It stays when the next device is scanned. */
import { effect, signal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "../../html.js";
import { UNDO_MS } from "../../outbox/items.js";
import { Icon } from "../../parts/icon.js";
import { level } from "../../state/helper.js";
import { undo } from "../../state/lending.js";
import { t } from "../../words/t.js";

/**
 * @typedef {object} Done
 * @property {string} text
 * @property {string} [hint]
 * @property {import("../../outbox/rules.js").Item} [item] what can be taken back
 * @property {() => void} [onUndo] called once it is
 * @property {{href: string, text: string}[]} [links] what one may want to do next
 * @property {number} at
 */

const SHOWN_MS = 60_000;

/** @type {import("@preact/signals").Signal<Done | null>} */
export const done = signal(null);

/** Say what was done. @param {Omit<Done, "at">} what */
export const say = (what) => (done.value = { ...what, at: Date.now() });

/** Nobody needs to see it any more. */
export const hush = () => (done.value = null);

// It may name a person, whom nobody sees after the helper has gone.
let was = level.peek();
effect(() => {
  if (level.value < was) hush();
  was = level.value;
});

export function Done() {
  const told = done.value;
  const { path } = useLocation();
  const [canUndo, setCanUndo] = useState(false);
  const notice = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (told === null) return;
    // The button that was tapped is gone; the focus goes on from here, unless a field took it.
    const frame = requestAnimationFrame(() => (document.activeElement ?? document.body) === document.body && notice.current?.focus({ preventScroll: true }));
    const left = told.at + UNDO_MS - Date.now();
    setCanUndo(told.item?.seq !== undefined && left > 0);
    const timers = [setTimeout(() => setCanUndo(false), left), setTimeout(hush, told.at + SHOWN_MS - Date.now())];
    return () => {
      cancelAnimationFrame(frame);
      timers.forEach(clearTimeout);
    };
  }, [told]);
  const takeBack = async () => {
    if (told?.item === undefined) return;
    const isUndone = await undo(told.item);
    if (isUndone) told.onUndo?.();
    say({ text: t(isUndone ? "devices.undone" : "devices.undoneTooLate") });
  };
  return html`
    <div ref=${notice} tabindex="-1" class=${told ? "notice notice-ok saved" : "visually-hidden"}>
      ${told && html`<${Icon} name="check" />`}
      <div class="notice-text">
        <p role="status" data-name="done">${told?.text ?? ""}</p>
        ${told?.hint && html`<p>${told.hint}</p>`}
        ${told &&
        html`<p class="buttons">
          ${canUndo && html`<button type="button" class="button" data-name="undo" onClick=${takeBack}>${t("devices.undo")}</button>`}
          ${told.links?.filter(({ href }) => href !== path).map(({ href, text }) => html`<a class="button" href=${href}>${text}</a>`)}
        </p>`}
      </div>
    </div>
  `;
}
