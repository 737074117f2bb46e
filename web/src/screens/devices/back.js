/**
 * *Is terug*: what of a loan came back, recorded at once, with or without internet, and held for eight seconds so that a wrong tap
 * can be taken back. The next device of the pile is scanned on the same page.
 */
import { useState } from "preact/hooks";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { record } from "../../outbox/items.js";
import { now, online } from "../../state/connection.js";
import { helper } from "../../state/helper.js";
import { useFresh } from "../../state/fresh.js";
import { devicesOf, refreshDevices } from "../../state/lending.js";
import { point } from "../../state/point.js";
import { isoDay, t, tn } from "../../words/t.js";
import { Accessories, keepMissing } from "./accessories.js";
import { useBorrowerOf } from "./borrower.js";
import { Done, say } from "./done.js";
import { capital, nameOf, namesOf, Person } from "./names.js";
import { NeedsPoint } from "./need_point.js";
import { failureOf } from "./not_stored.js";
import { Opener } from "./open.js";

/** @param {{params: {id: string}}} props */
export default function Back({ params: { id } }) {
  useFresh(refreshDevices);
  if (!point.value) return html`<${NeedsPoint} />`;
  return html`<${Loan} key=${id} loan=${id} here=${point.value} />`;
}

/** @param {{loan: string, here: import("../../state/point.js").Digipunt}} props */
function Loan({ loan, here }) {
  const out = devicesOf(loan).filter(({ state }) => state === "onLoan");
  const [unticked, setUnticked] = useState(/** @type {string[]} */ ([]));
  const [missing, setMissing] = useState(/** @type {Record<string, string[]>} */ ({}));
  const [error, setError] = useState("");
  const [isOver, setOver] = useState(false);
  const borrower = useBorrowerOf(loan);
  const back = out.filter(({ id }) => !unticked.includes(id));

  /** @param {string[]} ticked */
  const untick = (ticked) => setUnticked(out.map((each) => each.id).filter((each) => !ticked.includes(each)));
  const save = async () => {
    if (isOver) return;
    if (back.length === 0) return setError(t("devices.back.none"));
    const ids = back.map(({ id }) => id);
    const names = namesOf(ids);
    const body = { devices: ids, digipunt: here.id, returnedOn: isoDay(now()) };
    setOver(true);
    try {
      const path = `/loans/v1/loans/${loan}/return`;
      const label = tn("devices.label.back", ids.length, { devices: names });
      const item = await record({ id: loan, method: "POST", path, body, label, by: helper.value?.code ?? null, point: here.id, hold: true });
      for (const device of ids) void keepMissing(device, missing[device] ?? []);
      const text = borrower
        ? tn("devices.back.doneOf", ids.length, { devices: capital(names), name: borrower.name })
        : tn("devices.back.done", ids.length, { devices: capital(names) });
      const links = back.map((device) => checkLink(device, back.length > 1));
      say({ text, hint: online.value ? "" : t("devices.willBeSent"), item, onUndo: () => setOver(false), links });
    } catch (problem) {
      setOver(false);
      setError(failureOf(problem, names));
    }
  };
  return html`
    <${Screen} title=${t("devices.back.title")}>
      <${Done} />
      ${isOver || out.length === 0
        ? html`${!isOver && html`<${Notice}><p>${t("devices.back.nothingOut")}</p><//>`}
            <${Opener} label=${t("devices.next")} onOpen=${() => setOver(false)} />
            <p class="buttons"><a class="button" href="/toestellen">${t("devices.toLists")}</a></p>`
        : html`
            <p class="lead"><strong>${capital(namesOf(out.map(({ id }) => id)))}</strong> <${Person} borrower=${borrower} /></p>
            ${out.length > 1 &&
            html`<${Choice} legend=${t("devices.back.which")} hint=${t("devices.back.whichHint")} several small
              options=${out.map((each) => ({ code: each.id, label: nameOf(each) }))}
              value=${back.map((each) => each.id)} onChange=${untick} />`}
            ${back.map((device) => html`<${Accessories} key=${device.id} device=${device} missing=${missing[device.id] ?? []}
              onChange=${(/** @type {string[]} */ gone) => setMissing({ ...missing, [device.id]: gone })} />`)}
            <p>${t("devices.back.where", { point: here.name })}</p>
            ${error && html`<${Notice} kind="err" live><p>${error}</p><//>`}
            <p class="buttons">
              <button type="button" class="button button-main" data-name="save" onClick=${() => void save()}>${t("devices.do.back")}</button>
              <a class="button" href="/toestellen">${t("common.cancel")}</a>
            </p>
          `}
    <//>
  `;
}

/** @param {import("../../checks/devices.js").Device} device @param {boolean} isNamed */
const checkLink = (device, isNamed) => ({
  href: `/toestellen/nakijken/${device.id}`,
  text: isNamed ? t("devices.checkNowOne", { device: nameOf(device) }) : t("devices.checkNow"),
});
