/** What was agreed to reach: each target with its steps, in words, drawn, and in numbers. */
import { html } from "../../html.js";
import { language, number, t, tn } from "../../words/t.js";
import { Figure } from "./figure.js";
import { days } from "./says.js";

/** @typedef {import("../../api/types.d.ts").reporting["schemas"]["Target"]} Target */

/** @param {{targets: Target[], version: number, change: (part: Partial<import("./asked.js").Asked>) => void}} props */
export const Targets = ({ targets, version, change }) =>
  targets.map(
    (target) => html`<${OneTarget} key=${target.id} target=${target} version=${version} onDays=${() => change({ kind: "own", from: target.from, to: target.to })} />`,
  );

/** @param {{target: Target, version: number, onDays: () => void}} props */
const OneTarget = ({ target: { id, name, from, to, progress }, version, onDays }) => html`
  <section data-name="target">
    <${Figure} name="steps" title=${name} text=${t("figures.target.text", { days: days({ from, to }) })} version=${version}
      chart=${`/reporting/v1/charts/target.svg?target=${id}&language=${language()}`} columns=${[t("figures.step"), t("figures.atLeast"), t("figures.atMost"), t("figures.toGo")]}
      rows=${progress.steps.map(({ value, missing }) => [number(value), number(progress.atLeast), number(progress.atMost), number(missing)])} />
    <ul data-name="sentences">${progress.steps.map((step) => html`<li key=${step.value}>${step.sentence}${step.missing > 0 && ` ${tn("figures.missing", step.missing)}`}</li>`)}</ul>
    <p class="hint">${progress.definition}</p>
    <p class="no-print"><button type="button" class="button" data-name="days-of-target" onClick=${onDays}>${t("figures.showDays")}</button></p>
  </section>
`;
