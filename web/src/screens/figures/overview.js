/** *Cijfers*: how it went, for who runs a digipunt. Everything comes from one summary, so that no two numbers differ. */
import { cutOf, parameters } from "../../checks/figures.js";
import { html } from "../../html.js";
import { session } from "../../state/helper.js";
import { useFigures } from "../../state/figures.js";
import { number, language, t } from "../../words/t.js";
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
  /** @type {{from: string, to: string, count: number}[]} */
  const parts = data?.items ?? [];
  return html`
    <${Figure} name="course" title=${t("figures.course")} text=${t("figures.course.text", { days: days(asked) })} version=${version}
      chart=${`/reporting/v1/charts/contacts.svg?${parameters(asked, own, { language: language() })}`}
      columns=${[t("figures.when"), t("figures.contacts")]} rows=${parts.map((part) => [partSaid(part.from, by), number(part.count)])} />
  `;
}
