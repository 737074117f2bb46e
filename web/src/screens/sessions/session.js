/** One session: when, where, for how many; from here people are registered and counted, and a coordinator changes or cancels it. */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Dialog } from "../../parts/dialog.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { Waiting } from "../../parts/waiting.js";
import { now, online } from "../../state/connection.js";
import { session as signedIn } from "../../state/helper.js";
import { digipunts } from "../../state/point.js";
import { label } from "../../state/refdata.js";
import { day, t, time } from "../../words/t.js";
import { useSession } from "./one.js";
import { seatsSaid } from "./seats.js";

/** @typedef {import("./rows.js").Row} Row */

/** @param {{id: string}} props */
export default function Session({ id }) {
  const { row, full, reading } = useSession(id);
  if (row === null) {
    return html`
      <${Screen} title=${t("session.title")}>
        <${Waiting} wait=${t("common.wait")} again=${t("common.again")} onAgain=${reading.refresh} problem=${reading.answer && sentence(reading.answer)} />
      <//>
    `;
  }
  return html`
    <${Screen} title=${row.title} aside=${label("sessionKind", row.kind)}>
      <${Facts} row=${row} full=${full} />
      ${!online.value && html`<${Notice} kind="warn"><p>${t("session.offline")}</p><//>`}
      ${row.state === "cancelled" ? html`<${Notice} kind="warn"><p>${t("session.cancelled")}</p><//>` : html`<${Doors} row=${row} />`}
      ${signedIn.value?.role === "coordinator" && row.state === "planned" && html`<${Coordinate} row=${row} etag=${reading.etag} onDone=${reading.refresh} />`}
      <p><a href="/sessies">${t("session.all")}</a></p>
    <//>
  `;
}

/** @param {{row: Row, full: any}} props */
const Facts = ({ row, full }) => html`
  <div class="card">
    <p class="big">${t("session.when", { day: day(row.startsAt), from: time(row.startsAt), to: time(row.endsAt) })}</p>
    ${row.digipunt && html`<p>${digipunts.value.find(({ id }) => id === row.digipunt)?.name}</p>`}
    ${full?.location && html`<p>${full.location}</p>`}
    <p data-name="seats">${seatsSaid(row)}</p>
    ${full?.description && html`<p class="lines">${full.description}</p>`}
  </div>
`;

/** What can be done with it now. @param {{row: Row}} props */
function Doors({ row }) {
  const begun = Date.parse(row.startsAt) <= now();
  if (row.state === "held") {
    return html`<p class="buttons"><a class="button" href=${`/sessies/${row.id}/aanwezig`} data-name="recount">${t("session.recount")}</a></p>`;
  }
  return html`
    <p class="buttons">
      <a class=${begun ? "button" : "button button-main"} href=${`/sessies/${row.id}/inschrijven`} data-name="register">${t("session.register")}</a>
      ${begun && html`<a class="button button-main" href=${`/sessies/${row.id}/aanwezig`} data-name="attendance">${t("sessions.whoCame")}</a>`}
    </p>
    ${!begun && html`<p class="hint">${t("session.countLater", { day: day(row.startsAt), time: time(row.startsAt) })}</p>`}
  `;
}

/** @param {{row: Row, etag: string | null, onDone: () => Promise<void>}} props */
function Coordinate({ row, etag, onDone }) {
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState("");
  const cancel = async () => {
    setAsking(false);
    const answer = await request("POST", `/visits/v1/sessions/${row.id}/cancel`, { etag, as: "person" });
    setProblem(answer.status === 200 ? "" : answer.status === 412 ? t("plan.changedMeanwhile") : sentence(answer));
    await onDone();
  };
  return html`
    <section class="screen" aria-labelledby="coordinate">
      <h2 id="coordinate">${t("session.coordinate")}</h2>
      <p class="buttons">
        <a class="button" href=${`/sessies/nieuw?id=${row.id}`} data-name="change">${t("session.change")}</a>
        <button type="button" class="button" data-name="cancel" disabled=${!online.value} onClick=${() => setAsking(true)}>${t("session.cancel")}</button>
      </p>
      ${problem && html`<${Notice} kind="err" live><p>${problem}</p><//>`}
    </section>
    ${asking &&
    html`<${Dialog} title=${t("session.cancelAsk", { title: row.title })} onClose=${() => setAsking(false)}>
      <p>${t("session.cancelTells")}</p>
      <p class="buttons">
        <button type="button" class="button button-main" data-name="cancel-yes" onClick=${cancel}>${t("session.cancelYes")}</button>
        <button type="button" class="button" onClick=${() => setAsking(false)}>${t("common.cancel")}</button>
      </p>
    <//>`}
  `;
}
