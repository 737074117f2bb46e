/** One person whom nothing reached: what it was about, what was tried, and what a coordinator can do. */
import { useEffect, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { away } from "../../state/connection.js";
import { label } from "../../state/refdata.js";
import { list, t } from "../../words/t.js";
import { Address } from "./address.js";
import { closing, isContact, perhapsArrived, tried } from "./tried.js";

/**
 * @typedef {import("./tried.js").Message} Message
 * @typedef {{messages: Message[], person?: {id: string, name: string, via?: string, phone?: string, language: string}, script: string}} Line
 */

/** @param {{line: Line, onSettle: () => void}} props */
export function Card({ line: { messages, person, script }, onSettle }) {
  const [changing, setChanging] = useState(false);
  const [changed, setChanged] = useState(false);
  const ways = useTried(messages);
  const unknown = perhapsArrived(messages);
  const canClose = messages.some((message) => closing(message) !== null);
  const owner = isContact(messages) ? "notifications" : "loans";
  return html`
    <article class="card screen" data-name="unreachable">
      <h2>${person?.name ?? t("unreachable.noName")}</h2>
      <p class="hint">${list([...new Set(messages.map(({ kind }) => label("messageKind", kind)))])}</p>
      <p>${ways.length > 0 ? t("unreachable.tried", { ways: list(ways.map(said)) }) : t("unreachable.nothingTried")}</p>
      ${unknown && html`<${Notice} kind="warn"><p>${t("unreachable.perhaps")}</p><//>`}
      ${!canClose && html`<${Notice} kind="warn"><p>${t("unreachable.noNumber")}</p><//>`}
      ${person?.via && html`<p>${t("inPerson.via", { name: person.via })}</p>`}
      ${person?.phone && html`<p><a class="phone" href=${`tel:${person.phone.replace(/[^+\d]/g, "")}`}>${person.phone}</a></p>`}
      <p class="script" lang=${person?.language}>${script}</p>
      ${changed && html`<${Notice} kind="ok" live><p>${t("unreachable.changed")}</p><//>`}
      <p class="buttons">
        ${canClose && html`<button type="button" class="button button-main" data-name="settle"
          onClick=${onSettle}>${t(unknown ? "unreachable.asked" : "unreachable.told")}</button>`}
        ${person && !away.value.has(owner) &&
        html`<button type="button" class="button" data-name="address" aria-expanded=${String(changing)}
          onClick=${() => setChanging(!changing)}>${t("unreachable.address")}</button>`}
      </p>
      ${changing && person && html`<${Address} id=${person.id} owner=${owner} onDone=${() => { setChanging(false); setChanged(true); }} />`}
    </article>
  `;
}

/** @param {{channel: string | null, reason: string}} way */
const said = ({ channel, reason }) => {
  const ended = label("messageReason", reason);
  return channel === null ? ended : t("unreachable.way", { channel: label("channel", channel), reason: ended });
};

/** Asked once, when the card is shown. @param {Message[]} messages */
function useTried(messages) {
  const [ways, setWays] = useState(/** @type {{channel: string | null, reason: string}[]} */ ([]));
  useEffect(() => {
    let current = true;
    void Promise.all(messages.map(({ id }) => request("GET", `/notifications/v1/messages/${id}`, { as: "person" }))).then((answers) => {
      if (current) setWays(tried(answers.flatMap(({ data }) => data?.history ?? [])));
    });
    return () => {
      current = false;
    };
  }, [messages.map(({ id, version }) => `${id} ${version}`).join()]);
  return ways;
}
