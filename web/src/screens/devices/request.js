/** Somebody of the waiting list: a device is kept for them, or they are told why not. */
import { useLocation } from "preact-iso/router";
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { usualDueDay } from "../../checks/opening.js";
import { whyNot } from "../../checks/devices.js";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Fold } from "../../parts/fold.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { now } from "../../state/connection.js";
import { deviceOf, lendingDay, refreshLending } from "../../state/lending.js";
import { point } from "../../state/point.js";
import { label } from "../../state/refdata.js";
import { isoDay, t, tn } from "../../words/t.js";
import { say } from "./done.js";
import { useRow } from "./loan.js";
import { capital, dayName, optionsOf, Person } from "./names.js";
import { NeedsPoint } from "./need_point.js";
import { NeedsNetwork, OnlineButton, Problem, useWork } from "./network.js";
import { Until } from "./until.js";
import { What } from "./what.js";

/** @param {{params: {id: string}}} props */
export default function Answer({ params: { id } }) {
  const { row, borrower, problem: unread } = useRow("requests", id);
  if (!point.value) return html`<${NeedsPoint} />`;
  if (row === null) {
    return html`<${Screen} title=${t("lend.request.title")}><p role="status">${unread || t("common.wait")}</p><${NeedsNetwork} /><//>`;
  }
  const isReady = row.state === "ready";
  const kind = label("deviceKind", row.deviceKind);
  const before = (lendingDay.value?.day.waiting ?? []).filter(({ deviceKind, number }) => deviceKind === row.deviceKind && number < row.number).length;
  return html`
    <${Screen} title=${t("lend.request.title")}>
      <p class="lead"><strong>${capital(kind)}</strong> <${Person} borrower=${borrower} /></p>
      <p>${t("devices.since", { day: dayName(row.requestedOn) })}${row.note && `: ${row.note}`}</p>
      ${row.state !== "requested"
        ? html`<${Notice}><p>${t(isReady ? "lend.request.readyAlready" : "lend.request.over")}</p>
            <p class="buttons">
              <a class="button" href=${isReady ? `/toestellen/klaar/${row.loan}` : "/toestellen"}>${t(isReady ? "devices.do.ready" : "devices.toLists")}</a>
            </p><//>`
        : html`${before > 0 && html`<${Notice} kind="warn"><p>${tn("lend.request.before", before)}</p><//>`}
            <${Form} row=${row} name=${borrower?.name ?? ""} here=${point.value} />`}
    <//>
  `;
}

/** @param {{row: any, name: string, here: import("../../state/point.js").Digipunt}} props */
function Form({ row, name, here }) {
  const { route } = useLocation();
  const today = isoDay(now());
  const [devices, setDevices] = useState(/** @type {string[]} */ ([]));
  const [due, setDue] = useState(usualDueDay(here.opening, today));
  const { working, problem, setProblem, run } = useWork();
  const free = devices.filter((each) => {
    const device = deviceOf(each);
    return device !== null && whyNot(device, here.id) === null;
  });
  const approve = () =>
    run(
      async (key) => {
        const answer = await request("POST", `/loans/v1/requests/${row.id}/approve`, { body: { devices: free, dueOn: due }, key, as: "person" });
        // Perhaps another desk was first: then it says so above.
        if (answer.status !== 200) await refreshLending();
        return answer;
      },
      async (approved) => {
        say({ text: t("lend.request.approved", { name }), links: [{ href: `/toestellen/klaar/${approved.loan}`, text: t("devices.do.readyNow") }] });
        await refreshLending();
        route("/toestellen?lijst=ready");
      },
    );
  return html`
    <h2>${t("lend.request.which")}</h2>
    <${What} here=${here.id} value=${devices} onChange=${setDevices} kind=${row.deviceKind} asks />
    ${free.length > 0 && html`
      <${Until} legend=${t("lend.until.legend")} opening=${here.opening} value=${due} after=${today} today=${today} onChange=${setDue} />`}
    <${NeedsNetwork} />
    <${Problem} text=${problem} />
    <p class="buttons">
      <${OnlineButton} main working=${working} name="approve"
        onClick=${() => (free.length === 0 ? setProblem(t("lend.what.choose")) : approve())}>${t("lend.request.approve")}<//>
      <a class="button" href="/toestellen?lijst=waiting">${t("common.back")}</a>
    </p>
    <${Refusal} request=${row.id} name=${name} />
  `;
}

/** @param {{request: string, name: string}} props */
function Refusal({ request: id, name }) {
  const { route } = useLocation();
  const [reason, setReason] = useState(/** @type {string[]} */ ([]));
  const { working, problem, setProblem, run } = useWork();
  const refuse = () =>
    run(
      (key) => request("POST", `/loans/v1/requests/${id}/refuse`, { body: { reason: reason[0] }, key, as: "person" }),
      async () => {
        say({ text: t("lend.request.refused", { name }) });
        await refreshLending();
        route("/toestellen?lijst=waiting");
      },
    );
  return html`
    <${Fold} title=${t("lend.request.no")}>
      <${Choice} legend=${t("lend.request.why")} small options=${optionsOf("refusalReason")} value=${reason} onChange=${setReason} />
      <${Problem} text=${problem} />
      <p class="buttons"><${OnlineButton} working=${working} name="refuse"
        onClick=${() => (reason.length === 0 ? setProblem(t("lend.request.noReason")) : refuse())}>${t("lend.request.refuse")}<//></p>
    <//>
  `;
}
