/** Somebody who asked for the sheet: a name, an e-mail address, a language, and the municipality. For coordinators. */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { Notice } from "../../parts/notice.js";
import { Select } from "../../parts/select.js";
import { online } from "../../state/connection.js";
import { label } from "../../state/refdata.js";
import { language, t } from "../../words/t.js";
import { municipalities } from "./asked.js";

const LANGUAGES = /** @type {const} */ (["nl", "fr", "en"]);

/** @param {{municipality: string, onDone: (name: string) => void, onClose: () => void}} props `municipality`: the one that is looked at, if one is */
export function NewReader({ municipality, onDone, onClose }) {
  // One id for all tries: when an answer was lost, the second try finds what the first one made.
  const [id] = useState(() => crypto.randomUUID());
  const [reader, setReader] = useState({ name: "", email: "", language: language(), municipality: municipality || (municipalities()[0] ?? "") });
  const [tried, setTried] = useState(false);
  const [error, setError] = useState("");
  const set = (/** @type {keyof typeof reader} */ name) => (/** @type {string} */ value) => setReader({ ...reader, [name]: value });
  const lacks = { readerName: !reader.name.trim(), readerEmail: !reader.email.includes("@") };
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setTried(true);
    if (lacks.readerName || lacks.readerEmail) return;
    const body = { ...reader, name: reader.name.trim(), email: reader.email.trim() };
    const answer = await request("PUT", `/notifications/v1/readers/${id}`, { body, as: "person" });
    if (answer.status === 200 || answer.status === 201) onDone(body.name);
    else setError(sentence(answer));
  };
  const missing = (/** @type {keyof typeof lacks} */ what) => (tried && lacks[what] ? t(`figures.lacks.${what}`) : null);
  return html`
    <${Dialog} title=${t("figures.newReader")} onClose=${onClose}>
      <form class="screen" noValidate onSubmit=${submit}>
        <${Field} label=${t("figures.readerName")} name="reader-name" maxLength=${200} value=${reader.name} onInput=${set("name")} error=${missing("readerName")} />
        <${Field} label=${t("figures.readerEmail")} type="email" name="reader-email" value=${reader.email} onInput=${set("email")} error=${missing("readerEmail")} />
        <${Select} label=${t("figures.readerLanguage")} name="reader-language" value=${reader.language} onChange=${set("language")}
          options=${LANGUAGES.map((code) => ({ code, label: t(`reach.language.${code}`) }))} />
        <${Select} label=${t("figures.municipality")} name="reader-municipality" value=${reader.municipality} onChange=${set("municipality")}
          options=${municipalities().map((code) => ({ code, label: label("municipality", code) }))} />
        ${(error || !online.value) && html`<${Notice} kind="err" live><p>${error || t("common.noInternet")}</p><//>`}
        <p class="buttons">
          <button type="submit" class="button button-main" data-name="save" disabled=${!online.value}>${t("figures.addReader")}</button>
          <button type="button" class="button" onClick=${onClose}>${t("common.cancel")}</button>
        </p>
      </form>
    <//>
  `;
}
