/**
 * The devices that can be given along now. What cannot stands below with its reason, so that nobody chooses it: another desk may
 * have reserved it a minute ago.
 */
import { useState } from "preact/hooks";
import { whyNot } from "../../checks/devices.js";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Fold } from "../../parts/fold.js";
import { Notice } from "../../parts/notice.js";
import { useFresh } from "../../state/fresh.js";
import { devices, lendingDay, refreshLending } from "../../state/lending.js";
import { label } from "../../state/refdata.js";
import { t, tn } from "../../words/t.js";
import { Find } from "./find.js";
import { capital } from "./names.js";
import { why } from "./open.js";

/** @typedef {import("../../checks/devices.js").Device} Device */

/**
 * @param {{here: string, value: string[], onChange: (devices: string[]) => void, kind?: string, asks?: boolean}} props
 *   `kind`: only these; `asks`: for somebody of the waiting list
 */
export function What({ here, value, onChange, kind, asks = false }) {
  const [refused, setRefused] = useState("");
  useFresh(refreshLending);
  const mine = devices.value.filter(({ at, kind: each, state }) => at === here && state !== "retired" && (kind === undefined || each === kind));
  const free = mine.filter((device) => whyNot(device, here) === null);
  const rest = mine.filter((device) => whyNot(device, here) !== null);
  const kinds = [...new Set(free.map((device) => device.kind))];
  const gone = devices.value.filter((device) => value.includes(device.id) && whyNot(device, here) !== null);
  const reason = (/** @type {Device} */ device) => why(device, whyNot(device, here) ?? "unknownState");
  /** @param {Device} device */
  const add = (device) => {
    const canGo = whyNot(device, here) === null;
    setRefused(canGo ? "" : reason(device));
    if (canGo && !value.includes(device.id)) onChange([...value, device.id]);
  };
  return html`
    <${Find} onDevice=${add} focus=${false} />
    ${refused && html`<${Notice} kind="warn" live><p data-name="refused">${refused}</p><//>`}
    ${gone.map((device) => html`<${Notice} key=${device.id} kind="warn" live><p data-name="gone">${reason(device)}</p><//>`)}
    ${free.length === 0 && html`<p role="status">${t("lend.what.none")}</p>`}
    ${kinds.map((each) => {
      const ofKind = free.filter((device) => device.kind === each);
      const waiting = asks ? 0 : (lendingDay.value?.day.waiting ?? []).filter(({ deviceKind }) => deviceKind === each).length;
      return html`<${Choice} key=${each} legend=${capital(label("deviceKind", each))}
        hint=${waiting > 0 ? tn("lend.what.waiting", waiting) : undefined} several small
        options=${ofKind.map((device) => ({ code: device.id, label: device.label, hint: label("condition", device.condition) }))}
        value=${value.filter((id) => ofKind.some((device) => device.id === id))}
        onChange=${(/** @type {string[]} */ chosen) => onChange([...value.filter((id) => !ofKind.some((device) => device.id === id)), ...chosen])} />`;
    })}
    ${rest.length > 0 &&
    html`<${Fold} title=${tn("lend.what.rest", rest.length)}>
      <ul>${rest.map((device) => html`<li key=${device.id}>${reason(device)}</li>`)}</ul>
    <//>`}
  `;
}
