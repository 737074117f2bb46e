/** What people came for, how that went and who they were: rankings of one summary. */
import { sum } from "../../checks/figures.js";
import { html } from "../../html.js";
import { Bars } from "../../parts/bars.js";
import { t } from "../../words/t.js";
import { bars } from "./says.js";

/** @typedef {import("../../checks/figures.js").Counted} Counted */

/** @param {{name: string, items: Counted[], list: string, text?: string, inOrder?: boolean}} props */
export const Ranking = ({ name, items, list, text, inOrder = false }) =>
  items.length > 0 &&
  html`
    <section class="ranking" data-name=${name}>
      <h2>${t(`figures.${name}`)}</h2>
      ${text && html`<p class="hint">${text}</p>`}
      <${Bars} caption=${t(`figures.${name}.caption`)} what=${t(`figures.${name}`)} count=${t("figures.times")} rows=${bars(items, list, { inOrder })} />
    </section>
  `;

/** @param {{summary: any}} props */
export const Visits = ({ summary }) => html`
  <div class="rankings">
    <${Ranking} name="themes" list="theme" items=${summary.themes} text=${summary.themesDefinition} />
    <${Ranking} name="outcomes" list="outcome" items=${summary.outcomes} />
    <${Ranking} name="help" list="help" items=${summary.help} />
    <${Ranking} name="ages" list="ageBand" items=${summary.ageBands} inOrder />
    <${Ranking} name="situations" list="situation" items=${summary.situations} text=${t("figures.situations.text")} />
    <${Ranking} name="referredOut" list="party" items=${summary.referrals.out} />
    <${Ranking} name="referredIn" list="party" items=${summary.referrals.in} />
    <${Ranking} name="residences" list="municipality" items=${summary.residences} text=${t("figures.residences.text")} />
    <${SelfReliance} answers=${summary.selfReliance} />
  </div>
`;

/** @param {{answers: {answers: Counted[], definition: string}}} props */
export const SelfReliance = ({ answers: { answers, definition } }) =>
  sum(answers) > 0 &&
  html`
    <section class="ranking" data-name="selfReliance">
      <h2>${t("figures.selfReliance")}</h2>
      <p data-name="definition">${definition}</p>
      <${Bars} caption=${t("figures.selfReliance.caption")} what=${t("figures.selfReliance")} count=${t("figures.times")} rows=${bars(answers, "selfReliance", { inOrder: true })} />
    </section>
  `;
