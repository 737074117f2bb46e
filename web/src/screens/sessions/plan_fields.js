/** The questions about a session to plan. */
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Field } from "../../parts/field.js";
import { Stepper } from "../../parts/stepper.js";
import { digipunts } from "../../state/point.js";
import { codes, label } from "../../state/refdata.js";
import { list, shortDay, t } from "../../words/t.js";
import { daysOf } from "./planned.js";

/** @typedef {import("./planned.js").Plan} Plan */

const MOST_WEEKS = 26;

/** @param {{plan: Plan, missing: string[], isNew: boolean, onChange: (plan: Plan) => void}} props */
export function PlanFields({ plan, missing, isNew, onChange }) {
  /** @param {"title" | "day" | "from" | "to" | "location" | "seats" | "description"} name @param {Record<string, any>} [more] */
  const field = (name, more = {}) => html`
    <${Field} label=${t(name === "title" ? "plan.name" : `plan.${name}`)} name=${name} value=${plan[name]}
      error=${missing.includes(name) ? t(`plan.missing.${name}`) : null}
      onInput=${(/** @type {string} */ value) => onChange({ ...plan, [name]: value })} ...${more} />
  `;
  const days = daysOf(plan).map((day) => shortDay(`${day}T12:00:00Z`));
  const open = digipunts.value.filter(({ state, id }) => state === "open" || plan.digipunt.includes(id));
  return html`
    ${isNew &&
    html`<${Choice} legend=${t("plan.kind")} options=${codes("sessionKind").map(({ code }) => ({ code, label: label("sessionKind", code) }))}
      value=${plan.kind}
      onChange=${(/** @type {string[]} */ kind) => onChange({ ...plan, kind: kind.length > 0 ? kind : plan.kind })} />`}
    ${field("title", { maxLength: 200 })}
    <div class="beside">${field("day", { type: "date" })} ${field("from", { type: "time" })} ${field("to", { type: "time" })}</div>
    ${isNew &&
    html`
      <${Stepper} label=${t("plan.weeks")} less=${t("plan.weeksLess")} more=${t("plan.weeksMore")} value=${plan.weeks} min=${1} max=${MOST_WEEKS}
        onChange=${(/** @type {number} */ weeks) => onChange({ ...plan, weeks })} />
      ${plan.weeks > 1 && plan.day && html`<p class="hint" role="status">${t("plan.onDays", { days: list(days) })}</p>`}
      <${Choice} legend=${t("plan.digipunt")} small id="digipunt" options=${open.map(({ id, name }) => ({ code: id, label: name }))} value=${plan.digipunt}
        error=${missing.includes("digipunt") ? t("plan.missing.digipunt") : undefined}
        onChange=${(/** @type {string[]} */ digipunt) => onChange({ ...plan, digipunt })} />
    `}
    ${field("location", { maxLength: 300, hint: t("plan.locationHint") })} ${field("seats", { inputMode: "numeric", maxLength: 5 })}
    ${field("description", { lines: 4, maxLength: 2000, hint: t("plan.descriptionHint") })}
  `;
}
