/** What goes with a device, as checks: all of it is there until somebody taps a piece away. */
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { dropDraft, keepDraft } from "../../outbox/drafts.js";
import { t } from "../../words/t.js";
import { nameOf } from "./names.js";

/** @typedef {import("../../checks/devices.js").Device} Device */

/** @param {{device: Device, missing: string[], onChange: (missing: string[]) => void}} props */
export const Accessories = ({ device, missing, onChange }) =>
  device.accessories.length > 0 &&
  html`<${Choice} legend=${t("devices.allThere", { device: nameOf(device) })} hint=${t("devices.allThereHint")} several small
    options=${device.accessories.map((each) => ({ code: each, label: each }))} value=${device.accessories.filter((each) => !missing.includes(each))}
    onChange=${(/** @type {string[]} */ there) => onChange(device.accessories.filter((each) => !there.includes(each)))} />`;

/** @param {string} device */
export const draftOf = (device) => `check ${device}`;

/** What was missing when it came back, for who looks it over later. @param {string} device @param {string[]} missing */
export const keepMissing = (device, missing) => (missing.length > 0 ? keepDraft(draftOf(device), { missing }) : dropDraft(draftOf(device)));
