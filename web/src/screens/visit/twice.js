/** Asks, when the very same was kept less than a minute ago. */
import { html } from "../../html.js";
import { Dialog } from "../../parts/dialog.js";
import { t } from "../../words/t.js";

/** @param {{onOther: () => void, onSame: () => void}} props */
export const Twice = ({ onOther, onSame }) => html`
  <${Dialog} title=${t("visit.twice")} onClose=${onSame}>
    <p>${t("visit.twiceAsk")}</p>
    <p class="buttons">
      <button type="button" class="button button-main" onClick=${onOther}>${t("visit.twiceOther")}</button>
      <button type="button" class="button" onClick=${onSame}>${t("visit.twiceSame")}</button>
    </p>
  <//>
`;
