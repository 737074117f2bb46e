/** What is asked when there is time: how, how long, from where, who. None of it is needed. */
import { useState } from "preact/hooks";
import { readCard } from "../../checks/card.js";
import { sensitive } from "../../checks/sensitive.js";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Field } from "../../parts/field.js";
import { online } from "../../state/connection.js";
import { codes, label } from "../../state/refdata.js";
import { t } from "../../words/t.js";
import { Lookup } from "./card.js";

/** @typedef {import("./fields.js").Form} Form */

const MINUTES = ["10", "20", "30", "45", "60"];

/** @param {{form: Form, set: (fields: Partial<Form>) => void}} props */
export function More({ form, set }) {
  const [other, setOther] = useState(form.minutes !== "" && !MINUTES.includes(form.minutes));
  /** @param {"help" | "selfReliance" | "referredFrom" | "referredTo" | "ageBand" | "situation" | "device" | "place"} name @param {string} list */
  const choice = (name, list, several = false) => html`
    <${Choice} legend=${t(`visit.${name}`)} options=${codes(list).map(({ code }) => ({ code, label: label(list, code) }))} value=${form[name]} several=${several} small
      onChange=${(/** @type {string[]} */ value) => set({ [name]: value })} />
  `;
  const wrongCard = form.card.replace(/\W/g, "").length >= 6 && readCard(form.card) === null;
  const found = sensitive(form.note);
  return html`
    ${choice("help", "help")} ${choice("selfReliance", "selfReliance")}
    <${Choice} legend=${t("visit.minutes")} options=${[...MINUTES.map((code) => ({ code, label: t("visit.minute", { n: code }) })), { code: "other", label: t("visit.otherMinutes") }]} small
      value=${other ? ["other"] : form.minutes ? [form.minutes] : []}
      onChange=${(/** @type {string[]} */ [minutes = ""]) => {
        setOther(minutes === "other");
        set({ minutes: minutes === "other" ? "" : minutes });
      }} />
    ${other && html`<${Field} label=${t("visit.howManyMinutes")} inputMode="numeric" maxLength=${3} value=${form.minutes} onInput=${(/** @type {string} */ minutes) => set({ minutes: minutes.replace(/\D/g, "") })} />`}
    ${choice("referredFrom", "party")} ${choice("referredTo", "party")} ${choice("ageBand", "ageBand")} ${choice("situation", "situation", true)}
    <${Choice} legend=${t("visit.residence")} options=${[...codes("municipality").map(({ code }) => ({ code, label: label("municipality", code) })), { code: "other", label: t("visit.elsewhere") }]} small
      value=${form.residence ? [form.residence] : []} onChange=${(/** @type {string[]} */ [residence = ""]) => set({ residence })} />
    ${choice("device", "deviceKind")} ${choice("place", "place")}
    <${Field} label=${t("visit.card")} hint=${t("visit.cardHint")} value=${form.card} maxLength=${20} error=${wrongCard ? t("visit.cardWrong") : null} onInput=${(/** @type {string} */ card) => set({ card, noCard: false })} />
    <${Lookup} card=${form.card} onFound=${(/** @type {string} */ contact) => set({ contact: [contact] })} onUnknown=${() => set({ noCard: true })} />
    <${Field} label=${t("visit.note")} hint=${online.value ? t("visit.noteHint") : t("visit.noteOffline")} disabled=${!online.value} lines=${3} maxLength=${1000} value=${form.note}
      warning=${found && t(`visit.sensitive.${found}`)} onInput=${(/** @type {string} */ note) => set({ note })} />
  `;
}
