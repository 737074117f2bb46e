/** Somebody else changed the visit meanwhile: both, side by side, and the choice. */
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { t } from "../../words/t.js";
import { answer, differing, question } from "./lines.js";

/**
 * @param {{theirs: Record<string, any>, mine: Record<string, any>, failure: string, onMine: () => void, onTheirs: () => void}} props
 */
export const Changed = ({ theirs, mine, failure, onMine, onTheirs }) => html`
  <${Screen} title=${t("today.changedTitle")}>
    <${Notice} kind="warn" live><p>${t("today.changed")}</p><//>
    <table data-name="both">
      <thead>
        <tr><td></td><th scope="col">${t("today.now")}</th><th scope="col">${t("today.yours")}</th></tr>
      </thead>
      <tbody>
        ${differing(theirs, mine).map(
          (name) => html`
            <tr key=${name}>
              <th scope="row">${question(name)}</th>
              <td>${answer(name, theirs[name]) || t("today.unanswered")}</td>
              <td>${answer(name, mine[name]) || t("today.unanswered")}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
    ${failure && html`<${Notice} kind="err" live><p>${failure}</p><//>`}
    <p class="buttons">
      <button type="button" class="button button-main" data-name="mine" onClick=${onMine}>${t("today.keepMine")}</button>
      <button type="button" class="button" data-name="theirs" onClick=${onTheirs}>${t("today.keepTheirs")}</button>
    </p>
  <//>
`;
