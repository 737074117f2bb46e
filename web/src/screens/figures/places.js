/** Contacts of each municipality and each digipunt, where there is more than one. */
import { byMunicipality, lengthOf } from "../../checks/figures.js";
import { html } from "../../html.js";
import { Bars } from "../../parts/bars.js";
import { label } from "../../state/refdata.js";
import { number, t } from "../../words/t.js";

/** @typedef {{id: string, name: string, municipality: string, contacts: number}} Point */

/** @param {{digipunts: Point[]}} props */
export function Places({ digipunts }) {
  const municipalities = byMunicipality(digipunts);
  const points = [...digipunts].sort((one, other) => other.contacts - one.contacts);
  return html`
    <div class="rankings">
      ${municipalities.length > 1 && html`<${Place} name="byMunicipality" rows=${municipalities.map(({ code, count }) => ({ label: label("municipality", code), count }))} />`}
      ${points.length > 1 && html`<${Place} name="byDigipunt" rows=${points.map(({ name, contacts }) => ({ label: name, count: contacts }))} />`}
    </div>
  `;
}

/** @param {{name: string, rows: {label: string, count: number}[]}} props */
export function Place({ name, rows }) {
  const longest = Math.max(...rows.map(({ count }) => count));
  return html`
    <section class="ranking" data-name=${name}>
      <h2>${t(`figures.${name}`)}</h2>
      <${Bars} caption=${t("figures.contacts")} what=${t("figures.where")} count=${t("figures.times")}
        rows=${rows.map((row) => ({ ...row, said: number(row.count), length: lengthOf(row.count, longest) }))} />
    </section>
  `;
}
