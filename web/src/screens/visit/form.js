/** The questions about a visit, for a new one and for one that is put right. */
import { useState } from "preact/hooks";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Fold } from "../../parts/fold.js";
import { codes, label } from "../../state/refdata.js";
import { t, tn } from "../../words/t.js";
import { Bottlenecks } from "./bottlenecks.js";
import { filledMore } from "./fields.js";
import { More } from "./more.js";
import { Themes } from "./themes.js";

/** @typedef {import("./fields.js").Form} Form */

/** What is asked at once; the rest stands in a fold. */
const AT_ONCE = ["themes", "contact", "outcome", "bottlenecks", "startedAt", "digipunt", "helper"];
const FIRST_OUTCOMES = ["solvedTogether", "solvedSelf", "partly", "referred"];

/** @param {{form: Form, set: (fields: Partial<Form>) => void, error?: string, refused?: string[]}} props `refused`: fields whose fold is open */
export function VisitForm({ form, set, error, refused = [] }) {
  const [allOutcomes, setAll] = useState(form.outcome.some((code) => !FIRST_OUTCOMES.includes(code)));
  const offered = codes("outcome").map(({ code }) => code);
  const outcomes = [...FIRST_OUTCOMES.filter((code) => offered.includes(code)), ...(allOutcomes ? offered.filter((code) => !FIRST_OUTCOMES.includes(code)) : [])];
  const more = filledMore(form);
  return html`
    <${Themes} value=${form.themes} onChange=${(/** @type {string[]} */ themes) => set({ themes })} error=${error} />
    <${Choice} legend=${t("visit.contact")} options=${["first", "repeat", "unknown"].map((code) => ({ code, label: t(`visit.contact.${code}`) }))} value=${form.contact} small
      onChange=${(/** @type {string[]} */ contact) => set({ contact })} />
    <${Choice} legend=${t("visit.outcome")} options=${outcomes.map((code) => ({ code, label: label("outcome", code) }))} value=${form.outcome} small
      onChange=${(/** @type {string[]} */ outcome) => set({ outcome })}
      more=${!allOutcomes && html`<button type="button" class="tile tile-small" onClick=${() => setAll(true)}><span class="tile-label">${t("visit.moreOutcomes")}</span></button>`} />
    <${Fold} title=${t("visit.stuck")} open=${refused.includes("bottlenecks")} filled=${form.bottlenecks.length > 0 ? tn("visit.filled", form.bottlenecks.length) : ""}>
      <${Bottlenecks} value=${form.bottlenecks} pending=${form.pending}
        onChange=${(/** @type {Form["bottlenecks"]} */ bottlenecks) => set({ bottlenecks })} onPending=${(/** @type {string} */ pending) => set({ pending })} />
    <//>
    <${Fold} title=${t("visit.more")} open=${refused.some((field) => !AT_ONCE.includes(field))} filled=${more > 0 ? tn("visit.filled", more) : ""}>
      <${More} form=${form} set=${set} />
    <//>
  `;
}
