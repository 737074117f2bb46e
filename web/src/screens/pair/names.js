/** *Wie zit er aan de balie?* A name says who helped; it needs no PIN. */
import { html } from "../../html.js";
import { Screen } from "../../parts/screen.js";
import { choose, helpers } from "../../state/helper.js";
import { point } from "../../state/point.js";
import { t } from "../../words/t.js";
import { Languages } from "./languages.js";

export const Names = () => html`
  <main id="main">
    <${Screen} title=${t("names.title")} aside=${point.value?.name}>
      <ul class="tiles names">
        ${helpers.value.map(
          (person) => html`
            <li key=${person.id}>
              <button type="button" class="tile name" data-name="helper" onClick=${() => choose(person)}>
                <span class="initials" aria-hidden="true">${initials(person.name)}</span><span class="tile-label">${person.name}</span>
              </button>
            </li>
          `,
        )}
      </ul>
      <p class="buttons"><button type="button" class="button button-wide" data-name="nobody" onClick=${() => choose(null)}>${t("names.without")}</button></p>
      <${Languages} />
    <//>
  </main>
`;

/** @param {string} name */
const initials = (name) => name.split(/\s+/).map(([first = ""]) => first.toUpperCase()).slice(0, 2).join("");
