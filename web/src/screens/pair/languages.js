/** The three languages, each in its own words. */
import { html } from "../../html.js";
import { chooseLanguage } from "../../state/settings.js";
import { language, LANGUAGES, t } from "../../words/t.js";

const NAMES = { nl: "Nederlands", fr: "Français", en: "English" };

export const Languages = () => html`
  <div class="buttons" role="group" aria-label=${t("language.title")}>
    ${LANGUAGES.map(
      (each) => html`
        <button type="button" class="button" lang=${each} aria-pressed=${String(language() === each)} onClick=${() => void chooseLanguage(each)}>${NAMES[each]}</button>
      `,
    )}
  </div>
`;
