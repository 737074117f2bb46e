/** *Zeg het als ze komen*: what to say to people who are reached in no other way. */
import { useEffect, useRef } from "preact/hooks";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Noted } from "../../parts/noted.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { Waiting } from "../../parts/waiting.js";
import { noted } from "../../state/noted.js";
import { label } from "../../state/refdata.js";
import { useReading } from "../../state/reading.js";
import { enter, flush, isEntered, onSent } from "../../state/results.js";
import { language, list, t, tn } from "../../words/t.js";
import { keyOf } from "./queue.js";

/** @typedef {import("./queue.js").Line} Line */

/** @param {import("../../api/client.js").Answer} answer */
const whyNot = (answer) => (answer.status === 503 ? t("inPerson.away") : sentence(answer));

export default function InPerson() {
  const reading = useReading("/notifications/v1/inPerson?pageSize=500", { as: "person" });
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    onSent.add(reading.refresh);
    return () => void onSent.delete(reading.refresh);
  }, [reading.refresh]);
  useEffect(() => flush, []);
  const { data, answer } = reading;
  const lines = data === null ? [] : data.items.filter((/** @type {Line} */ line) => !line.messages.some(isEntered));
  /** @param {Line} line @param {import("../../state/results.js").Result} result */
  const note = (line, result) => {
    enter(line.messages, result, line.person?.name ?? t("inPerson.noName"));
    place.current?.focus();
  };
  return html`
    <${Screen} title=${t("inPerson.title")} aside=${data === null ? "" : tn("inPerson.count", lines.length)}>
      <p><a href="/bellen">${t("calls.title")}</a></p>
      <div tabindex="-1" ref=${place}><${Noted} ...${noted()} /></div>
      ${data !== null && answer !== null && answer.status !== 200 && answer.status !== 304 && html`<${Notice} kind="warn"><p>${whyNot(answer)}</p><//>`}
      ${data === null
        ? html`<${Waiting} wait=${t("common.wait")} again=${t("common.again")} onAgain=${reading.refresh} problem=${answer && whyNot(answer)} />`
        : lines.length === 0 && html`<p class="big">${t("inPerson.none")}</p>`}
      <ul class="plain">
        ${lines.map((/** @type {Line} */ line) => html`<li key=${keyOf(line)}><${Card} line=${line}
          onResult=${(/** @type {any} */ result) => note(line, result)} /></li>`)}
      </ul>
    <//>
  `;
}

/** @param {{line: Line, onResult: (result: import("../../state/results.js").Result) => void}} props */
const Card = ({ line: { person, script, messages }, onResult }) => html`
  <article class="card" data-name="in-person">
    <h2>${person?.name ?? t("inPerson.noName")}</h2>
    <p class="hint">${list([...new Set(messages.map(({ kind }) => label("messageKind", kind)))])}</p>
    ${person?.via && html`<p>${t("inPerson.via", { name: person.via })}</p>`}
    ${person && person.language !== language() && html`<p><strong>${t(`calls.speaks.${person.language}`)}</strong></p>`}
    <p class="script" lang=${person?.language}>${script}</p>
    <p class="buttons">
      <button type="button" class="button button-main" data-name="told" onClick=${() => onResult("told")}>${t("inPerson.told")}</button>
      <button type="button" class="button" data-name="notTold" onClick=${() => onResult("notTold")}>${t("inPerson.notTold")}</button>
    </p>
  </article>
`;
