/** Asks a coordinator who works at no desk for which digipunt the screen is. */
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Screen } from "../../parts/screen.js";
import { choosePoint, digipunts } from "../../state/point.js";
import { t } from "../../words/t.js";

export const NeedsPoint = () => html`
  <${Screen} title=${t("devices.title")}>
    ${digipunts.value.length === 0
      ? html`<p>${t("devices.noPoint")}</p>`
      : html`<${Choice} legend=${t("devices.whichPoint")} options=${digipunts.value.map(({ id, name }) => ({ code: id, label: name }))} value=${[]}
          onChange=${(/** @type {string[]} */ [id]) => id && choosePoint(id)} />`}
  <//>
`;
