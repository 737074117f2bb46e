/**
 * *Niemand kan hen bereiken*, for coordinators: one card for each person whom no message reached, or perhaps did not, with what
 * was tried. Nobody is skipped in silence.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Noted } from "../../parts/noted.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { Waiting } from "../../parts/waiting.js";
import { noted } from "../../state/noted.js";
import { useReading } from "../../state/reading.js";
import { enter, flush, isEntered, onSent } from "../../state/results.js";
import { t, tn } from "../../words/t.js";
import { Card } from "./person.js";
import { closing } from "./tried.js";

/** @typedef {import("./person.js").Line} Line */

const AT_ONCE = 20;

/** @param {import("../../api/client.js").Answer} answer */
const whyNot = (answer) => (answer.status === 503 ? t("unreachable.away") : sentence(answer));

export default function Unreachable() {
  const reading = useReading("/notifications/v1/unreachable?pageSize=500", { as: "person" });
  const [most, setMost] = useState(AT_ONCE);
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    onSent.add(reading.refresh);
    return () => void onSent.delete(reading.refresh);
  }, [reading.refresh]);
  useEffect(() => flush, []);
  const { data, answer } = reading;
  const lines = /** @type {Line[]} */ (data?.items ?? []).filter((line) => !line.messages.some(isEntered));
  /** @param {Line} line */
  const settle = (line) => {
    for (const result of /** @type {const} */ (["settled", "told"])) {
      const mine = line.messages.filter((message) => closing(message) === result);
      if (mine.length > 0) enter(mine, result, line.person?.name ?? t("unreachable.noName"));
    }
    place.current?.focus();
  };
  return html`
    <${Screen} title=${t("unreachable.title")} aside=${data === null ? "" : tn("unreachable.count", lines.length)}>
      <div tabindex="-1" ref=${place}><${Noted} ...${noted()} /></div>
      ${data !== null && answer !== null && answer.status !== 200 && answer.status !== 304 && html`<${Notice} kind="warn"><p>${whyNot(answer)}</p><//>`}
      ${data === null
        ? html`<${Waiting} wait=${t("common.wait")} again=${t("common.again")} onAgain=${reading.refresh} problem=${answer && whyNot(answer)} />`
        : lines.length === 0 && html`<p class="big">${t("unreachable.none")}</p>`}
      <ul class="plain">
        ${lines.slice(0, most).map((line) => html`<li key=${line.messages[0]?.id}><${Card} line=${line} onSettle=${() => settle(line)} /></li>`)}
      </ul>
      ${lines.length > most && html`<p class="buttons"><button type="button" class="button"
        onClick=${() => setMost(most + AT_ONCE)}>${t("unreachable.more")}</button></p>`}
    <//>
  `;
}
