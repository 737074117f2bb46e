/** A new borrower: a name and one way to reach them suffice. Nothing of it stays on the laptop, so there is no draft. */
import { useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Field } from "../../parts/field.js";
import { Fold } from "../../parts/fold.js";
import { point } from "../../state/point.js";
import { label } from "../../state/refdata.js";
import { LANGUAGES, t } from "../../words/t.js";
import { optionsOf } from "./names.js";
import { NeedsNetwork, OnlineButton, Problem, useWork } from "./network.js";

/** @typedef {import("./names.js").Borrower} Borrower */

const EMPTY = { name: "", phone: "", email: "", street: "", postalCode: "", town: "", contact: "", contactPhone: "", via: "", viaPhone: "" };

/** @param {{name: string, phone: string, onAdded: (borrower: Borrower) => void, onBack: () => void}} props */
export function NewBorrower({ name, phone, onAdded, onBack }) {
  const [form, setForm] = useState({ ...EMPTY, name, phone });
  const [language, setLanguage] = useState(["nl"]);
  const [kind, setKind] = useState(["person"]);
  const [channels, setChannels] = useState(/** @type {string[]} */ ([]));
  const [error, setError] = useState("");
  const { working, problem, run } = useWork();
  const id = useRef(crypto.randomUUID());
  const isOrganisation = kind[0] === "organisation";
  /** @param {keyof typeof EMPTY} field @param {string} words @param {any} [more] */
  const text = (field, words, more = {}) => html`
    <${Field} name=${field} label=${t(`lend.new.${words}`)} value=${form[field]} maxLength=${200} ...${more}
      onInput=${(/** @type {string} */ value) => setForm((before) => ({ ...before, [field]: value }))} />`;
  const possible = [
    ...(form.phone.trim() ? ["sms", "phoneCall"] : []),
    ...(form.email.trim() ? ["email"] : []),
    ...(form.street.trim() ? ["letter"] : []),
    "inPerson",
  ];

  const save = () => {
    if (!form.name.trim()) return setError(t("lend.new.noName"));
    setError("");
    const chosen = channels.filter((each) => possible.includes(each));
    const body = {
      kind: kind[0] ?? "person",
      digipunt: point.value?.id,
      municipality: point.value?.municipality,
      name: form.name.trim(),
      language: language[0] ?? "nl",
      ...filled({ phone: form.phone, email: form.email }),
      ...(form.street.trim() ? { address: { street: form.street.trim(), postalCode: form.postalCode.trim(), town: form.town.trim() } } : {}),
      ...(isOrganisation && form.contact.trim() ? { contact: { name: form.contact.trim(), ...filled({ phone: form.contactPhone }) } } : {}),
      ...(form.via.trim() ? { via: { name: form.via.trim(), ...filled({ phone: form.viaPhone }) } } : {}),
      ...(chosen.length > 0 ? { channels: chosen } : {}),
    };
    void run(() => request("PUT", `/loans/v1/borrowers/${id.current}`, { body, as: "person" }), onAdded);
  };
  return html`
    <form class="screen" data-name="new-borrower" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); save(); }}>
      <h2>${t("lend.new.title")}</h2>
      ${text("name", "name", { focus: true, error: error || null })} ${text("phone", "phone", { inputMode: "tel", hint: t("lend.new.phoneHint") })}
      <${Choice} legend=${t("lend.new.language")} small options=${LANGUAGES.map((code) => ({ code, label: t(`lend.language.${code}`) }))} value=${language}
        onChange=${(/** @type {string[]} */ value) => value.length > 0 && setLanguage(value)} />
      <${Fold} title=${t("lend.new.more")}>
        ${text("email", "email", { inputMode: "email" })} ${text("street", "street")}
        ${text("postalCode", "postalCode", { inputMode: "numeric", maxLength: 4 })} ${text("town", "town")}
        <${Choice} legend=${t("lend.new.channels")} hint=${t("lend.new.channelsHint")} several small
          options=${possible.map((code) => ({ code, label: label("channel", code) }))}
          value=${channels} onChange=${setChannels} />
      <//>
      <${Fold} title=${t("lend.new.others")}>
        <${Choice} legend=${t("lend.new.kind")} small options=${optionsOf("borrowerKind")} value=${kind}
          onChange=${(/** @type {string[]} */ value) => value.length > 0 && setKind(value)} />
        ${isOrganisation && html`${text("contact", "contact")} ${text("contactPhone", "contactPhone", { inputMode: "tel" })}`}
        ${text("via", "via", { hint: t("lend.new.viaHint") })} ${form.via.trim() && text("viaPhone", "viaPhone", { inputMode: "tel" })}
      <//>
      <${NeedsNetwork} />
      <${Problem} text=${problem} />
      <p class="buttons">
        <${OnlineButton} type="submit" main working=${working} name="add">${t("lend.new.add")}<//>
        <button type="button" class="button" onClick=${onBack}>${t("common.back")}</button>
      </p>
    </form>
  `;
}

/** @param {Record<string, string>} fields */
const filled = (fields) => Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value.trim() ? [[name, value.trim()]] : [])));
