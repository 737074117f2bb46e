/** Who has a seat and who waits, by number and reference; a helper gives seats back when somebody does not come. */
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Dialog } from "../../parts/dialog.js";
import { Notice } from "../../parts/notice.js";
import { Waiting } from "../../parts/waiting.js";
import { away, online } from "../../state/connection.js";
import { useReading } from "../../state/reading.js";
import { t, tn } from "../../words/t.js";

/** @param {{row: import("./rows.js").Row, list: import("../../state/reading.js").Reading, onChange: () => Promise<void>}} props */
export function Registrations({ row, list, onChange }) {
  const [asking, setAsking] = useState(/** @type {any} */ (null));
  const [told, setTold] = useState("");
  const [problem, setProblem] = useState("");
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const live = (list.data?.items ?? []).filter((/** @type {any} */ each) => each.state !== "cancelled");
  const names = useNames(live.some((/** @type {any} */ each) => each.contact));

  const cancel = async () => {
    const registration = asking;
    setAsking(null);
    const answer = await request("POST", `/visits/v1/sessions/${row.id}/registrations/${registration.id}/cancel`, { as: "person" });
    setProblem(answer.status === 200 ? "" : sentence(answer));
    setTold(answer.status === 200 ? t("register.gaveBack", { reference: registration.reference }) : "");
    await onChange();
    heading.current?.focus();
  };
  return html`
    <section class="no-print" aria-labelledby="registrations">
      <h2 id="registrations" tabindex="-1" ref=${heading}>${t("register.list")}</h2>
      <p role="status" class=${told ? "hint" : "visually-hidden"}>${told}</p>
      ${problem && html`<${Notice} kind="err" live><p>${problem}</p><//>`}
      ${list.data === null
        ? html`<${Waiting} wait=${t("common.wait")} again=${t("common.again")} onAgain=${list.refresh} problem=${list.answer && sentence(list.answer)} />`
        : live.length === 0 && html`<p>${t("register.none")}</p>`}
      <ul class="rows">
        ${live.map(
          (/** @type {any} */ each) => html`
            <li class="row" key=${each.id} data-name="registration">
              <span class="row-main"><strong>${each.number} · ${each.reference}</strong> ${names.get(each.contact)}</span>
              ${each.seats > 1 && html`<span>${tn("register.rowSeats", each.seats)}</span>`}
              ${each.state === "waiting" && html`<span class="badge">${t("register.rowWaits")}</span>`}
              ${row.state === "planned" &&
              html`<button type="button" class="button" disabled=${!online.value} onClick=${() => setAsking(each)}
                aria-label=${t("register.giveBackOf", { reference: each.reference })}>${t("register.giveBack")}</button>`}
            </li>
          `,
        )}
      </ul>
    </section>
    ${asking !== null &&
    html`<${Dialog} title=${t("register.cancelAsk", { reference: asking.reference })} onClose=${() => setAsking(null)}>
      <p>${tn(asking.state === "waiting" ? "register.cancelWaiting" : "register.cancelTells", asking.seats)}</p>
      <p class="buttons">
        <button type="button" class="button button-main" data-name="give-back" onClick=${cancel}>${t("register.giveBack")}</button>
        <button type="button" class="button" onClick=${() => setAsking(null)}>${t("common.cancel")}</button>
      </p>
    <//>`}
  `;
}

/** The names of who left one, to find a registration by; in memory for as long as the screen is open. @param {boolean} wanted */
function useNames(wanted) {
  const open = wanted && !away.value.has("notifications");
  const contacts = useReading(open ? "/notifications/v1/contacts?pageSize=500" : null, { as: "person" });
  const [names, setNames] = useState(/** @type {Map<string, string>} */ (new Map()));
  useEffect(() => {
    if (contacts.data !== null) setNames(new Map(contacts.data.items.map((/** @type {any} */ each) => [each.id, each.name])));
  }, [contacts.data]);
  return names;
}
