/** What the screens of figures share: the way between them, what is asked, up to when figures go, and why there are none. */
import { write } from "../../checks/figures.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { Waiting } from "../../parts/waiting.js";
import { away, now } from "../../state/connection.js";
import { digipunts } from "../../state/point.js";
import { label } from "../../state/refdata.js";
import { t } from "../../words/t.js";
import { Filters } from "./filters.js";
import { days, moment } from "./says.js";

/** @typedef {import("../../checks/figures.js").Asked} Asked */
/** @typedef {import("../../state/figures.js").Figures} Figures */

const VIEWS = { overview: "/cijfers", bottlenecks: "/cijfers/knelpunten", grant: "/cijfers/subsidie", report: "/cijfers/verslag" };

/** @param {{view: keyof typeof VIEWS, asked: Asked, change?: (part: Partial<Asked>) => void, byResidence?: boolean, children?: any}} props without `change`, nothing is chosen here */
export const Page = ({ view, asked, change, byResidence = true, children }) => html`
  <div class=${`figures figures-${view}`}>
    <${Screen} title=${t(`figures.title.${view}`)}>
      <nav class="views no-print" aria-label=${t("figures.views")}>
        ${Object.entries(VIEWS).map(
          ([name, path]) => html`<a key=${name} href=${path + write(asked)} aria-current=${name === view ? "page" : undefined} data-name=${name}>${t(`figures.view.${name}`)}</a>`,
        )}
      </nav>
      ${change && html`<${Filters} asked=${asked} change=${change} byResidence=${byResidence} />`}
      ${children}
    <//>
  </div>
`;

/** Whose figures, in words. @param {Asked} asked */
export function place({ municipality, digipunt, residence }) {
  const point = digipunts.value.find(({ id }) => id === digipunt);
  const where = point && !residence ? point.name : municipality ? label("municipality", municipality) : t("figures.everywhere");
  return residence ? t("figures.placeOfResidence", { where }) : where;
}

/** The figures, once they are there; else why not. @param {{asked: Asked, figures: Figures, children: (data: any) => any}} props */
export function Shown({ asked, figures, children }) {
  const { data, at, isOld, failed, refresh } = figures;
  if (data === null)
    return html`<div class="figures-wait"><${Waiting} wait=${t("figures.wait")} problem=${failed && sentence(failed)} again=${t("common.again")} onAgain=${refresh} /></div>`;
  const counted = data.asOf.visits.time;
  const until = counted === null ? "" : moment(counted, now());
  return html`
    <p class="figures-of">
      <strong>${place(asked)}, ${days(data)}.</strong>${" "}
      <span data-name="as-of">${until ? t("figures.asOf", { time: until }) : t("figures.nothingYet")}</span>
    </p>
    ${isOld && at !== null && html`<${Notice} kind="warn" live><p>${t("figures.old", { time: moment(at, now()) })}</p><//>`}
    ${!isOld && away.value.has("visits") && until && html`<${Notice} kind="warn"><p>${t("figures.stale", { time: until })}</p><//>`}
    ${children(data)}
    <p class="only-print figures-address">${t("figures.printed", { address: location.href })}</p>
  `;
}
