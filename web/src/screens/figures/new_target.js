/** A target of one's own, such as the steps of a grant: what is counted, in which days, and up to what. For coordinators. */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { isPeriod, stepsOf } from "../../checks/figures.js";
import { html } from "../../html.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { Notice } from "../../parts/notice.js";
import { Select } from "../../parts/select.js";
import { online } from "../../state/connection.js";
import { codes, label } from "../../state/refdata.js";
import { t } from "../../words/t.js";

/** The measure that is known of adults apart. */
const BY_AGE = "reach";

/** @param {string} list */
const options = (list) => codes(list).map(({ code }) => ({ code, label: label(list, code) }));

/** @param {{onDone: () => void, onClose: () => void}} props */
export function NewTarget({ onDone, onClose }) {
  // One id for all tries: when an answer was lost, the second try finds what the first one made.
  const [id] = useState(() => crypto.randomUUID());
  const [target, setTarget] = useState({ name: "", measure: BY_AGE, audience: "all", from: "", to: "", steps: "" });
  const [tried, setTried] = useState(false);
  const [error, setError] = useState("");
  const set = (/** @type {keyof typeof target} */ name) => (/** @type {string} */ value) => setTarget({ ...target, [name]: value });
  const steps = stepsOf(target.steps);
  const lacks = { name: !target.name.trim(), days: !isPeriod(target.from, target.to), steps: steps.length === 0 };
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setTried(true);
    if (lacks.name || lacks.days || lacks.steps) return;
    const audience = target.measure === BY_AGE ? target.audience : "all";
    const body = { ...target, name: target.name.trim(), audience, steps };
    const answer = await request("PUT", `/reporting/v1/targets/${id}`, { body, as: "person" });
    if (answer.status === 200 || answer.status === 201) onDone();
    else setError(sentence(answer));
  };
  const missing = (/** @type {keyof typeof lacks} */ what) => (tried && lacks[what] ? t(`figures.lacks.${what}`) : null);
  return html`
    <${Dialog} title=${t("figures.newTarget")} onClose=${onClose}>
      <form class="screen" onSubmit=${submit}>
        <${Field} label=${t("figures.targetName")} hint=${t("figures.targetNameHint")} name="name" maxLength=${80} value=${target.name} onInput=${set("name")} error=${missing("name")} />
        <${Select} label=${t("figures.measure")} name="measure" value=${target.measure} options=${options("targetMeasure")} onChange=${set("measure")} />
        ${target.measure === BY_AGE && html`<${Select} label=${t("figures.audience")} name="audience" value=${target.audience} options=${options("targetAudience")} onChange=${set("audience")} />`}
        <${Field} label=${t("figures.from")} type="date" name="target-from" value=${target.from} onInput=${set("from")} error=${missing("days")} />
        <${Field} label=${t("figures.to")} type="date" name="target-to" value=${target.to} onInput=${set("to")} />
        <${Field} label=${t("figures.steps")} hint=${t("figures.stepsHint")} name="steps" value=${target.steps} onInput=${set("steps")} error=${missing("steps")} />
        ${(error || !online.value) && html`<${Notice} kind="err" live><p>${error || t("common.noInternet")}</p><//>`}
        <p class="buttons">
          <button type="submit" class="button button-main" data-name="save" disabled=${!online.value}>${t("figures.setTarget")}</button>
          <button type="button" class="button" onClick=${onClose}>${t("common.cancel")}</button>
        </p>
      </form>
    <//>
  `;
}
