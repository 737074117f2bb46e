/** *Langer*: the next opening day in four weeks is proposed; why it cannot be is said by the service. */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { usualDueDay } from "../../checks/opening.js";
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { now } from "../../state/connection.js";
import { useFresh } from "../../state/fresh.js";
import { refreshDay, refreshDevices } from "../../state/lending.js";
import { digipunts } from "../../state/point.js";
import { isoDay, t, tn } from "../../words/t.js";
import { useRow } from "./loan.js";
import { capital, dayName, namesOf, Person } from "./names.js";
import { NeedsNetwork, OnlineButton, Problem, useWork } from "./network.js";
import { Paper } from "./paper.js";
import { Until } from "./until.js";

/** @param {{params: {id: string}}} props */
export default function Longer({ params: { id } }) {
  const { row, borrower, problem: unread, setRow } = useRow("loans", id);
  const [isDone, setDone] = useState(false);
  useFresh(refreshDevices);
  if (row === null) {
    return html`<${Screen} title=${t("lend.longer.title")}><p role="status">${unread || t("common.wait")}</p><${NeedsNetwork} /><//>`;
  }
  const ids = row.out?.length > 0 ? row.out : row.devices;
  return html`
    <${Screen} title=${t("lend.longer.title")}>
      <p class="lead"><strong>${capital(namesOf(ids))}</strong> <${Person} borrower=${borrower} /></p>
      ${isDone
        ? html`<${Notice} kind="ok" live>
              <p data-name="done">${tn("lend.longer.done", ids.length, { devices: capital(namesOf(ids)), day: dayName(row.dueOn) })}</p>
            <//>
            <${Paper} path=${`/loans/v1/loans/${id}/extensions/${row.extensions}.pdf`}>${t("lend.longer.print")}<//>
            <p class="buttons"><a class="button button-main" href="/toestellen">${t("devices.toLists")}</a></p>`
        : row.state === "handedOver"
          ? html`<${Form} loan=${row} onDone=${(/** @type {any} */ after) => { setRow(after); setDone(true); void refreshDay(); }} />`
          : html`<${Notice}><p>${t("devices.back.nothingOut")}</p><//>`}
    <//>
  `;
}

/** @param {{loan: any, onDone: (loan: any) => void}} props */
function Form({ loan, onDone }) {
  const today = isoDay(now());
  const opening = digipunts.value.find(({ id }) => id === loan.digipunt)?.opening;
  const [due, setDue] = useState(usualDueDay(opening, loan.dueOn > today ? loan.dueOn : today));
  const { working, problem, run } = useWork();
  const extend = () =>
    run((key) => request("POST", `/loans/v1/loans/${loan.id}/extend`, { body: { dueOn: due }, key, as: "person" }), onDone);
  return html`
    <p>${t("lend.longer.now", { day: dayName(loan.dueOn) })}${loan.extensions > 0 && ` ${tn("lend.longer.before", loan.extensions)}`}</p>
    <${Until} legend=${t("lend.longer.legend")} opening=${opening} value=${due} after=${loan.dueOn < today ? today : loan.dueOn} today=${today}
      onChange=${setDue} />
    <${NeedsNetwork} />
    <${Problem} text=${problem} />
    <p class="buttons">
      <${OnlineButton} main working=${working} name="extend" onClick=${extend}>${t("lend.longer.save", { day: dayName(due) })}<//>
      <a class="button" href="/toestellen">${t("common.cancel")}</a>
    </p>
  `;
}
