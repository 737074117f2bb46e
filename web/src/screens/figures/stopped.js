/** Which online services stopped people, in short: times that it happened, never people. */
import { write } from "../../checks/figures.js";
import { html } from "../../html.js";
import { Bars } from "../../parts/bars.js";
import { label } from "../../state/refdata.js";
import { t, tn } from "../../words/t.js";
import { bars } from "./says.js";

/** @param {{asked: import("./asked.js").Asked, bottlenecks: {service: string, cause: string, count: number}[]}} props */
export function Stopped({ asked, bottlenecks }) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { service, count } of bottlenecks) counts.set(service, (counts.get(service) ?? 0) + count);
  const services = [...counts].map(([code, count]) => ({ code, count })).sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1));
  const [most] = services;
  return html`
    <section class="ranking" data-name="stopped">
      <h2>${t("figures.bottlenecks")}</h2>
      ${most === undefined
        ? html`<p>${t("figures.noBottlenecks")}</p>`
        : html`
            <p class="big">${tn("figures.stopped", most.count, { service: label("onlineService", most.code) })}</p>
            <${Bars} caption=${t("figures.bottlenecks.caption")} what=${t("figures.service")} count=${t("figures.times")}
              rows=${bars(services, "onlineService")} />
            <p class="no-print"><a href=${`/cijfers/knelpunten${write(asked)}`}>${t("figures.bottlenecks.more")}</a></p>
          `}
    </section>
  `;
}
