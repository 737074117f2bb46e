/**
 * *Meegeven*, one question a screen: who, what, until when; then the loan is ready and is signed on the next one. A promise, so it
 * needs internet: the devices are reserved before anybody signs.
 */
import { useLocation } from "preact-iso/router";
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { usualDueDay } from "../../checks/opening.js";
import { whyNot } from "../../checks/devices.js";
import { html } from "../../html.js";
import { Screen } from "../../parts/screen.js";
import { now } from "../../state/connection.js";
import { deviceOf, refreshLending } from "../../state/lending.js";
import { point } from "../../state/point.js";
import { busy } from "../../update.js";
import { isoDay, t } from "../../words/t.js";
import { namesOf } from "./names.js";
import { NeedsPoint } from "./need_point.js";
import { NeedsNetwork, OnlineButton, Problem, useWork } from "./network.js";
import { wanted } from "./person.js";
import { Until } from "./until.js";
import { What } from "./what.js";
import { Who } from "./who.js";
import { Wish } from "./wish.js";

/** @typedef {import("./names.js").Borrower} Borrower */

export default function Lend() {
  const here = point.value;
  if (!here) return html`<${NeedsPoint} />`;
  return html`<${Steps} here=${here} />`;
}

/** @param {{here: import("../../state/point.js").Digipunt}} props */
function Steps({ here }) {
  const { query, route } = useLocation();
  const today = isoDay(now());
  const [borrower, setBorrower] = useState(/** @type {Borrower | null} */ (wanted.picked));
  const [step, setStep] = useState(wanted.picked === null ? 1 : 2);
  const [devices, setDevices] = useState(/** @type {string[]} */ (query["toestel"] ? [query["toestel"]] : []));
  const [due, setDue] = useState(usualDueDay(here.opening, today));
  const loan = useRef(crypto.randomUUID());
  const { working, problem, setProblem, run } = useWork();
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    wanted.picked = null;
    busy("lend", true);
    return () => busy("lend", false);
  }, []);
  useEffect(() => {
    if (step > 1) heading.current?.focus();
  }, [step]);

  const free = devices.filter((id) => {
    const device = deviceOf(id);
    return device !== null && whyNot(device, here.id) === null;
  });
  /** @param {number} next */
  const go = (next) => {
    setProblem("");
    setStep(next);
  };
  const prepare = () => {
    const body = { borrower: borrower?.id, devices: free, digipunt: here.id, dueOn: due };
    void run(
      async () => {
        const answer = await request("PUT", `/loans/v1/loans/${loan.current}`, { body, as: "person" });
        // Another desk was first: it is told before anybody can choose again.
        if (answer.status === 409) {
          loan.current = crypto.randomUUID();
          await refreshLending();
          setStep(2);
        }
        return answer;
      },
      async () => {
        await refreshLending();
        route(`/toestellen/klaar/${loan.current}`, true);
      },
    );
  };
  return html`
    <${Screen} title=${t("lend.title")} aside=${t("lend.step", { n: step })} focus=${step !== 1}>
      ${step > 1 && borrower !== null && html`<p class="lead">${t("lend.for", { name: borrower.name })}${step > 2 && `: ${namesOf(free)}`}</p>`}
      ${step === 1 &&
      html`
        <${Who} title=${t("lend.who.title")} pick=${t("lend.pick")} onPick=${(/** @type {Borrower} */ chosen) => { setBorrower(chosen); go(2); }} />`}
      ${step === 2 &&
      html`<h2 ref=${heading} tabindex="-1">${t("lend.what.title")}</h2>
        <${What} here=${here.id} value=${devices} onChange=${(/** @type {string[]} */ ids) => { setDevices(ids); setProblem(""); }} />
        ${borrower !== null && html`<${Wish} borrower=${borrower} here=${here.id} />`}
        <${Problem} text=${problem} />
        <${Buttons} onBack=${() => go(1)}><button type="button" class="button button-main" data-name="next"
          onClick=${() => (free.length === 0 ? setProblem(t("lend.what.choose")) : go(3))}>${t("lend.next")}</button><//>`}
      ${step === 3 &&
      html`<h2 ref=${heading} tabindex="-1">${t("lend.until.title")}</h2>
        <${Until} legend=${t("lend.until.legend")} opening=${here.opening} value=${due} after=${today} today=${today} onChange=${setDue} />
        <${NeedsNetwork} />
        <${Problem} text=${problem} />
        <${Buttons} onBack=${() => go(2)}><${OnlineButton} main working=${working} name="prepare" onClick=${prepare}>${t("lend.prepare")}<//><//>`}
    <//>
  `;
}

/** @param {{onBack: () => void, children?: any}} props */
const Buttons = ({ onBack, children }) => html`
  <p class="buttons">
    ${children}
    <button type="button" class="button" onClick=${onBack}>${t("common.back")}</button>
    <a class="button button-quiet" href="/toestellen">${t("common.cancel")}</a>
  </p>
`;
