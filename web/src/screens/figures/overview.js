/** *Cijfers*: how it went, for who runs a digipunt. Everything comes from one summary, so that no two numbers differ. */
import { before, cutOf, parameters, sum } from "../../checks/figures.js";
import { html } from "../../html.js";
import { now } from "../../state/connection.js";
import { session } from "../../state/helper.js";
import { useFigures } from "../../state/figures.js";
import { isoDay, number, language, t } from "../../words/t.js";
import { Lending, Sessions } from "./activities.js";
import { municipalities, useAsked } from "./asked.js";
import { Figure } from "./figure.js";
import { bigNumbers, Numbers } from "./numbers.js";
import { Page, Shown } from "./page.js";
import { Places } from "./places.js";
import { Laptops, Quality } from "./quality.js";
import { days, partSaid } from "./says.js";
import { Stopped } from "./stopped.js";
import { Visits } from "./visits.js";

/** @typedef {{from: string, to: string, count: number}} Part */

export default function Overview() {
  const { asked, change } = useAsked();
  const own = municipalities();
  const figures = useFigures(`/reporting/v1/summary?${parameters(asked, own, { compare: "lastYear", language: language() })}`);
  return html`
    <${Page} view="overview" asked=${asked} change=${change}>
      <${Shown} asked=${asked} figures=${figures}>${(/** @type {any} */ summary) => html`<${Summary} asked=${asked} summary=${summary} />`}<//>
    <//>
  `;
}

/** @param {{asked: import("./asked.js").Asked, summary: any}} props */
function Summary({ asked, summary }) {
  if (summary.contacts === null) return html`<p class="card big" data-name="absent">${summary.definition}</p>`;
  if (summary.contacts === 0) return html`<p class="card big" data-name="empty">${t("figures.empty")}</p>`;
  return html`
    <${Numbers} items=${bigNumbers(summary)} />
    <${Course} asked=${asked} version=${summary.asOf.visits.position} />
    ${summary.digipunts && html`<${Places} digipunts=${summary.digipunts} />`}
    <${Visits} summary=${summary} />
    <${Stopped} asked=${asked} bottlenecks=${summary.bottlenecks} />
    ${summary.loans !== undefined && html`<${Lending} summary=${summary} />`}
    ${summary.sessions && html`<${Sessions} sessions=${summary.sessions} />`}
    <${Quality} summary=${summary} />
    ${session.value?.role === "coordinator" && html`<${Laptops} />`}
  `;
}

/** Contacts over the period. @param {{asked: import("./asked.js").Asked, version: number}} props */
function Course({ asked, version }) {
  const by = cutOf(asked);
  const own = municipalities();
  const { data } = useFigures(`/reporting/v1/series?${parameters(asked, own, { by })}`);
  const earlier = useFigures(`/reporting/v1/series?${parameters({ ...asked, ...before(asked) }, own, { by })}`);
  // As in the drawing: a nought for days to come would say that nobody came.
  const parts = /** @type {Part[]} */ (data?.items ?? []).filter(({ from }, place) => place === 0 || from <= isoDay(now()));
  /** @type {Part[]} */
  const ones = earlier.data?.items ?? [];
  // As in the drawing: a period in which nothing was counted is none to compare with.
  const compares = sum(ones.map(({ count }) => ({ code: "", count }))) > 0;
  return html`
    <${Figure} name="course" told title=${t("figures.course")} text=${t("figures.course.text", { days: days(asked) })} version=${version}
      chart=${`/reporting/v1/charts/contacts.svg?${parameters(asked, own, { language: language() })}`}
      columns=${[t("figures.when"), t("figures.contacts"), ...(compares ? [t("figures.before")] : [])]}
      rows=${parts.map((part, place) => [partSaid(part.from, by), number(part.count), ...(compares ? [ones[place] ? number(ones[place].count) : ""] : [])])} />
  `;
}
