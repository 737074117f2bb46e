/** *Etiketten*: stickers with a QR code, 24 on a sheet, for the devices that are chosen. */
import { useState } from "preact/hooks";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Fold } from "../../parts/fold.js";
import { Screen } from "../../parts/screen.js";
import { Stepper } from "../../parts/stepper.js";
import { useFresh } from "../../state/fresh.js";
import { devices, refreshDevices } from "../../state/lending.js";
import { point } from "../../state/point.js";
import { label } from "../../state/refdata.js";
import { useLocation } from "preact-iso/router";
import { t, tn } from "../../words/t.js";
import { Find } from "./find.js";
import { capital } from "./names.js";
import { NeedsPoint } from "./need_point.js";
import { NeedsNetwork } from "./network.js";
import { Paper } from "./paper.js";

const ON_A_SHEET = 24;
/** Devices that are named in one address. */
const MOST = 200;

export default function Labels() {
  const { query } = useLocation();
  const [chosen, setChosen] = useState(/** @type {string[]} */ (query["toestel"] ? [query["toestel"]] : []));
  const [skip, setSkip] = useState(0);
  useFresh(refreshDevices);
  const here = point.value;
  if (!here) return html`<${NeedsPoint} />`;
  const mine = devices.value.filter(({ digipunt, state }) => digipunt === here.id && state !== "retired" && state !== "missing");
  const kinds = [...new Set(mine.map(({ kind }) => kind))];
  /** @param {string[]} ids */
  const set = (ids) => setChosen([...new Set(ids)].slice(0, MOST));
  const asked = new URLSearchParams({ digipunt: here.id, skip: String(skip) });
  for (const id of chosen) asked.append("device", id);
  return html`
    <${Screen} title=${t("devices.labels")}>
      <p>${t("devices.labels.text")}</p>
      <${Find} onDevice=${(/** @type {{id: string}} */ { id }) => set([...chosen, id])} />
      <p class="buttons">
        <button type="button" class="button" data-name="all" onClick=${() => set(mine.map(({ id }) => id))}>${t("devices.labels.all")}</button>
        <button type="button" class="button" data-name="none" disabled=${chosen.length === 0}
          onClick=${() => set([])}>${t("devices.labels.none")}</button>
      </p>
      ${kinds.map((kind) => {
        const ofKind = mine.filter((device) => device.kind === kind);
        const ticked = chosen.filter((id) => ofKind.some((device) => device.id === id));
        return html`<${Fold} key=${kind} title=${capital(label("deviceKind", kind))}
          filled=${ticked.length > 0 ? tn("devices.labels.chosen", ticked.length) : ""}>
          <${Choice} legend=${t("devices.labels.which")} several small options=${ofKind.map((device) => ({ code: device.id, label: device.label }))}
            value=${ticked}
            onChange=${(/** @type {string[]} */ ids) => set([...chosen.filter((id) => !ticked.includes(id)), ...ids])} />
        <//>`;
      })}
      <${Stepper} label=${t("devices.labels.skip")} less=${t("devices.fewer")} more=${t("devices.oneMore")} value=${skip} max=${ON_A_SHEET - 1}
        onChange=${setSkip} />
      <${NeedsNetwork} />
      <p role="status">${chosen.length === 0 ? t("devices.labels.choose") : tn("devices.labels.count", chosen.length)}</p>
      ${chosen.length > 0 && html`<${Paper} main path=${`/loans/v1/devices/labels.pdf?${asked}`}>${t("devices.labels.print")}<//>`}
    <//>
  `;
}
