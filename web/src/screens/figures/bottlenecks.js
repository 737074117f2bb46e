/** *Knelpunten*, for policy: which online service stopped people how often, why, with what consequence, and over twelve months. */
import { parameters } from "../../checks/figures.js";
import { html } from "../../html.js";
import { Bars } from "../../parts/bars.js";
import { Select } from "../../parts/select.js";
import { useFigures } from "../../state/figures.js";
import { session } from "../../state/helper.js";
import { label } from "../../state/refdata.js";
import { language, list, number, t, tn } from "../../words/t.js";
import { municipalities, useAsked } from "./asked.js";
import { Figure } from "./figure.js";
import { Page, Shown } from "./page.js";
import { Readers } from "./readers.js";
import { bars, partSaid } from "./says.js";
import { Sheet } from "./sheet.js";

/**
 * @typedef {import("../../checks/figures.js").Counted & {count: number}} Count
 * @typedef {{service: string, count: number, causes: Count[], outcomes?: Count[], sentence: string, trend: {from: string, to: string, count: number}[]}} Bottleneck
 */

const MOST_CAUSES = 3;

export default function Bottlenecks() {
  const { asked, change } = useAsked();
  const figures = useFigures(`/reporting/v1/bottlenecks?${parameters(asked, municipalities(), { language: language() })}`);
  return html`
    <${Page} view="bottlenecks" asked=${asked} change=${change}>
      <${Shown} asked=${asked} figures=${figures}>${(/** @type {any} */ data) => html`<${Register} asked=${asked} change=${change} data=${data} />`}<//>
      ${session.value?.role === "coordinator" && html`<${Readers} municipality=${asked.municipality} />`}
    <//>
  `;
}

/** @param {{asked: import("./asked.js").Asked, change: (part: any) => void, data: {items: Bottleneck[], definition: string, asOf: any}}} props */
function Register({ asked, change, data: { items, definition, asOf } }) {
  const [most] = items;
  const chosen = items.find(({ service }) => service === asked.service) ?? most;
  if (most === undefined || chosen === undefined) return html`<p class="card big" data-name="empty">${t("figures.noBottlenecks")}</p>`;
  const options = items.map(({ service }) => ({ code: service, label: label("onlineService", service) }));
  return html`
    <section class="ranking" data-name="stopped">
      <p class="big" data-name="sentence">${most.sentence}</p>
      <p class="hint">${definition}</p>
      <${Bars} caption=${t("figures.bottlenecks.caption")} what=${t("figures.service")} count=${t("figures.times")} rows=${rows(items)} />
    </section>
    <div class="filters no-print"><${Select} name="service" label=${t("figures.chosenService")} value=${chosen.service} options=${options}
      onChange=${(/** @type {string} */ service) => change({ service })} /></div>
    <${Service} asked=${asked} bottleneck=${chosen} version=${asOf.visits.position} />
    ${!asked.residence && html`<${Sheet} municipality=${asked.municipality} />`}
  `;
}

/** The services, each with the causes that come first. @param {Bottleneck[]} items */
function rows(items) {
  const why = new Map(items.map(({ service, causes }) => [service, list(causes.slice(0, MOST_CAUSES).map(because))]));
  return bars(items.map(({ service, count }) => ({ code: service, count })), "onlineService").map((row) => ({ ...row, note: why.get(row.name ?? "") }));
}

/** @param {Count} cause */
const because = ({ code, count }) => tn("figures.because", count, { cause: label("bottleneckCause", code) });

/** One service in full. @param {{asked: import("./asked.js").Asked, bottleneck: Bottleneck, version: number}} props */
function Service({ asked, bottleneck: { service, causes, outcomes, sentence, trend }, version }) {
  const name = label("onlineService", service);
  const chart = parameters(asked, municipalities(), { service, language: language() });
  return html`
    <section data-name="service">
      <h2>${name}</h2>
      <p>${sentence}</p>
      <${Figure} key=${service} name="trend" told title=${t("figures.trend", { service: name })} text=${t("figures.trend.text")} version=${version} chart=${`/reporting/v1/charts/bottleneck.svg?${chart}`}
        columns=${[t("figures.when"), t("figures.times")]} rows=${trend.map(({ from, count }) => [partSaid(from, "month"), number(count)])} />
      <div class="rankings">
        <section class="ranking" data-name="causes">
          <h3>${t("figures.causes")}</h3>
          <${Bars} caption=${t("figures.causes.caption", { service: name })} what=${t("figures.causes")} count=${t("figures.times")} rows=${bars(causes, "bottleneckCause")} />
        </section>
        ${outcomes &&
        html`<section class="ranking" data-name="consequences">
          <h3>${t("figures.consequences")}</h3>
          <${Bars} caption=${t("figures.consequences.caption", { service: name })} what=${t("figures.consequences")} count=${t("figures.times")} rows=${bars(outcomes, "outcome")} />
        </section>`}
      </div>
    </section>
  `;
}
