/** Opens the page of a device that was found, or says why there is none. */
import { useLocation } from "preact-iso/router";
import { useEffect, useRef, useState } from "preact/hooks";
import { pageFor } from "../../checks/devices.js";
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { point } from "../../state/point.js";
import { t } from "../../words/t.js";
import { Find } from "./find.js";
import { capital, nameOf, pointName } from "./names.js";

/** @typedef {import("../../checks/devices.js").Device} Device */
/** @typedef {import("../../checks/devices.js").Page} Page */

/** Where a device is dealt with. @param {Page} page @param {Device} device */
export function addressOf(page, { id, loan }) {
  if (page === "back") return `/toestellen/terug/${loan}`;
  if (page === "ready") return `/toestellen/klaar/${loan}`;
  return page === "check" ? `/toestellen/nakijken/${id}` : `/toestellen/meegeven?toestel=${id}`;
}

/** The reason in words. @param {Device} device @param {string} reason */
export const why = (device, reason) => t(`devices.why.${reason}`, { device: capital(nameOf(device)), point: pointName(device.at) });

/**
 * @param {{onOther?: (text: string) => void, onOpen?: () => void, hint?: string, label?: string, focus?: boolean}} props
 *   `onOpen`: a page opens, perhaps this one again
 */
export function Opener({ onOther, onOpen, hint, label, focus }) {
  const { route } = useLocation();
  const [found, setFound] = useState(/** @type {{device: Device, page: Page | null, reason: string} | null} */ (null));
  const card = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => void (found && card.current?.focus()), [found]);
  /** @param {Device} device */
  const onDevice = (device) => {
    const { page, reason } = pageFor(device, point.value?.id ?? "");
    if (page !== null && reason === null) {
      onOpen?.();
      route(addressOf(page, device));
    } else setFound({ device, page, reason: reason ?? "unknownState" });
  };
  return html`
    <${Find} onDevice=${onDevice} onOther=${onOther} hint=${hint} label=${label} focus=${focus} />
    ${found !== null &&
    html`<div ref=${card} tabindex="-1" data-name="found">
      <${Notice} kind="warn">
        <p>${why(found.device, found.reason)}</p>
        <p class="buttons">
          ${found.page !== null && html`<a class="button" href=${addressOf(found.page, found.device)}>${t(`devices.do.${found.page}`)}</a>`}
          <a class="button" href=${`/toestellen/toestel/${found.device.id}`}>${t("devices.about")}</a>
          <button type="button" class="button" onClick=${() => setFound(null)}>${t("common.close")}</button>
        </p>
      <//>
    </div>`}
  `;
}
