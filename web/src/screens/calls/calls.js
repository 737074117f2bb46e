/**
 * *Te bellen vandaag*: one person at a time. Whoever calls takes the line first, so that nobody is called by two people; only then
 * the number is shown large. Nothing of it stays on this laptop.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Noted } from "../../parts/noted.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { Waiting } from "../../parts/waiting.js";
import { now } from "../../state/connection.js";
import { helper, helpers, session } from "../../state/helper.js";
import { noted } from "../../state/noted.js";
import { useReading } from "../../state/reading.js";
import { enter, flush, isEntered, onSent } from "../../state/results.js";
import { isoDay, t, time, tn } from "../../words/t.js";
import { Card } from "./card.js";
import { keyOf, queue } from "./queue.js";

/** @typedef {import("./queue.js").Line} Line @typedef {import("../../state/results.js").Result} Result */

/** A coordinator who signed in anew may be the one who took the line before: then it is given again. @param {string} claimedBy */
const isMine = (claimedBy) => (session.value?.role === "coordinator" ? !claimedBy.startsWith("h-") : claimedBy === helper.value?.code);

/** @param {string} claimedBy */
const nameOf = (claimedBy) => helpers.value.find(({ code }) => code === claimedBy)?.name ?? t("calls.somebody");

export default function Calls() {
  const reading = useReading("/notifications/v1/callSheet?pageSize=500", { as: "person" });
  const [last, setLast] = useState(/** @type {string[]} */ ([]));
  const [again, setAgain] = useState(/** @type {string | null} */ (null));
  const [claim, setClaim] = useState(/** @type {{key: string, id: string} | null} */ (null));
  const [problem, setProblem] = useState("");
  useEffect(() => {
    onSent.add(reading.refresh);
    return () => void onSent.delete(reading.refresh);
  }, [reading.refresh]);
  useEffect(() => flush, []);
  const keepId = useGivingBack(claim?.id ?? null);

  if (reading.data === null) {
    return html`<${Shell} count=${null}><${Waiting} wait=${t("common.wait")} again=${t("common.again")} onAgain=${reading.refresh}
      problem=${whyNot(reading.answer)} /><//>`;
  }
  const today = isoDay(now());
  const lines = queue(reading.data.items, { isMine, isDone: isEntered, isToday: (moment) => isoDay(moment) === today, last, now: now() });
  const line = lines.tried.find((each) => keyOf(each) === again) ?? lines.toCall[0];
  const key = line === undefined ? null : keyOf(line);

  const take = async () => {
    if (line === undefined) return;
    const answer = await request("POST", "/notifications/v1/callSheet/claims", { body: { messages: line.messages.map(({ id }) => id) }, as: "person" });
    if (answer.status === 201) setClaim({ key: keyOf(line), id: answer.data.id });
    setProblem(answer.status === 201 ? "" : answer.problem?.code === "callClaimed" ? t("calls.taken") : sentence(answer));
    if (answer.problem !== null) await reading.refresh();
  };
  const giveBack = () => setClaim(null);
  /** @param {Result} result */
  const note = (result) => {
    if (line === undefined) return;
    if (claim !== null) keepId(claim.id);
    setClaim(null);
    setAgain(null);
    enter(line.messages, result, line.person?.name ?? t("calls.noName"));
  };
  const skip = () => {
    if (key === null) return;
    setClaim(null);
    setAgain(null);
    setLast([...last.filter((each) => each !== key), key]);
  };
  return html`
    <${Shell} count=${lines.toCall.length}>
      <${Noted} ...${noted()} />
      ${reading.answer && reading.answer.status !== 200 && reading.answer.status !== 304 && html`<${Notice} kind="warn"><p>${whyNot(reading.answer)}</p><//>`}
      ${problem && html`<${Notice} kind="warn" live><p>${problem}</p><//>`}
      ${line === undefined
        ? html`<${Done} any=${reading.data.items.length > 0} />`
        : html`<${Card} key=${key} line=${line} claimed=${claim?.key === key} onTake=${take} onGiveBack=${giveBack} onResult=${note}
          onSkip=${lines.toCall.length > 1 ? skip : null} />`}
      ${lines.others.length > 0 &&
      html`<ul class="rows">
        ${lines.others.map((each) => html`<li class="row" key=${keyOf(each)} data-name="claimed">
          <span class="row-main">${each.person?.name}</span><span>${t("calls.callsNow", { name: nameOf(each.claim?.claimedBy ?? "") })}</span></li>`)}
      </ul>`}
      ${lines.tried.length > 0 && html`<${Tried} lines=${lines.tried.filter((each) => keyOf(each) !== key)} onAgain=${setAgain} />`}
    <//>
  `;
}

/** @param {{count: number | null, children?: any}} props */
const Shell = ({ count, children }) => html`
  <${Screen} title=${t("calls.title")} aside=${count === null ? "" : tn("calls.count", count)}>
    <p><a href="/zeg-het" data-name="in-person">${t("inPerson.title")}</a></p>
    ${children}
  <//>
`;

/** A list of which a part is missing is worse than none: then it says so. @param {import("../../api/client.js").Answer | null} answer */
const whyNot = (answer) => (answer === null ? null : answer.status === 503 ? t("calls.away") : sentence(answer));

/** The card is gone; the focus goes to what is there now. @param {{any: boolean}} props */
function Done({ any }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const first = useRef(document.activeElement === document.body || document.activeElement?.tagName === "H1");
  useEffect(() => {
    if (!first.current) heading.current?.focus();
  }, []);
  return html`<p class="big" tabindex="-1" ref=${heading}>${t(any ? "calls.done" : "calls.none")}</p>`;
}

/** @param {{lines: Line[], onAgain: (key: string) => void}} props */
const Tried = ({ lines, onAgain }) =>
  lines.length > 0 &&
  html`
    <section aria-labelledby="tried">
      <h2 id="tried">${t("calls.tried")}</h2>
      <ul class="rows">
        ${lines.map(
          (line) => html`
            <li class="row" key=${keyOf(line)} data-name="tried">
              <span class="row-main">${line.person?.name}${" "}
                <span class="hint">${t("calls.triedAt", { time: time(line.messages[0]?.changedAt ?? 0) })}</span></span>
              <button type="button" class="button" aria-label=${t("calls.callAgainOf", { name: line.person?.name ?? "" })}
                onClick=${() => onAgain(keyOf(line))}>${t("calls.callAgain")}</button>
            </li>
          `,
        )}
      </ul>
    </section>
  `;

/**
 * A line that was taken and not called is given back when another comes, or when the screen is left. One with a result is kept
 * until that is sent: nobody shall call in the seconds in which it can be undone.
 * @param {string | null} id @returns {(id: string) => void} keep it
 */
function useGivingBack(id) {
  const called = useRef(/** @type {Set<string>} */ (new Set()));
  useEffect(() => {
    if (id === null) return undefined;
    return () => {
      if (!called.current.delete(id)) void request("DELETE", `/notifications/v1/callSheet/claims/${id}`, { as: "person" });
    };
  }, [id]);
  return (kept) => void called.current.add(kept);
}
