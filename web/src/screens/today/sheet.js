/** The empty sheet: the same themes in the same groups, with room for strokes. It is seen on paper only. */
import { html } from "../../html.js";
import { codes, label } from "../../state/refdata.js";
import { GROUPS } from "../../state/themes.js";
import { t } from "../../words/t.js";

const BOXES = Array.from({ length: 15 }, (_, place) => place);

/** The themes that are in use, in their groups; one that came later stands in the last. */
export function groups() {
  const offered = codes("theme").map(({ code }) => code);
  const grouped = new Set(GROUPS.flatMap(({ themes }) => themes));
  return GROUPS.map(({ name, themes }) => ({
    name,
    themes: [...themes, ...(name === "life" ? offered.filter((code) => !grouped.has(code)) : [])].filter((code) => offered.includes(code)),
  }));
}

export const Sheet = () => html`
  <div class="only-print sheet">
    <p class="sheet-day">${t("tally.sheetDay")}</p>
    <p>${t("tally.sheetHow")}</p>
    <table>
      <colgroup><col class="sheet-theme" /><col span=${BOXES.length} /></colgroup>
      ${groups().map(
        ({ name, themes }) => html`
          <tbody key=${name}>
            <tr><th colspan=${BOXES.length + 1} scope="colgroup">${t(`visit.group.${name}`)}</th></tr>
            ${themes.map(
              (code) => html`<tr key=${code}><td>${label("theme", code)}</td>${BOXES.map((box) => html`<td key=${box}></td>`)}</tr>`,
            )}
          </tbody>
        `,
      )}
    </table>
  </div>
`;
