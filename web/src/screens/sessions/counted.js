/** After the count: for eight seconds the way back, then that it is kept or sent; and putting a count right, with internet. */
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { dropDraft } from "../../outbox/drafts.js";
import { discard, takeBack } from "../../outbox/items.js";
import { Notice } from "../../parts/notice.js";
import { online } from "../../state/connection.js";
import { t, tn } from "../../words/t.js";
import { AgeBands } from "./age_bands.js";
import { bandsMiss, bodyOf, emptyCount, presentOf } from "./count.js";
import { asker } from "./one.js";
import { ByNumber, WalkIns } from "./ticks.js";

/** @typedef {import("./count.js").Count} Count */

/** A count as its sums tell it; who was ticked is not known any more. @param {any} body @returns {Count} */
const countOf = (body) => ({
  ...emptyCount(),
  ticks: { all: body.registered },
  walkIn: body.walkIn,
  bands: Object.fromEntries((body.ageBands ?? []).map((/** @type {any} */ { code, count }) => [code, count])),
});

/** Where the ticks are kept until the way back is over. @param {string} id of the session */
export const draftOf = (id) => `attendance ${id}`;

/** What waits to be sent, or was refused. @param {{item: import("../../outbox/rules.js").Item, onUndo: () => void}} props */
export function Kept({ item, onUndo }) {
  const [canUndo, setCanUndo] = useState(item.state === "waiting" && item.holdUntil > Date.now());
  const undone = useRef(false);
  const body = JSON.parse(item.body);
  useEffect(() => {
    const timer = setTimeout(() => setCanUndo(false), Math.max(0, item.holdUntil - Date.now()));
    return () => {
      clearTimeout(timer);
      if (!undone.current) void dropDraft(draftOf(item.id));
    };
  }, [item.seq]);
  const undo = async () => {
    undone.current = true;
    if (await takeBack(item)) onUndo();
    else undone.current = false;
  };
  const again = async () => {
    await discard(item);
    onUndo();
  };
  if (item.state === "parked") {
    return html`
      <${Notice} kind="err" live>
        <p>${sentence({ status: 0, problem: item.problem })}</p>
        <p>${tn("attendance.parked", body.present, { walkIn: body.walkIn })}</p>
        <p class="buttons"><button type="button" class="button" onClick=${again}>${t("attendance.again")}</button></p>
      <//>
    `;
  }
  return html`
    <${Notice} kind="ok">
      <p role="status" data-name="saved">${tn("attendance.saved", body.present)} ${t(online.value ? "attendance.sending" : "attendance.waits")}</p>
      ${canUndo && html`<p class="buttons"><button type="button" class="button" data-name="undo" onClick=${undo}>${t("attendance.undo")}</button></p>`}
    <//>
  `;
}

/** It was just sent: what the service has now is asked for. @param {{onDone: () => Promise<void>}} props */
export function Sent({ onDone }) {
  useEffect(() => void onDone(), []);
  return html`<${Notice} kind="ok" live><p>${t("attendance.sent")}</p><//>`;
}

/** @param {{row: import("./rows.js").Row, attendance: any, etag: string | null, onDone: () => Promise<void>}} props */
export function Recount({ row, attendance, etag, onDone }) {
  const [count, setCount] = useState(/** @type {Count | null} */ (null));
  const [problem, setProblem] = useState("");
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (count === null || bandsMiss(count) !== 0) return;
    const answer = await request("POST", `/visits/v1/sessions/${row.id}/held`, { body: bodyOf(count), etag, as: asker() });
    if (answer.status === 200) setCount(null);
    setProblem(answer.status === 200 ? "" : answer.status === 412 ? t("plan.changedMeanwhile") : sentence(answer));
    if (answer.problem !== null || answer.status === 200) await onDone();
  };
  return html`
    <${Notice} kind="ok"><p data-name="came">${tn("sessions.came", row.present ?? 0)}</p><//>
    ${problem && html`<${Notice} kind="err" live><p>${problem}</p><//>`}
    ${count === null
      ? html`
          ${!online.value && html`<p class="error">${t("attendance.recountOffline")}</p>`}
          <p class="buttons">
            <button type="button" class="button" data-name="recount" disabled=${!online.value || attendance === null}
              onClick=${() => setCount(countOf(attendance))}>${t("session.recount")}</button>
          </p>
        `
      : html`
          <form class="screen" onSubmit=${save}>
            <${ByNumber} count=${count} taken=${row.taken} onChange=${setCount} />
            <${WalkIns} count=${count} onChange=${setCount} />
            <p class="big" role="status">${tn("attendance.together", presentOf(count))}</p>
            <${AgeBands} count=${count} onChange=${setCount} />
            <p class="buttons">
              <button type="submit" class="button button-main" disabled=${!online.value || bandsMiss(count) !== 0}>${t("attendance.save")}</button>
              <button type="button" class="button" onClick=${() => setCount(null)}>${t("common.cancel")}</button>
            </p>
          </form>
        `}
  `;
}
