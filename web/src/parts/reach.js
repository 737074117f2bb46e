/** The questions with which a person can be reached: a name, a language, and whatever number or address they have. */
import { possible } from "../checks/reach.js";
import { html } from "../html.js";
import { t } from "../words/t.js";
import { Choice } from "./choice.js";
import { Field } from "./field.js";

/** @typedef {import("../checks/reach.js").Reach} Reach */

/** @param {{form: Reach, onChange: (form: Reach) => void, missing: string[], named?: boolean}} props `named`: whose they are is told elsewhere */
export function ReachFields({ form, onChange, missing, named = false }) {
  /** @param {keyof Reach} name @param {Record<string, any>} [more] */
  const field = (name, more = {}) => html`
    <${Field} label=${t(`reach.${name}`)} name=${name} value=${form[name]}
      onInput=${(/** @type {string} */ value) => onChange({ ...form, [name]: value })} ...${more} />
  `;
  const ways = possible(form);
  return html`
    ${!named && field("name", { maxLength: 200, error: missing.includes("name") ? t("reach.noName") : null })}
    <${Choice} legend=${t("reach.language")} options=${["nl", "fr", "en"].map((code) => ({ code, label: t(`reach.language.${code}`) }))} value=${form.language}
      onChange=${(/** @type {string[]} */ language) => onChange({ ...form, language })} />
    ${field("phone", { type: "tel", maxLength: 30, hint: t("reach.phoneHint") })} ${field("email", { type: "email", maxLength: 200 })}
    ${field("street", { maxLength: 200, error: missing.includes("address") ? t("reach.halfAddress") : null })}
    ${field("postalCode", { inputMode: "numeric", maxLength: 4 })} ${field("town", { maxLength: 100 })}
    ${ways.length > 1 &&
    html`<${Choice} legend=${t("reach.channels")} hint=${t("reach.channelsHint")} small several
      options=${ways.map((code) => ({ code, label: t(`reach.way.${code}`) }))}
      value=${form.channels.filter((way) => ways.includes(way))} onChange=${(/** @type {string[]} */ channels) => onChange({ ...form, channels })} />`}
  `;
}
