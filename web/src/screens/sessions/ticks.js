/** The taps: a tile for each registration, a number where there are too many, and who came without one. */
import { html } from "../../html.js";
import { Field } from "../../parts/field.js";
import { Stepper } from "../../parts/stepper.js";
import { Tile } from "../../parts/tile.js";
import { t, tn } from "../../words/t.js";
import { registeredOf, tapped } from "./count.js";

/** @typedef {import("./count.js").Count} Count @typedef {{count: Count, onChange: (count: Count) => void}} Props */

/** @param {Props} props */
export function Ticks({ count, onChange }) {
  if (count.places.length === 0) return html`<p>${t("attendance.nobody")}</p>`;
  const several = count.places.filter(({ key, seats }) => seats > 1 && count.ticks[key]);
  return html`
    <fieldset class="choice">
      <legend>${t("attendance.tap")} <span class="hint">${tn("attendance.registered", count.places.reduce((sum, { seats }) => sum + seats, 0))}</span></legend>
      <div class="tiles tiles-small">
        ${count.places.map(
          (place) => html`
            <${Tile} key=${place.key} name="place" small label=${[place.number, place.reference?.slice(0, 4)].filter(Boolean).join(" · ")}
              hint=${place.seats > 1 ? tn("attendance.people", place.seats) : undefined} pressed=${Boolean(count.ticks[place.key])}
              onTap=${() => onChange(tapped(count, place))} />
          `,
        )}
      </div>
    </fieldset>
    ${several.map(
      ({ key, number, seats }) => html`
        <${Stepper} key=${key} label=${t("attendance.howManyOf", { number })} less=${t("attendance.less")} more=${t("attendance.more")} min=${1} max=${seats}
          value=${count.ticks[key]} onChange=${(/** @type {number} */ came) => onChange({ ...count, ticks: { ...count.ticks, [key]: came } })} />
      `,
    )}
  `;
}

/** In one number, for a full hall and for a count that is put right. @param {Props & {taken: number}} props */
export const ByNumber = ({ count, taken, onChange }) => html`
  <${Field} label=${t("attendance.howMany")} hint=${tn("attendance.registered", taken)} inputMode="numeric" maxLength=${5} name="registered"
    value=${String(registeredOf(count))}
    onInput=${(/** @type {string} */ text) => onChange({ ...count, ticks: { all: Math.min(Number(text.replace(/\D/g, "")), taken) } })} />
`;

/** @param {Props} props */
export const WalkIns = ({ count, onChange }) => html`
  <${Stepper} label=${t("attendance.walkIn")} less=${t("attendance.less")} more=${t("attendance.more")} value=${count.walkIn} max=${10_000}
    onChange=${(/** @type {number} */ walkIn) => onChange({ ...count, walkIn })} />
`;
