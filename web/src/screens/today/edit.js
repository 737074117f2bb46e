/** The form of a visit that is put right, with the day and the hour that a new one takes by itself. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../../html.js";
import { Field } from "../../parts/field.js";
import { Notice } from "../../parts/notice.js";
import { now } from "../../state/connection.js";
import { busy } from "../../update.js";
import { isoDay, t } from "../../words/t.js";
import { formOf } from "../visit/fields.js";
import { VisitForm } from "../visit/form.js";
import { hourOf, momentOf } from "./clock.js";

/** @typedef {import("../visit/fields.js").Form} Form */

/** @param {{visit: Record<string, any>, refused: string[], failure: string, onSave: (form: Form) => Promise<void>, back: any}} props */
export function Edit({ visit, refused, failure, onSave, back }) {
  const [form, setForm] = useState(formOf(visit));
  const [day, setDay] = useState(isoDay(visit["startedAt"]));
  const [hour, setHour] = useState(hourOf(visit["startedAt"]));
  const [dirty, setDirty] = useState(false);
  const [error, setError] = useState("");
  const [timeError, setTimeError] = useState("");
  useEffect(() => {
    busy("correct", dirty);
    return () => busy("correct", false);
  }, [dirty]);

  /** @param {Partial<Form>} fields */
  const set = (fields) => {
    setForm({ ...form, ...fields });
    setDirty(true);
    setError("");
  };
  /** The moment as it was, when the clock still shows the same: it has seconds too. */
  const startedAt = () => {
    if (day === isoDay(visit["startedAt"]) && hour === hourOf(visit["startedAt"])) return form.startedAt;
    const moment = momentOf(day, hour);
    return moment === null || moment > now() ? null : new Date(moment).toISOString();
  };
  const save = () => {
    const at = startedAt();
    if (form.themes.length === 0) {
      setError(t("visit.noTheme"));
      /** @type {HTMLElement | null} */ (document.querySelector("#themes .tile"))?.focus();
    } else if (at === null) {
      setTimeError(t("today.whenWrong"));
      /** @type {HTMLElement | null} */ (document.querySelector("[name=day]"))?.focus();
    } else void onSave({ ...form, startedAt: at });
  };
  /** @param {(value: string) => void} put */
  const when = (put) => (/** @type {string} */ value) => {
    put(value);
    setDirty(true);
    setTimeError("");
  };
  return html`
    <form class="screen" novalidate onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); save(); }}>
      <${VisitForm} form=${form} set=${set} error=${error} refused=${refused} />
      <fieldset class="choice">
        <legend>${t("today.when")}</legend>
        <div class="buttons">
          <${Field} label=${t("today.day")} type="date" name="day" value=${day} max=${isoDay(now())} error=${timeError} onInput=${when(setDay)} />
          <${Field} label=${t("today.hour")} type="time" name="hour" value=${hour} onInput=${when(setHour)} />
        </div>
      </fieldset>
      ${failure && html`<${Notice} kind="err" live><p>${failure}</p><//>`}
      ${error && html`<p class="error" aria-hidden="true">${error}</p>`}
      <p class="buttons"><button type="submit" class="button button-main" data-name="save">${t("today.save")}</button>${back}</p>
    </form>
  `;
}
