/** One device: where it is and how it is, and what a helper can say about it: to repair, nowhere to be found, in use again. */
import { request } from "../../api/client.js";
import { AT_THE_POINT, pageFor } from "../../checks/devices.js";
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { level } from "../../state/helper.js";
import { useFresh } from "../../state/fresh.js";
import { deviceOf, refreshDevices } from "../../state/lending.js";
import { point } from "../../state/point.js";
import { label } from "../../state/refdata.js";
import { list, t } from "../../words/t.js";
import { Done, say } from "./done.js";
import { capital, nameOf, pointName } from "./names.js";
import { NeedsNetwork, OnlineButton, Problem, useWork } from "./network.js";
import { addressOf } from "./open.js";

/** What can be said of a device in each state. @type {Record<string, string[]>} */
const ACTIONS = {
  preparing: ["ready"],
  inRepair: ["ready"],
  missing: [],
  available: ["repair", "missing"],
  returnedUnchecked: ["repair", "missing"],
  toWipe: ["repair", "missing"],
};

/** @param {{params: {id: string}}} props */
export default function OneDevice({ params: { id } }) {
  useFresh(refreshDevices);
  const { working, problem, run } = useWork();
  const device = deviceOf(id);
  if (device === null) return html`<${Screen} title=${t("devices.about")}><${Notice}><p>${t("devices.unknownDevice")}</p><//><//>`;
  const name = capital(nameOf(device));
  const { page } = pageFor(device, point.value?.id ?? "");
  const actions = level.value > 0 && AT_THE_POINT.includes(device.state) ? ACTIONS[device.state] ?? [] : [];
  const act = (/** @type {string} */ action) =>
    run(
      (key) => request("POST", `/loans/v1/devices/${id}/${action}`, { body: {}, key, as: "person" }),
      async () => {
        await refreshDevices();
        say({ text: t(`devices.said.${action}`, { device: name }) });
      },
    );
  return html`
    <${Screen} title=${name}>
      <${Done} />
      <dl class="particulars">
        <dt>${t("devices.fact.state")}</dt><dd data-name="state">${label("deviceState", device.state)}</dd>
        <dt>${t("devices.fact.at")}</dt><dd>${pointName(device.at)}</dd>
        ${device.digipunt !== device.at && html`<dt>${t("devices.fact.home")}</dt><dd>${pointName(device.digipunt)}</dd>`}
        <dt>${t("devices.fact.condition")}</dt><dd>${label("condition", device.condition)}</dd>
        ${device.accessories.length > 0 && html`<dt>${t("devices.fact.accessories")}</dt><dd>${list(device.accessories)}</dd>`}
        ${device.missingAccessories.length > 0 && html`<dt>${t("devices.fact.missing")}</dt><dd>${list(device.missingAccessories)}</dd>`}
      </dl>
      <${NeedsNetwork} />
      <${Problem} text=${problem} />
      <p class="buttons">
        ${page !== null && html`<a class="button button-main" href=${addressOf(page, device)}>${t(`devices.do.${page}`)}</a>`}
        ${actions.map((action) => html`
          <${OnlineButton} key=${action} working=${working} name=${action} onClick=${() => act(action)}>${t(`devices.say.${action}`)}<//>`)}
        <a class="button" href="/toestellen">${t("devices.toLists")}</a>
      </p>
    <//>
  `;
}
