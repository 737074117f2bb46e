/** Size of letters, contrast and language: tapped, and seen at once. */
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { chooseLanguage, looks } from "../../state/settings.js";
import { isLanguage, language, LANGUAGES, t } from "../../words/t.js";

const NAMES = { nl: "Nederlands", fr: "Français", en: "English" };

export const Looks = () => html`
  <${Choice} legend=${t("status.size")} small value=${[looks.value.size]}
    options=${["100", "112", "125"].map((code) => ({ code, label: t(`status.size.${code}`) }))}
    onChange=${(/** @type {any[]} */ [size]) => size && (looks.value = { ...looks.value, size })} />
  <${Choice} legend=${t("status.contrast")} small value=${[looks.value.contrast]}
    options=${["normal", "more"].map((code) => ({ code, label: t(`status.contrast.${code}`) }))}
    onChange=${(/** @type {any[]} */ [contrast]) => contrast && (looks.value = { ...looks.value, contrast })} />
  <${Choice} legend=${t("language.title")} small value=${[language()]} options=${LANGUAGES.map((code) => ({ code, label: NAMES[code] }))}
    onChange=${(/** @type {string[]} */ [chosen = ""]) => isLanguage(chosen) && void chooseLanguage(chosen)} />
`;
