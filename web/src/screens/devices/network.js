/** A promise needs internet: the button that makes it, or the sentence that says why it cannot be made now. */
import { useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { connection } from "../../state/connection.js";
import { busy } from "../../update.js";
import { t } from "../../words/t.js";

/** Nobody answered the last time. */
export const isOffline = () => connection.value.reached === false;

const ask = () => void request("GET", "/loans/health/live", { as: "nobody" });

export const NeedsNetwork = () =>
  isOffline() &&
  html`<${Notice} kind="warn" live>
    <p>${t("devices.needsNetwork")}</p>
    <p class="buttons"><button type="button" class="button" onClick=${ask}>${t("devices.tryAgain")}</button></p>
  <//>`;

/**
 * Does one thing at a time, and keeps the sentence when it was refused. The idempotency key stays the same until there was an
 * answer, so that a tap after a lost one does nothing twice.
 * @returns {{working: boolean, problem: string, setProblem: (text: string) => void,
 *   run: (work: (key: string) => Promise<import("../../api/client.js").Answer>, then: (data: any) => unknown) => Promise<void>}}
 */
export function useWork() {
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState("");
  const key = useRef(crypto.randomUUID());
  /** @param {(key: string) => Promise<import("../../api/client.js").Answer>} work @param {(data: any) => unknown} then */
  const run = async (work, then) => {
    if (working) return;
    setWorking(true);
    busy("lending", true);
    setProblem("");
    const answer = await work(key.current);
    if (answer.status !== 0) key.current = crypto.randomUUID();
    setWorking(false);
    busy("lending", false);
    if (answer.status >= 200 && answer.status < 300) await then(answer.data);
    else setProblem(sentence(answer));
  };
  return { working, problem, setProblem, run };
}

/** The sentence beside a button. @param {{text: string}} props */
export const Problem = ({ text }) => text && html`<${Notice} kind="err" live><p data-name="problem">${text}</p><//>`;

/**
 * A button that needs internet.
 * @param {{onClick?: () => void, main?: boolean, working?: boolean, name?: string, type?: string, disabled?: boolean, children?: any}} props
 */
export const OnlineButton = ({ onClick, main = false, working = false, name, type = "button", disabled = false, children }) => html`
  <button type=${type} class=${`button${main ? " button-main" : ""}`} data-name=${name} disabled=${isOffline() || working || disabled}
    onClick=${onClick}>${children}</button>
`;
