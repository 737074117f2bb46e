/** Where it got stuck: which online service, then why. */
import { useState } from "preact/hooks";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { codes, label } from "../../state/refdata.js";
import { t } from "../../words/t.js";

/** @typedef {import("./fields.js").Bottleneck} Bottleneck */

const FIRST_SERVICES = ["itsme", "eBox", "taxOnWeb", "mijnGezondheid", "eBanking", "mijnBurgerprofiel"];

/** @param {{value: Bottleneck[], pending: string, onChange: (value: Bottleneck[]) => void, onPending: (service: string) => void}} props */
export function Bottlenecks({ value, pending: service, onChange, onPending: setService }) {
  const [all, setAll] = useState(false);
  const services = codes("onlineService").map(({ code }) => code);
  const shown = all ? services : services.filter((code) => FIRST_SERVICES.includes(code));
  /** @param {string | undefined} cause */
  const add = (cause) => {
    if (cause === undefined) return;
    onChange([...value.filter((each) => each.service !== service || each.cause !== cause), { service, cause }]);
    setService("");
  };
  return html`
    ${value.length > 0 &&
    html`<ul class="rows">
      ${value.map(
        (each) => html`
          <li class="row" key=${`${each.service} ${each.cause}`}>
            <span class="row-main">${label("onlineService", each.service)}: ${label("bottleneckCause", each.cause)}</span>
            <button type="button" class="button" onClick=${() => onChange(value.filter((other) => other !== each))}>${t("visit.remove")}</button>
          </li>
        `,
      )}
    </ul>`}
    <${Choice} legend=${t("visit.stuckService")} options=${shown.map((code) => ({ code, label: label("onlineService", code) }))} value=${service ? [service] : []}
      onChange=${(/** @type {string[]} */ [chosen = ""]) => setService(chosen)} small />
    ${!all && html`<p class="buttons"><button type="button" class="button" onClick=${() => setAll(true)}>${t("visit.moreServices")}</button></p>`}
    ${service &&
    html`<${Choice} legend=${t("visit.stuckCause", { service: label("onlineService", service) })} options=${codes("bottleneckCause").map(({ code }) => ({ code, label: label("bottleneckCause", code) }))}
      value=${[]} onChange=${(/** @type {string[]} */ [cause]) => add(cause)} small />`}
  `;
}
