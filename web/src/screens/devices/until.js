/** A day to bring something back, by opening day: − and +. */
import { isOpen, nextOpening, plus } from "../../checks/opening.js";
import { html } from "../../html.js";
import { t } from "../../words/t.js";
import { dayName } from "./names.js";

/** A loan is seen twice a year. */
const LONGEST_DAYS = 26 * 7;

/**
 * @param {{legend: string, opening: any[] | null | undefined, value: string, after: string, today: string, onChange: (day: string) => void}} props
 *   `after`: the day has to be later
 */
export function Until({ legend, opening, value, after, today, onChange }) {
  const earlier = nextOpening(opening, value, -1);
  const later = nextOpening(opening, value, 1);
  const canEarlier = earlier !== null && earlier > after;
  const canLater = later !== null && later <= plus(today, LONGEST_DAYS);
  return html`
    <fieldset class="choice">
      <legend>${legend}</legend>
      <div class="until">
        <button type="button" class="button" data-name="earlier" aria-label=${t("devices.until.earlier")} disabled=${!canEarlier}
          onClick=${() => onChange(earlier ?? value)}>−</button>
        <output class="until-day" aria-live="polite" data-name="due" data-day=${value}>${dayName(value)}</output>
        <button type="button" class="button" data-name="later" aria-label=${t("devices.until.later")} disabled=${!canLater}
          onClick=${() => onChange(later ?? value)}>+</button>
      </div>
      <p class="hint">${t(isOpen(opening, value) ? "devices.until.hint" : "devices.until.closed")}</p>
    </fieldset>
  `;
}
