/** *Sessie plannen*, for coordinators: what, when, where, for how many, and so many weeks in a row; or changing one that is planned. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { Waiting } from "../../parts/waiting.js";
import { online } from "../../state/connection.js";
import { point } from "../../state/point.js";
import { useReading } from "../../state/reading.js";
import { busy } from "../../update.js";
import { day, t, tn } from "../../words/t.js";
import { changesOf, emptyPlan, lacks, planOf, sessionsOf } from "./planned.js";
import { PlanFields } from "./plan_fields.js";

/** @typedef {import("./planned.js").Plan} Plan */

/** @param {{query?: {id?: string}}} props */
export default function PlanSession({ query }) {
  const id = query?.id ?? null;
  return id === null ? html`<${New} />` : html`<${Change} id=${id} />`;
}

function New() {
  const [plan, setPlan] = useState(emptyPlan(point.value?.id));
  const [problem, setProblem] = useState("");
  const { route } = useLocation();
  // An id for each week that stays: planned again after a broken connection, it is the same session.
  const ids = useRef(/** @type {Map<string, string>} */ (new Map()));

  const save = async () => {
    for (const body of sessionsOf(plan)) {
      const key = body["startsAt"];
      const id = ids.current.get(key) ?? crypto.randomUUID();
      ids.current.set(key, id);
      const answer = await request("PUT", `/visits/v1/sessions/${id}`, { body, as: "person" });
      if (answer.status !== 200 && answer.status !== 201) {
        setProblem(t("plan.stopped", { day: day(key), why: sentence(answer) }));
        return;
      }
    }
    route(ids.current.size === 1 ? `/sessies/${[...ids.current.values()][0]}` : "/sessies");
  };
  return html`<${Form} title=${t("plan.title")} plan=${plan} onChange=${setPlan} problem=${problem} onSave=${save}
    save=${tn("plan.save", plan.weeks)} isNew />`;
}

/** @param {{id: string}} props */
function Change({ id }) {
  const reading = useReading(`/visits/v1/sessions/${id}`, { as: "person", tagged: false });
  const [begun, setBegun] = useState(/** @type {{plan: Plan, etag: string | null} | null} */ (null));
  const [problem, setProblem] = useState("");
  const { route } = useLocation();
  // The form holds what was there when it was opened, with the tag of that; what comes later does not change it unseen.
  useEffect(() => {
    if (begun === null && reading.data !== null) setBegun({ plan: planOf(reading.data), etag: reading.etag });
  }, [reading.data]);
  if (begun === null) {
    return html`
      <${Screen} title=${t("plan.changeTitle")}>
        <${Waiting} wait=${t("common.wait")} again=${t("common.again")} onAgain=${reading.refresh}
          problem=${reading.answer && reading.data === null ? sentence(reading.answer) : null} />
      <//>
    `;
  }
  const save = async () => {
    const answer = await request("PATCH", `/visits/v1/sessions/${id}`, { body: changesOf(begun.plan), etag: begun.etag, as: "person" });
    if (answer.status === 200) route(`/sessies/${id}`);
    else if (answer.status === 412) {
      setProblem(t("plan.changedMeanwhile"));
      setBegun(null);
      await reading.refresh();
    } else setProblem(sentence(answer));
  };
  return html`
    <${Form} title=${t("plan.changeTitle")} plan=${begun.plan} onChange=${(/** @type {Plan} */ plan) => setBegun({ ...begun, plan })}
      problem=${problem} onSave=${save} save=${t("plan.saveChange")} />
  `;
}

/** @param {{title: string, plan: Plan, onChange: (plan: Plan) => void, problem: string, onSave: () => Promise<void>, save: string, isNew?: boolean}} props */
function Form({ title, plan, onChange, problem, onSave, save, isNew = false }) {
  const [missing, setMissing] = useState(/** @type {string[]} */ ([]));
  const [saving, setSaving] = useState(false);
  useEffect(() => () => busy("plan", false), []);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const found = lacks(plan);
    setMissing(found);
    if (saving || found.length > 0) return;
    setSaving(true);
    await onSave();
    setSaving(false);
  };
  return html`
    <${Screen} title=${title}>
      <form class="screen" onSubmit=${submit} noValidate>
        <${PlanFields} plan=${plan} missing=${missing} isNew=${isNew}
          onChange=${(/** @type {Plan} */ next) => { busy("plan", true); setMissing([]); onChange(next); }} />
        ${problem && html`<${Notice} kind="err" live><p>${problem}</p><//>`}
        ${missing.length > 0 && html`<p class="error" role="alert">${t("plan.lacks")}</p>`}
        ${!online.value && html`<p class="error">${t("plan.offline")}</p>`}
        ${!isNew && html`<p class="hint">${t("plan.changeTells")}</p>`}
        <button type="submit" class="button button-main button-wide" data-name="save" disabled=${!online.value || saving}>${save}</button>
      </form>
    <//>
  `;
}
