/** The bottlenecks of one month on a sheet, to print or to send to whom it concerns. */
import { useState } from "preact/hooks";
import { monthsUntil } from "../../checks/figures.js";
import { html } from "../../html.js";
import { Select } from "../../parts/select.js";
import { now } from "../../state/connection.js";
import { isoDay, language, month as said, t } from "../../words/t.js";
import { Files } from "./files.js";

const MOST_MONTHS = 13;

/** @param {{municipality: string}} props */
export function Sheet({ municipality }) {
  const months = monthsUntil(isoDay(now()), MOST_MONTHS);
  const [month, setMonth] = useState(months[1] ?? "");
  const query = new URLSearchParams({ month, language: language(), ...(municipality && { municipality }) });
  return html`
    <section class="no-print" data-name="sheet">
      <h2>${t("figures.sheet")}</h2>
      <div class="filters"><${Select} name="month" label=${t("figures.month")} value=${month} onChange=${setMonth}
        options=${months.map((code) => ({ code, label: said(`${code}-01`) }))} /></div>
      <${Files} files=${/** @type {const} */ (["pdf", "xlsx"]).map((form) => ({ form, path: `/reporting/v1/bottlenecks/sheet.${form}?${query}` }))} />
    </section>
  `;
}
