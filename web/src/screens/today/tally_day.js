/** Which day the strokes are of: the last days by tile, any other by its date. */
import { useState } from "preact/hooks";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Field } from "../../parts/field.js";
import { now } from "../../state/connection.js";
import { isoDay, shortDay, t } from "../../words/t.js";

const DAY_MS = 24 * 3_600_000;
const RECENT = 5;

/** @param {{day: string, error: string, onDay: (day: string) => void}} props */
export function Day({ day, error, onDay }) {
  const [other, setOther] = useState(false);
  const noon = Date.parse(`${isoDay(now())}T12:00:00Z`);
  const recent = Array.from({ length: RECENT }, (_, ago) => noon - ago * DAY_MS).map((moment, ago) => ({
    code: isoDay(moment),
    label: ago === 0 ? t("tally.today") : ago === 1 ? t("tally.yesterday") : shortDay(moment),
  }));
  return html`
    <${Choice} id="tally-day" legend=${t("tally.day")} options=${[...recent, { code: "other", label: t("tally.otherDay") }]} small
      value=${other ? ["other"] : day ? [day] : []} error=${other ? "" : error}
      onChange=${(/** @type {string[]} */ [chosen = ""]) => {
        setOther(chosen === "other");
        onDay(chosen === "other" ? "" : chosen);
      }} />
    ${other && html`<${Field} label=${t("tally.date")} type="date" name="day" value=${day} max=${isoDay(now())} error=${error} onInput=${onDay} />`}
  `;
}
