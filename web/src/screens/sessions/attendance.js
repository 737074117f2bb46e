/**
 * *Wie was er?*: one tap for each registration, as people come in. It works without internet: the counts wait in the outbox, the
 * ticks in the drafts of this laptop until then. Only counts leave it.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { draft, keepDraft } from "../../outbox/drafts.js";
import { NotStored, outbox, record, Refused } from "../../outbox/items.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { Waiting } from "../../parts/waiting.js";
import { now } from "../../state/connection.js";
import { helper, level } from "../../state/helper.js";
import { point } from "../../state/point.js";
import { useReading } from "../../state/reading.js";
import { busy } from "../../update.js";
import { day, t, time, tn } from "../../words/t.js";
import { AgeBands } from "./age_bands.js";
import { bandsMiss, bodyOf, emptyCount, MOST_TILES, placesOf, presentOf, seatsOf, toKeep, withPlaces } from "./count.js";
import { draftOf, Kept, Recount, Sent } from "./counted.js";
import { useSession } from "./one.js";
import { ByNumber, Ticks, WalkIns } from "./ticks.js";

/** @typedef {import("./count.js").Count} Count @typedef {import("./rows.js").Row} Row */

/** @param {{id: string}} props */
export default function Attendance({ id }) {
  const { row, full, reading } = useSession(id);
  const held = outbox.value.find((item) => item.id === id && item.path.endsWith("/held"));
  const [wasHeld, setWasHeld] = useState(false);
  useEffect(() => {
    if (held) setWasHeld(true);
  }, [held]);
  if (row === null) {
    return html`
      <${Screen} title=${t("attendance.title")}>
        <${Waiting} wait=${t("common.wait")} again=${t("common.again")} onAgain=${reading.refresh} problem=${reading.answer && sentence(reading.answer)} />
      <//>
    `;
  }
  const aside = t("sessions.at", { time: time(row.startsAt), title: row.title });
  return html`
    <${Screen} title=${t("attendance.title")} aside=${aside}>
      ${held
        ? html`<${Kept} item=${held} onUndo=${() => setWasHeld(false)} />`
        : wasHeld && row.state === "planned"
          ? html`<${Sent} onDone=${reading.refresh} />`
          : html`<${Body} row=${row} full=${full} etag=${reading.etag} onDone=${reading.refresh} />`}
      <p><a href="/sessies">${t("session.all")}</a></p>
    <//>
  `;
}

/** @param {{row: Row, full: any, etag: string | null, onDone: () => Promise<void>}} props */
function Body({ row, full, etag, onDone }) {
  if (row.state === "cancelled") return html`<${Notice} kind="warn"><p>${t("session.cancelled")}</p><//>`;
  if (Date.parse(row.startsAt) > now()) return html`
    <${Notice} kind="warn"><p>${t("attendance.notYet", { day: day(row.startsAt), time: time(row.startsAt) })}</p><//>`;
  if (row.state === "held") return html`<${Recount} row=${row} attendance=${full?.attendance ?? null} etag=${etag} onDone=${onDone} />`;
  return html`<${Form} row=${row} />`;
}

/** @param {{row: Row}} props */
function Form({ row }) {
  const [count, setCount, isRead] = useCount(row);
  const [problem, setProblem] = useState("");
  const saving = useRef(false);
  const miss = bandsMiss(count);

  const save = async () => {
    if (saving.current || miss !== 0) return;
    saving.current = true;
    try {
      const path = `/visits/v1/sessions/${row.id}/held`;
      const label = t("attendance.label", { title: row.title });
      await record({ id: row.id, method: "POST", path, body: bodyOf(count), label, by: helper.value?.code ?? null, point: point.value?.id ?? "", hold: true });
      document.querySelector("h1")?.focus();
    } catch (failure) {
      if (failure instanceof Refused) setProblem(sentence({ status: 0, problem: { ...failure.problem } }));
      else if (failure instanceof NotStored) setProblem(t("attendance.notSaved", { n: presentOf(count), title: row.title }));
      else throw failure;
    } finally {
      saving.current = false;
    }
  };
  if (!isRead) return html`<p role="status">${t("common.wait")}</p>`;
  return html`
    <form class="screen" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); void save(); }}>
      ${row.taken > MOST_TILES ? html`<${ByNumber} count=${count} taken=${row.taken} onChange=${setCount} />` : html`<${Ticks} count=${count}
        onChange=${setCount} />`}
      <${WalkIns} count=${count} onChange=${setCount} />
      <p class="big" role="status" data-name="together">${tn("attendance.together", presentOf(count))}</p>
      <${AgeBands} count=${count} onChange=${setCount} />
      <p class="hint">${t("attendance.onlyCounts")}</p>
      ${problem && html`<${Notice} kind="err" live><p>${problem}</p><//>`}
      <button type="submit" class="button button-main button-wide" data-name="save" disabled=${miss !== 0}>${t("attendance.save")}</button>
    </form>
  `;
}

/**
 * What is counted so far: kept at each tap, so that a closed browser forgets nothing.
 * @param {Row} row @returns {[Count, (count: Count) => void, boolean]}
 */
function useCount(row) {
  const [count, setCount] = useState(/** @type {Count | null} */ (null));
  const list = useReading(level.value > 0 ? `/visits/v1/sessions/${row.id}/registrations?state=confirmed&pageSize=500` : null, { as: "person" });
  const items = list.data?.items ?? null;
  useEffect(() => {
    void draft(draftOf(row.id)).then((found) => setCount((before) => before ?? { ...emptyCount(), ...found }));
    return () => busy("attendance", false);
  }, [row.id]);
  const places = items !== null ? placesOf(items) : seatsOf(row.taken);
  const shown = count === null ? emptyCount() : row.taken > MOST_TILES ? count : withPlaces(count, places);
  /** @param {Count} next */
  const change = (next) => {
    setCount(next);
    busy("attendance", true);
    void keepDraft(draftOf(row.id), toKeep(next));
  };
  return [shown, change, count !== null && (level.value === 0 || list.answer !== null)];
}
