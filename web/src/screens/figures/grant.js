/** *Bereik en subsidie*, for who pays: how many people at least and at most, how they were helped, and where. */
import { parameters } from "../../checks/figures.js";
import { html } from "../../html.js";
import { now } from "../../state/connection.js";
import { useFigures } from "../../state/figures.js";
import { isoDay, language, number, t } from "../../words/t.js";
import { municipalities, useAsked } from "./asked.js";
import { Figure } from "./figure.js";
import { Facts } from "./numbers.js";
import { Page, Shown } from "./page.js";
import { Places } from "./places.js";
import { days, partSaid } from "./says.js";
import { Targets } from "./targets.js";
import { SelfReliance } from "./visits.js";

/** @typedef {import("./asked.js").Asked} Asked */
/** @typedef {{atLeast: number, atMost: number}} Bounds */

export default function Grant() {
  const { asked: chosen, change } = useAsked();
  // A reach is of digipunten: who lives where may have come first elsewhere.
  const asked = { ...chosen, residence: false };
  const own = municipalities();
  const reach = useFigures(`/reporting/v1/reach?${parameters(asked, own, { language: language() })}`);
  const targets = useFigures(`/reporting/v1/targets?language=${language()}`);
  // All at once, so that nothing jumps away under who reads; without the targets, if these do not come.
  const figures = targets.data === null && targets.failed === null ? { ...reach, data: null } : reach;
  const summary = useFigures(`/reporting/v1/summary?${parameters(asked, own, { language: language() })}`);
  return html`
    <${Page} view="grant" asked=${asked} change=${change} byResidence=${false}>
      <${Shown} asked=${asked} figures=${figures}>
        ${(/** @type {any} */ data) => html`
          ${targets.data && html`<${Targets} targets=${targets.data.items} version=${data.asOf.visits.position} change=${change} onChanged=${targets.refresh} />`}
          ${data.atLeast === null ? html`<p class="card big" data-name="absent">${data.definition}</p>` : html`<${Reach} asked=${asked} reach=${data} />`}
          ${summary.data?.contacts != null &&
          html`
            <div class="rankings">
              <${SelfReliance} answers=${summary.data.selfReliance} />
              <${Places} digipunts=${summary.data.digipunts} />
            </div>
            <p class="hint">${summary.data.definition}</p>
          `}
        `}
      <//>
    <//>
  `;
}

/** @param {Bounds} bounds */
const between = ({ atLeast, atMost }) => (atLeast === atMost ? number(atLeast) : t("figures.between", { from: number(atLeast), to: number(atMost) }));

/** Whether the month that ends with `to` has begun; the drawing leaves those to come open. @param {{to: string}} month */
const begun = ({ to }) => to.slice(0, 7) <= isoDay(now()).slice(0, 7);

/** @param {{asked: Asked, reach: any}} props */
const Reach = ({ asked, reach }) => html`
  <section data-name="reach">
    <p class="big" data-name="bounds">${t("figures.reached", { people: between(reach) })}</p>
    <p class="hint">${reach.definition}</p>
    <${Facts} items=${[
      { name: "adults", said: between(reach.adults) },
      { name: "under18", said: between(reach.under18) },
    ]} />
    <${Figure} name="reach" title=${t("figures.reach")} text=${t("figures.reach.text", { days: days(asked) })} version=${reach.asOf.visits.position}
      chart=${`/reporting/v1/charts/reach.svg?${parameters(asked, municipalities(), { language: language() })}`}
      columns=${[t("figures.until"), t("figures.atLeast"), t("figures.atMost")]}
      rows=${reach.months.filter(begun).map((/** @type {any} */ { to, atLeast, atMost }) => [partSaid(to, "month"), number(atLeast), number(atMost)])} />
  </section>
`;
