/** *Verslag*: the half-year or the year as files that a funder takes, made by the service while somebody looks. */
import { useState } from "preact/hooks";
import { reportable } from "../../checks/figures.js";
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { Select } from "../../parts/select.js";
import { now, online } from "../../state/connection.js";
import { label } from "../../state/refdata.js";
import { isoDay, language, t } from "../../words/t.js";
import { municipalities, useAsked } from "./asked.js";
import { Files, FOR_EXCEL } from "./files.js";
import { Page } from "./page.js";
import { useReport } from "./making.js";
import { percents } from "./says.js";

/** @typedef {ReturnType<typeof reportable>[number]} Period */

const FORMS = /** @type {const} */ (["pdf", "xlsx", "csv"]);

/** @param {Period} period */
const said = ({ kind, year, half }) => t(kind === "year" ? "figures.ofYear" : `figures.ofHalf${half}`, { year: String(year) });

export default function Report() {
  const { asked, change } = useAsked();
  const periods = reportable(isoDay(now()));
  const [place, setPlace] = useState(0);
  const period = /** @type {Period} */ (periods[place]);
  const own = municipalities();
  const { report, problem, ask, forget } = useReport();
  const make = () =>
    ask({
      kind: period.kind,
      year: period.year,
      ...(period.half && { half: period.half }),
      ...(asked.municipality && { municipalities: [asked.municipality] }),
      language: language(),
    });
  const isMaking = report?.state === "making";
  return html`
    <${Page} view="report" asked=${asked}>
      <p>${t("figures.report.text")}</p>
      <form class="filters" aria-label=${t("figures.filters")} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
        <${Select} name="report" label=${t("figures.period")} value=${String(place)} disabled=${isMaking}
          options=${periods.map((each, at) => ({ code: String(at), label: said(each) }))} onChange=${(/** @type {string} */ at) => { setPlace(Number(at)); forget(); }} />
        <${Select} name="municipality" label=${t("figures.municipality")} value=${asked.municipality} disabled=${isMaking}
          options=${[{ code: "", label: t("figures.all") }, ...own.map((code) => ({ code, label: label("municipality", code) }))]}
          onChange=${(/** @type {string} */ municipality) => { change({ municipality }); forget(); }} />
        <p class="buttons"><button type="submit" class="button button-main" data-name="make" disabled=${isMaking || !online.value} onClick=${make}>${t("figures.make")}</button></p>
      </form>
      ${!online.value && html`<p class="error">${t("figures.reportOffline")}</p>`}
      ${problem && html`<${Notice} kind="err" live><p>${problem}</p><//>`}
      <div role="status" class="making">
        ${isMaking && html`<p data-name="making">${t("figures.making", { p: percents(Math.round(report.progress * 100)) })}</p><progress max="1" value=${report.progress} aria-label=${t("figures.progress")}></progress>`}
        ${report?.state === "made" && html`<p class="big" data-name="made">${t("figures.made")}</p>`}
      </div>
      ${report?.rebuilding && html`<${Notice}><p>${t("figures.rebuilding")}</p><//>`}
      ${report?.state === "made" && html`<${Files} files=${FORMS.map((form) => ({ form, path: `${report.files[form]}${form === "csv" ? FOR_EXCEL : ""}` }))} />`}
    <//>
  `;
}
