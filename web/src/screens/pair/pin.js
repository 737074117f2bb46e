/** What shows persons opens with a PIN, or with a sign-in of one's own; the screen behind it opens by itself then. */
import { useState } from "preact/hooks";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Field } from "../../parts/field.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { now, online } from "../../state/connection.js";
import { helper, helpers, level as current, signIn } from "../../state/helper.js";
import { point } from "../../state/point.js";
import { spoken } from "../../words/phone.js";
import { t, time } from "../../words/t.js";
import { Account } from "./account.js";

/** @typedef {import("../../state/helper.js").Helper} Helper */

/** How long the service closes a name after too many tries. */
const LOCKED_MS = 15 * 60_000;

/** @param {{level: 1 | 2}} props */
export function Pin({ level }) {
  const [person, setPerson] = useState(/** @type {Helper | null} */ (helper.value?.hasPin ? helper.value : null));
  if (level === 2) {
    return html`
      <${Screen} title=${t("pin.coordinator")}>
        <p>${t(current.value === 1 ? "pin.coordinatorOnlyHelper" : "pin.coordinatorOnly")}</p>
        <${Account} />
      <//>
    `;
  }
  if (person === null) {
    const known = helpers.value.filter(({ hasPin }) => hasPin);
    return html`
      <${Screen} title=${t("pin.who")}>
        ${known.length === 0 && html`<p>${t("pin.none")}</p>`}
        <${Choice} legend=${t("pin.names")} options=${known.map(({ id, name }) => ({ code: id, label: name }))} value=${[]}
          onChange=${(/** @type {string[]} */ [id]) => setPerson(known.find((each) => each.id === id) ?? null)} />
      <//>
    `;
  }
  return html`<${Entry} person=${person} onOther=${() => setPerson(null)} />`;
}

/** @param {{person: Helper, onOther: () => void}} props */
function Entry({ person, onOther }) {
  const [pin, setPin] = useState("");
  const [error, setError] = useState("");
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const { status, problem } = await signIn(person, pin);
    if (status === 201) return;
    setPin("");
    setError(reason(problem, person.name));
  };
  return html`
    <${Screen} title=${t("pin.title", { name: person.name })}>
      <form class="screen" onSubmit=${submit}>
        <${Field} label=${t("pin.label")} hint=${t("pin.hint")} type="password" inputMode="numeric" autoComplete="current-password" maxLength=${8} value=${pin}
          onInput=${setPin} error=${error} name="pin" focus />
        ${!online.value && html`<${Notice}><p>${t("pin.offline")}</p><//>`}
        <p class="buttons">
          <button type="submit" class="button button-main">${t("pin.go")}</button>
          <button type="button" class="button" onClick=${onOther}>${t("pin.other")}</button>
        </p>
      </form>
    <//>
  `;
}

/** @param {import("../../api/client.js").Problem | null} problem @param {string} name */
function reason(problem, name) {
  const phone = spoken(point.value?.phone ?? "");
  if (problem === null) return t("pin.offline");
  if (problem.code === "pinWrong" && problem["triesLeft"] > 0) return t("pin.wrong", { n: problem["triesLeft"] });
  // The try that closed the name is told as the ones after it are.
  const until = problem.code === "pinWrong" ? now() + LOCKED_MS : problem["lockedUntil"];
  if (until) return t(phone ? "pin.locked" : "pin.lockedNoPhone", { time: time(until), phone });
  if (problem.code === "helperElsewhere") return t("pin.elsewhere", { name, point: point.value?.name ?? "" });
  return problem.issues?.[0]?.detail ?? problem.detail;
}
