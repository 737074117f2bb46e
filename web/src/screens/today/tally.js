/**
 * *Telblad van papier*: strokes on paper become visits, for the day on which the laptop was not there; and the empty sheet to
 * print. It works without internet.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "../../html.js";
import { NotStored, record, Refused } from "../../outbox/items.js";
import { Choice } from "../../parts/choice.js";
import { Dialog } from "../../parts/dialog.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { Stepper } from "../../parts/stepper.js";
import { now } from "../../state/connection.js";
import { isPaired } from "../../state/device.js";
import { helper } from "../../state/helper.js";
import { choosePoint, digipunts, point } from "../../state/point.js";
import { label } from "../../state/refdata.js";
import { busy } from "../../update.js";
import { day as dayInWords, isoDay, t, tn } from "../../words/t.js";
import { pathOf } from "./save.js";
import { groups, Sheet } from "./sheet.js";
import { Day } from "./tally_day.js";
import { MANY, total, visitsOf, without } from "./tally_visits.js";

/** @typedef {import("./tally_visits.js").Counts} Counts */

/**
 * Keep them one by one, and tell of each; stops at the first that cannot be kept, and gives the sentence for it.
 * @param {ReturnType<typeof visitsOf>} bodies @param {(theme: string) => void} onKept
 */
async function keepAll(bodies, onKept) {
  try {
    for (const body of bodies) {
      const id = crypto.randomUUID();
      await record({ id, method: "PUT", path: pathOf(id), body, label: "", by: helper.value?.code ?? null, point: body.digipunt });
      onKept(String(body.themes[0]));
    }
    return "";
  } catch (problem) {
    if (problem instanceof Refused) return problem.problem.issues?.[0]?.detail ?? problem.problem.detail;
    if (problem instanceof NotStored) return t("tally.notStored");
    throw problem;
  }
}

export default function Tally() {
  const today = isoDay(now());
  const [day, setDay] = useState("");
  const [counts, setCounts] = useState(/** @type {Counts} */ ({}));
  const [dayError, setDayError] = useState("");
  const [failure, setFailure] = useState("");
  const [saved, setSaved] = useState("");
  const [asking, setAsking] = useState(false);
  const [saving, setSaving] = useState(false);
  const guard = useRef(false);
  const many = total(counts);
  useEffect(() => {
    busy("tally", many > 0);
    return () => busy("tally", false);
  }, [many > 0]);

  const save = async () => {
    if (guard.current || point.value === null) return;
    guard.current = true;
    setSaving(true);
    setAsking(false);
    let left = counts;
    const problem = await keepAll(visitsOf(counts, day, point.value.id, now()), (theme) => (left = without(left, theme)));
    const kept = many - total(left);
    setCounts(left);
    setFailure(problem);
    setSaved(kept > 0 ? tn("tally.saved", kept, { day: dayInWords(`${day}T12:00:00Z`) }) : "");
    setSaving(false);
    guard.current = false;
  };
  /** @param {string} code @param {number} count */
  const put = (code, count) => {
    setCounts({ ...counts, [code]: count });
    setSaved("");
    setFailure("");
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    setSaved("");
    setFailure("");
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && day <= today;
    setDayError(isDay ? "" : t(day > today ? "tally.future" : "tally.noDay"));
    if (!isDay) /** @type {HTMLElement | null} */ (document.querySelector("[name=day], #tally-day .tile"))?.focus();
    else if (point.value === null) setFailure(t("tally.noPoint"));
    else if (many === 0) setFailure(t("tally.none"));
    else if (many > MANY) setAsking(true);
    else void save();
  };
  const open = digipunts.value.filter(({ state }) => state === "open");
  return html`
    <${Screen} title=${t("tally.title")} aside=${point.value?.name}>
      <div class="screen no-print">
        <p>${t("tally.text")}</p>
        <p class="buttons"><button type="button" class="button" data-name="print" onClick=${() => print()}>${t("tally.print")}</button></p>
        <form class="screen" novalidate onSubmit=${submit}>
          <${Day} day=${day} error=${dayError} onDay=${(/** @type {string} */ chosen) => { setDay(chosen); setDayError(""); }} />
          ${!isPaired.value && open.length > 1 &&
          html`<${Choice} legend=${t("tally.point")} options=${open.map(({ id, name }) => ({ code: id, label: name }))} small
            value=${point.value ? [point.value.id] : []} onChange=${(/** @type {string[]} */ [id]) => id && choosePoint(id)} />`}
          ${groups().map(
            ({ name, themes }) => html`
              <fieldset class="choice" key=${name}>
                <legend>${t(`visit.group.${name}`)}</legend>
                <div class="counts">
                  ${themes.map(
                    (code) => html`<${Stepper} key=${code} label=${label("theme", code)} less=${t("tally.less")} more=${t("tally.more")} max=${200}
                      value=${counts[code] ?? 0} onChange=${(/** @type {number} */ count) => put(code, count)} />`,
                  )}
                </div>
              </fieldset>
            `,
          )}
          ${failure && html`<${Notice} kind="err" live><p>${failure}</p><//>`}
          ${saved && html`<${Notice} kind="ok" live><p data-name="saved">${saved}</p><//>`}
          <button type="submit" class="button button-main button-wide" data-name="save" aria-disabled=${String(saving)}>
            ${saving ? t("common.wait") : many === 0 ? t("tally.saveNone") : tn("tally.save", many)}
          </button>
        </form>
        ${asking &&
        html`<${Dialog} title=${tn("tally.many", many)} onClose=${() => setAsking(false)}>
          <p>${t("tally.manyText")}</p>
          <p class="buttons">
            <button type="button" class="button button-main" data-name="sure" onClick=${() => void save()}>${t("tally.manyYes")}</button>
            <button type="button" class="button" onClick=${() => setAsking(false)}>${t("common.cancel")}</button>
          </p>
        <//>`}
      </div>
      <${Sheet} />
    <//>
  `;
}
