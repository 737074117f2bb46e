/** Contacts of each municipality and each digipunt, where there is more than one. */
import { byMunicipality, lengthOf } from "../../checks/figures.js";
import { html } from "../../html.js";
import { Bars } from "../../parts/bars.js";
import { label } from "../../state/refdata.js";
import { t } from "../../words/t.js";
import { counted } from "./says.js";

/** @typedef {{id: string, name: string, municipality: string, contacts: number | null}} Point `contacts` null: it was not open */

/** @param {{digipunts: Point[]}} props */
export function Places({ digipunts }) {
  const municipalities = byMunicipality(digipunts);
  const points = [...digipunts].sort((one, other) => (other.contacts ?? 0) - (one.contacts ?? 0));
  return html`
    <div class="rankings">
      ${municipalities.length > 1 && html`<${Place} name="byMunicipality" rows=${municipalities.map(({ code, count }) => ({ label: label("municipality", code), count, status: "z" }))} />`}
      ${points.length > 1 && html`<${Place} name="byDigipunt" rows=${points.map(({ name, contacts }) => ({ label: name, count: contacts, status: "z" }))} />`}
    </div>
  `;
}

/** @param {{name: string, rows: {label: string, count: number | null, status?: string}[]}} props `status`: of a row without a count */
export function Place({ name, rows }) {
  const longest = Math.max(...rows.map(({ count }) => count ?? 0));
  return html`
    <section class="ranking" data-name=${name}>
      <h2>${t(`figures.${name}`)}</h2>
      <${Bars} caption=${t("figures.contacts")} what=${t("figures.where")} count=${t("figures.times")}
        rows=${rows.map((row) => ({ ...row, said: counted(row.count, row.status), length: lengthOf(row.count, longest) }))} />
    </section>
  `;
}
