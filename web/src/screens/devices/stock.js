/**
 * *Stock nakijken*: everything on the shelf is scanned or typed, then compared with what should be there. What was scanned stays
 * on the laptop until it was compared, also when the screen closes.
 */
import { useEffect, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { html } from "../../html.js";
import { Dialog } from "../../parts/dialog.js";
import { Fold } from "../../parts/fold.js";
import { Screen } from "../../parts/screen.js";
import { draft, dropDraft, keepDraft } from "../../outbox/drafts.js";
import { useFresh } from "../../state/fresh.js";
import { deviceOf, refreshDevices } from "../../state/lending.js";
import { point } from "../../state/point.js";
import { t, tn } from "../../words/t.js";
import { Find } from "./find.js";
import { capital, nameOf, pointName } from "./names.js";
import { NeedsPoint } from "./need_point.js";
import { NeedsNetwork, OnlineButton, Problem, useWork } from "./network.js";

/** @typedef {{found: string[], foundElsewhere: string[], absent: string[], notOurs: string[]}} Result */

const DRAFT = "stock";

export default function Stock() {
  const [scanned, setScanned] = useState(/** @type {string[]} */ ([]));
  const [result, setResult] = useState(/** @type {Result | null} */ (null));
  const [last, setLast] = useState("");
  const [isSure, setSure] = useState(false);
  const { working, problem, run } = useWork();
  useFresh(refreshDevices);
  useEffect(() => void draft(DRAFT).then((found) => found && setScanned(found.scanned)), []);
  const here = point.value;
  if (!here) return html`<${NeedsPoint} />`;

  /** @param {string[]} texts */
  const set = (texts) => {
    setScanned(texts);
    void (texts.length > 0 ? keepDraft(DRAFT, { scanned: texts }) : dropDraft(DRAFT));
  };
  /** @param {string} text @param {string} name */
  const add = (text, name) => {
    const isTwice = scanned.includes(text);
    setLast(t(isTwice ? "devices.stock.twice" : "devices.stock.added", { device: capital(name) }));
    if (!isTwice) set([text, ...scanned]);
  };
  const compare = (markMissing = false) =>
    run(
      (key) => request("POST", "/loans/v1/stockTakes", { body: { digipunt: here.id, scanned, markMissing }, as: "person", key }),
      async (answer) => {
        await refreshDevices();
        setResult(markMissing ? { ...answer, absent: result?.absent ?? answer.absent } : answer);
        setSure(markMissing);
        void dropDraft(DRAFT);
      },
    );
  /** @param {string} text */
  const nameOfText = (text) => {
    const device = deviceOf(text);
    return device === null ? text : nameOf(device);
  };
  if (result !== null) return html`<${Outcome} result=${result} working=${working} problem=${problem} isMarked=${isSure} onMark=${() => compare(true)}
    onMore=${() => setResult(null)} />`;
  return html`
    <${Screen} title=${t("devices.stock")} aside=${here.name}>
      <p>${t("devices.stock.text")}</p>
      <${Find} onDevice=${(/** @type {any} */ device) => add(device.id, nameOf(device))}
        onOther=${(/** @type {string} */ text) => add(text.trim(), text.trim())} />
      <p role="status" data-name="scanned">${last}</p>
      <p><strong>${tn("devices.stock.count", scanned.length)}</strong></p>
      ${scanned.length > 0 &&
      html`<${Fold} title=${t("devices.stock.list")}>
        <ul class="rows">
          ${scanned.map((text) => html`<li class="row" key=${text}>
            <span class="row-main">
              ${capital(nameOfText(text))}${deviceOf(text) === null && html` <span class="row-note">${t("devices.stock.unknown")}</span>`}
            </span>
            <button type="button" class="button" onClick=${() => set(scanned.filter((each) => each !== text))}
              aria-label=${`${t("devices.stock.drop")}: ${nameOfText(text)}`}>${t("devices.stock.drop")}</button>
          </li>`)}
        </ul>
      <//>`}
      <${NeedsNetwork} />
      <${Problem} text=${problem} />
      <p class="buttons"><${OnlineButton} main working=${working} disabled=${scanned.length === 0} name="compare"
        onClick=${() => compare()}>${t("devices.stock.compare")}<//></p>
    <//>
  `;
}

/** @param {{result: Result, working: boolean, problem: string, isMarked: boolean, onMark: () => void, onMore: () => void}} props */
function Outcome({ result, working, problem, isMarked, onMark, onMore }) {
  const [asks, setAsks] = useState(false);
  /** @param {string} id @param {boolean} [home] */
  const row = (id, home = false) => {
    const device = deviceOf(id);
    return html`<li key=${id}>${device === null ? id : capital(nameOf(device))}${home && device !== null && ` (${pointName(device.digipunt)})`}</li>`;
  };
  const seen = result.found.length + result.foundElsewhere.length;
  return html`
    <${Screen} title=${t("devices.stock.result")}>
      <p data-name="found">${tn("devices.stock.found", result.found.length)}</p>
      ${result.foundElsewhere.length > 0 && html`
        <h2>${t("devices.stock.elsewhere")}</h2>
        <ul data-name="elsewhere">${result.foundElsewhere.map((id) => row(id, true))}</ul>`}
      ${result.notOurs.length > 0 && html`
        <h2>${t("devices.stock.notOurs")}</h2>
        <ul data-name="not-ours">${result.notOurs.map((text) => html`<li key=${text}>${text}</li>`)}</ul>`}
      <h2>${t("devices.stock.absent")}</h2>
      ${result.absent.length === 0 ? html`<p>${t("devices.stock.allSeen")}</p>` : html`<ul data-name="absent">${result.absent.map((id) => row(id))}</ul>`}
      ${isMarked && html`<p role="status">${t("devices.stock.marked")}</p>`}
      <${Problem} text=${problem} />
      <p class="buttons">
        <button type="button" class="button button-main" onClick=${onMore}>${t("devices.stock.more")}</button>
        ${!isMarked && result.absent.length > 0 && seen > 0 && html`
          <${OnlineButton} working=${working} name="mark" onClick=${() => setAsks(true)}>${t("devices.stock.mark")}<//>`}
        <a class="button" href="/toestellen">${t("devices.toLists")}</a>
      </p>
      ${asks &&
      html`<${Dialog} title=${t("devices.stock.markAsk")} onClose=${() => setAsks(false)}>
        <p>${tn("devices.stock.markText", result.absent.length)}</p>
        <p class="buttons">
          <button type="button" class="button button-main" data-name="mark-sure"
            onClick=${() => { setAsks(false); onMark(); }}>${t("devices.stock.markYes")}</button>
          <button type="button" class="button" onClick=${() => setAsks(false)}>${t("common.cancel")}</button>
        </p>
      <//>`}
    <//>
  `;
}
