/**
 * *Inschrijven*: seats for whoever stands at the desk. A seat is a promise, so it needs the network. No name is asked: the person
 * gets a reference to hold. Who wants to be told of changes says how, and that is kept by the messages, not here.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { readCard } from "../../checks/card.js";
import { bodyOf, emptyReach, missing } from "../../checks/reach.js";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Field } from "../../parts/field.js";
import { Fold } from "../../parts/fold.js";
import { Notice } from "../../parts/notice.js";
import { ReachFields } from "../../parts/reach.js";
import { Screen } from "../../parts/screen.js";
import { Stepper } from "../../parts/stepper.js";
import { Waiting } from "../../parts/waiting.js";
import { away, online } from "../../state/connection.js";
import { point } from "../../state/point.js";
import { useReading } from "../../state/reading.js";
import { day, t, time, tn } from "../../words/t.js";
import { useSession } from "./one.js";
import { Registered } from "./registered.js";
import { Registrations } from "./registrations.js";
import { seatsSaid } from "./seats.js";

/** @typedef {import("./rows.js").Row} Row */

const TILES = ["1", "2", "3", "4"];
const MOST = 20;

/** @param {{id: string}} props */
export default function Register({ id }) {
  const { row, reading } = useSession(id);
  const list = useReading(`/visits/v1/sessions/${id}/registrations?pageSize=500`, { as: "person" });
  const [made, setMade] = useState(/** @type {any} */ (null));
  const refresh = async () => void (await Promise.all([reading.refresh(), list.refresh()]));
  if (row === null) {
    return html`
      <${Screen} title=${t("register.title")}>
        <${Waiting} wait=${t("common.wait")} again=${t("common.again")} onAgain=${reading.refresh} problem=${reading.answer && sentence(reading.answer)} />
      <//>
    `;
  }
  return html`
    <${Screen} title=${t("register.title")} aside=${row.title}>
      <p class="no-print">${t("session.when", { day: day(row.startsAt), from: time(row.startsAt), to: time(row.endsAt) })}<br />
        <span data-name="seats">${seatsSaid(row)}</span></p>
      ${made !== null && html`<${Registered} key=${made.id} made=${made} row=${row} onNext=${() => setMade(null)} />`}
      ${made === null && row.state === "planned" && html`<${Form} row=${row}
        onMade=${(/** @type {any} */ registration) => { setMade(registration); void refresh(); }} />`}
      ${made === null && row.state !== "planned" && html`<${Notice} kind="warn"><p>${t(row.state === "held" ? "register.held" : "session.cancelled")}</p><//>`}
      <${Registrations} row=${row} list=${list} onChange=${refresh} />
      <p class="no-print"><a href=${`/sessies/${id}`}>${t("register.back")}</a></p>
    <//>
  `;
}

/** @param {{row: Row, onMade: (registration: any) => void}} props */
function Form({ row, onMade }) {
  const [seats, setSeats] = useState(1);
  const [more, setMore] = useState(false);
  const [card, setCard] = useState("");
  const [reach, setReach] = useState(emptyReach());
  const [told, setTold] = useState(false);
  const [lacks, setLacks] = useState(/** @type {string[]} */ ([]));
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const ids = useIds();
  const wantsContact = told && reach.name.trim() !== "";
  const wrongCard = card.trim() !== "" && readCard(card) === null;

  /** @param {string[]} chosen */
  const choose = ([chosen]) => {
    setMore(chosen === "more");
    setSeats(chosen === "more" ? 5 : Number(chosen ?? seats));
  };
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const found = told && JSON.stringify(reach) !== JSON.stringify(emptyReach()) ? missing(reach) : [];
    setLacks(found);
    if (busy || wrongCard || found.length > 0) return;
    setBusy(true);
    const answer = await register(row, { seats, card: card && readCard(card), reach: wantsContact ? reach : null }, ids);
    setBusy(false);
    if (answer.status === 200 || answer.status === 201) onMade(answer.data);
    else setProblem(sentence(answer));
  };
  return html`
    <form class="screen" onSubmit=${submit}>
      <${Choice} legend=${t("register.howMany")} small
        options=${[...TILES.map((code) => ({ code, label: `+${code}` })), { code: "more", label: t("register.more") }]}
        value=${[more ? "more" : String(seats)]}
        onChange=${choose} />
      ${more && html`<${Stepper} label=${t("register.people")} less=${t("register.less")} more=${t("register.moreOne")} value=${seats} min=${1}
        max=${MOST} onChange=${setSeats} />`}
      ${waits(row, seats) && html`<${Notice} kind="warn" live><p>${waits(row, seats)}</p><//>`}
      <${Fold} title=${t("register.card")} filled=${card ? t("register.filled") : ""}>
        <${Field} label=${t("visit.card")} hint=${t("visit.cardHint")} value=${card} maxLength=${20} error=${wrongCard ? t("visit.cardWrong") : null}
          onInput=${setCard} name="card" />
      <//>
      ${!away.value.has("notifications") &&
      html`<${Fold} title=${t("register.tell")} filled=${reach.name.trim() ? t("register.filled") : ""}>
        <p>${t("register.tellWhy")}</p>
        <${ReachFields} form=${reach} missing=${lacks} onChange=${(/** @type {any} */ form) => { setReach(form); setTold(true); setLacks([]); }} />
      <//>`}
      ${problem && html`<${Notice} kind="err" live><p>${problem}</p><//>`}
      ${lacks.length > 0 && html`<p class="error">${t("register.lacks")}</p>`}
      ${!online.value && html`<p class="error">${t("register.offline")}</p>`}
      <button type="submit" class="button button-main button-wide" data-name="save" disabled=${!online.value || busy}>${tn("register.save", seats)}</button>
    </form>
  `;
}

/** Why they would go on the waiting list; "" when there is room. @param {Row} row @param {number} seats */
function waits({ seats: all, taken, waiting }, seats) {
  if (taken >= all) return t("register.full");
  if (waiting > 0) return tn("register.queue", waiting);
  return seats > all - taken ? tn("register.notEnough", all - taken) : "";
}

/** The ids stay until it succeeds: whatever is sent again, it is one registration. A contact that ends up without one is erased. */
function useIds() {
  const ids = useRef({ registration: crypto.randomUUID(), contact: crypto.randomUUID(), contactStored: false });
  useEffect(
    () => () => {
      const { contact, contactStored } = ids.current;
      if (contactStored) void request("DELETE", `/notifications/v1/contacts/${contact}`, { as: "person" });
    },
    [],
  );
  return ids.current;
}

/**
 * First the person, then the seats that name them.
 * @param {Row} row @param {{seats: number, card: string | null, reach: import("../../checks/reach.js").Reach | null}} form
 * @param {{registration: string, contact: string, contactStored: boolean}} ids
 */
async function register(row, { seats, card, reach }, ids) {
  if (reach !== null) {
    const body = { ...bodyOf(reach), digipunt: row.digipunt ?? point.value?.id };
    const answer = await request("PUT", `/notifications/v1/contacts/${ids.contact}`, { body, as: "person" });
    if (answer.status !== 200 && answer.status !== 201) return answer;
    ids.contactStored = true;
  }
  const body = { seats, ...(card ? { card } : {}), ...(reach !== null ? { contact: ids.contact } : {}) };
  const answer = await request("PUT", `/visits/v1/sessions/${row.id}/registrations/${ids.registration}`, { body, as: "person" });
  if (answer.status === 200 || answer.status === 201) ids.contactStored = false;
  return answer;
}
