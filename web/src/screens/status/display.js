/** *Weergave*, for who reads figures only: letters, contrast and language, and how accessible all is. */
import { html } from "../../html.js";
import { Screen } from "../../parts/screen.js";
import { t } from "../../words/t.js";
import { Looks } from "./looks.js";

export default function Display() {
  return html`
    <${Screen} title=${t("tab.display")}>
      <${Looks} />
      <p><a href="/toegankelijk">${t("more.accessible")}</a></p>
    <//>
  `;
}
