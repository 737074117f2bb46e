/**
 * One field for a label, a name, a USB scanner or the camera. What it finds is a device; of anything else the screen decides.
 * A scanner types and presses Enter, so the field has the focus where there is a keyboard.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { meantBy } from "../../checks/scan.js";
import { html } from "../../html.js";
import { Icon } from "../../parts/icon.js";
import { devices, refreshDevices } from "../../state/lending.js";
import { point } from "../../state/point.js";
import { t } from "../../words/t.js";
import { kindNames, nameOf, pointName } from "./names.js";

/** @typedef {import("../../checks/devices.js").Device} Device */

/**
 * @param {{onDevice: (device: Device) => void, onOther?: (text: string) => void, label?: string, hint?: string, focus?: boolean}} props
 *   `onOther` gets what is no device
 */
export function Find({ onDevice, onOther, label = t("devices.find"), hint, focus = true }) {
  const [text, setText] = useState("");
  const [several, setSeveral] = useState(/** @type {Device[]} */ ([]));
  const [nothing, setNothing] = useState("");
  const [scan, setScan] = useState(/** @type {any} */ (null));
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => {
    if (focus && matchMedia("(hover: hover) and (pointer: fine)").matches) field.current?.focus({ preventScroll: true });
  }, []);

  const match = (/** @type {string} */ typed) => meantBy(typed, devices.value, kindNames(), point.value?.id);
  const search = async (/** @type {string} */ typed) => {
    setSeveral([]);
    setNothing("");
    // At once, for a scanner types the next one without waiting.
    setText("");
    if (!typed.trim()) return;
    let found = match(typed);
    if (found.length === 0) {
      // A device that was added today may not be on this laptop yet.
      await refreshDevices();
      found = match(typed);
    }
    if (found.length === 0) {
      if (onOther) onOther(typed);
      else setNothing(t("devices.notFound", { text: typed.trim() }));
      return;
    }
    setScan(null);
    if (found.length > 1) setSeveral(found);
    else onDevice(/** @type {Device} */ (found[0]));
  };
  const camera = async () => {
    const { default: Scan } = await import("../../parts/scan.js");
    setScan({ Scan });
  };
  const words = { label: t("scan.picture"), looking: t("scan.looking"), none: t("scan.none"), refused: t("scan.refused"), close: t("common.close") };
  return html`
    <form class="find" role="search" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); void search(text); }}>
      <label class="find-label">${label}
        <input ref=${field} name="find" type="text" value=${text} autocomplete="off" autocapitalize="off" spellcheck=${false} enterkeyhint="search"
          onInput=${(/** @type {any} */ event) => setText(event.currentTarget.value)} />
      </label>
      <button type="submit" class="button" data-name="find">${t("devices.search")}</button>
      <button type="button" class="button" data-name="camera" onClick=${() => void camera()}><${Icon} name="camera" />${t("scan.open")}</button>
    </form>
    ${hint && html`<p class="hint">${hint}</p>`}
    ${scan && html`<${scan.Scan} words=${words} onRead=${(/** @type {string} */ read) => void search(read)} onClose=${() => setScan(null)} />`}
    ${several.length > 0 &&
    html`<div role="status"><p>${t("devices.several")}</p></div>
      <p class="buttons">
        ${several.map((device) => html`<button type="button" class="button" onClick=${() => { setSeveral([]); onDevice(device); }}>
          ${nameOf(device)}${device.at !== point.value?.id && html` <span class="hint">${pointName(device.at)}</span>`}
        </button>`)}
      </p>`}
    <p class=${nothing ? "warning" : "visually-hidden"} role="status" data-name="not-found">${nothing}</p>
  `;
}
