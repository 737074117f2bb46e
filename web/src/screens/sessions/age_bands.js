/** How old they were, as far as somebody noted it: all of them, or nobody. */
import { html } from "../../html.js";
import { Fold } from "../../parts/fold.js";
import { Stepper } from "../../parts/stepper.js";
import { codes, label } from "../../state/refdata.js";
import { t, tn } from "../../words/t.js";
import { bandsMiss } from "./count.js";

/** @param {{count: import("./count.js").Count, onChange: (count: import("./count.js").Count) => void}} props */
export function AgeBands({ count, onChange }) {
  const noted = Object.values(count.bands).reduce((sum, each) => sum + each, 0);
  const miss = bandsMiss(count);
  return html`
    <${Fold} title=${t("attendance.ages")} filled=${noted > 0 ? tn("attendance.agesFilled", noted) : ""}>
      ${codes("ageBand").map(
        ({ code }) => html`
          <${Stepper} key=${code} label=${label("ageBand", code)} less=${t("attendance.less")} more=${t("attendance.more")}
            value=${count.bands[code] ?? 0} max=${10_000}
            onChange=${(/** @type {number} */ each) => onChange({ ...count, bands: { ...count.bands, [code]: each } })} />
        `,
      )}
      ${noted > 0 && html`<p class="buttons"><button type="button" class="button"
        onClick=${() => onChange({ ...count, bands: {} })}>${t("attendance.agesClear")}</button></p>`}
    <//>
    <p class=${miss === 0 ? "visually-hidden" : "error"} role="status" data-name="ages-miss">
      ${miss > 0 ? tn("attendance.agesShort", miss) : miss < 0 ? tn("attendance.agesOver", -miss) : ""}
    </p>
  `;
}
