/** Somebody else changed the visit meanwhile: how it is now, what was changed here, and the choice. */
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { t } from "../../words/t.js";
import { answer, differing, question } from "./lines.js";
import { Lines } from "./told.js";

/**
 * @param {{theirs: Record<string, any>, mine: Record<string, any>, failure: string, onMine: () => void, onTheirs: () => void}} props
 *   `mine` is theirs with what was changed here
 */
export function Changed({ theirs, mine, failure, onMine, onTheirs }) {
  const names = differing(theirs, mine);
  return html`
    <${Screen} title=${t("today.changedTitle")}>
      <${Notice} kind="warn" live><p>${t("today.changed")}</p><//>
      <section data-name="theirs">
        <${Lines} visit=${theirs} />
      </section>
      <section data-name="mine">
        <h2>${t("today.yours")}</h2>
        ${names.length === 0 && html`<p>${t("today.yoursIsIn")}</p>`}
        <dl class="told">
          ${names.map((name) => html`<div key=${name}><dt>${question(name)}</dt><dd>${answer(name, mine[name]) || t("today.unanswered")}</dd></div>`)}
        </dl>
      </section>
      ${failure && html`<${Notice} kind="err" live><p>${failure}</p><//>`}
      <p class="buttons">
        ${names.length > 0 && html`<button type="button" class="button button-main" data-name="keep-mine" onClick=${onMine}>${t("today.keepMine")}</button>`}
        <button type="button" class="button" data-name="keep-theirs" onClick=${onTheirs}>${t("today.keepTheirs")}</button>
      </p>
    <//>
  `;
}
