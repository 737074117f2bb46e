/** What was agreed to reach: each target with its steps, in words, drawn, and in numbers. */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { session } from "../../state/helper.js";
import { language, number, t, tn } from "../../words/t.js";
import { Sure } from "../people/sure.js";
import { Figure } from "./figure.js";
import { NewTarget } from "./new_target.js";
import { days } from "./says.js";

/** @typedef {import("../../api/types.d.ts").reporting["schemas"]["Target"]} Target */

/** @param {{targets: Target[], version: number, change: (part: Partial<import("./asked.js").Asked>) => void, onChanged: () => Promise<void>}} props */
export function Targets({ targets, version, change, onChanged }) {
  const [isNew, setNew] = useState(false);
  const [going, setGoing] = useState(/** @type {Target | null} */ (null));
  const sets = session.value?.role === "coordinator";
  const done = async () => {
    setNew(false);
    setGoing(null);
    await onChanged();
  };
  const remove = async () => {
    const answer = await request("DELETE", `/reporting/v1/targets/${going?.id}`, { as: "person" });
    if (answer.status !== 204 && answer.status !== 404) return sentence(answer);
    await done();
    return null;
  };
  return html`
    ${targets.map(
      (target) => html`<${OneTarget} key=${target.id} target=${target} version=${version} onDays=${() => change({ kind: "own", from: target.from, to: target.to })}
        onRemove=${sets ? () => setGoing(target) : null} />`,
    )}
    ${sets && html`<p class="buttons"><button type="button" class="button" data-name="new-target" onClick=${() => setNew(true)}>${t("figures.newTarget")}</button></p>`}
    ${isNew && html`<${NewTarget} onDone=${() => void done()} onClose=${() => setNew(false)} />`}
    ${going && html`<${Sure} title=${t("figures.removeTarget")} text=${t("figures.removeText", { name: going.name })} yes=${t("figures.removeTarget")} onYes=${remove}
      onClose=${() => setGoing(null)} />`}
  `;
}

/** @param {{target: Target, version: number, onDays: () => void, onRemove: (() => void) | null}} props */
const OneTarget = ({ target: { id, name, from, to, progress }, version, onDays, onRemove }) => html`
  <section data-name="target">
    <${Figure} name="steps" title=${name} text=${t("figures.target.text", { days: days({ from, to }) })} version=${version}
      chart=${`/reporting/v1/charts/target.svg?target=${id}&language=${language()}`} columns=${[t("figures.step"), t("figures.atLeast"), t("figures.atMost"), t("figures.toGo")]}
      rows=${progress.steps.map(({ value, missing }) => [number(value), number(progress.atLeast), number(progress.atMost), number(missing)])} />
    <ul data-name="sentences">${progress.steps.map((step) => html`<li key=${step.value}>${step.sentence}${step.missing > 0 && ` ${tn("figures.missing", step.missing)}`}</li>`)}</ul>
    <p class="hint">${progress.definition}</p>
    <p class="buttons">
      <button type="button" class="button" data-name="days-of-target" onClick=${onDays}>${t("figures.showDays")}</button>
      ${onRemove && html`<button type="button" class="button" data-name="remove-target" aria-label=${`${t("figures.removeTarget")}: ${name}`} onClick=${onRemove}>${t("figures.removeTarget")}</button>`}
    </p>
  </section>
`;
