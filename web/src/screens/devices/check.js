/**
 * *Nakijken en wissen*: how a device came back, and that nothing of its borrower is left on it. Recorded with or without internet;
 * until both are told it cannot be given along.
 */
import { useEffect, useState } from "preact/hooks";
import { AT_THE_POINT, holdsData } from "../../checks/devices.js";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { Tile } from "../../parts/tile.js";
import { draft, dropDraft } from "../../outbox/drafts.js";
import { record } from "../../outbox/items.js";
import { online } from "../../state/connection.js";
import { helper } from "../../state/helper.js";
import { useFresh } from "../../state/fresh.js";
import { deviceOf, refreshDevices } from "../../state/lending.js";
import { point } from "../../state/point.js";
import { codes, label } from "../../state/refdata.js";
import { t } from "../../words/t.js";
import { Accessories, draftOf } from "./accessories.js";
import { Done, say } from "./done.js";
import { capital, nameOf, pointName } from "./names.js";
import { NeedsPoint } from "./need_point.js";
import { failureOf } from "./not_stored.js";
import { Opener, why } from "./open.js";

/** @typedef {import("../../checks/devices.js").Device} Device */

/** @param {{params: {id: string}}} props */
export default function Check({ params: { id } }) {
  useFresh(refreshDevices);
  const [isOver, setOver] = useState("");
  if (!point.value) return html`<${NeedsPoint} />`;
  const device = deviceOf(id);
  const isKnown = device !== null && AT_THE_POINT.includes(device.state);
  return html`
    <${Screen} title=${device === null ? t("devices.check.title") : capital(t("devices.check.titleOf", { device: nameOf(device) }))}>
      <${Done} />
      ${isOver !== id && device === null && html`<${Notice}><p>${t("devices.unknownDevice")}</p><//>`}
      ${isOver !== id && device !== null && !isKnown && html`<${Notice} kind="warn"><p>${why(device, device.state)}</p><//>`}
      ${isOver === id || !isKnown
        ? html`<${Opener} label=${t("devices.next")} onOpen=${() => setOver("")} /><p class="buttons"><a class="button"
          href="/toestellen">${t("devices.toLists")}</a></p>`
        : html`<${Form} key=${id} device=${device} here=${point.value.id} onDone=${() => setOver(id)} onUndo=${() => setOver("")} />`}
    <//>
  `;
}

/** @param {{device: Device, here: string, onDone: () => void, onUndo: () => void}} props */
function Form({ device, here, onDone, onUndo }) {
  const onlyWipe = device.state === "toWipe" && device.at === here;
  const [condition, setCondition] = useState(/** @type {string[]} */ ([]));
  const [missing, setMissing] = useState(device.missingAccessories);
  const [wiped, setWiped] = useState(false);
  const [error, setError] = useState("");
  useEffect(() => void draft(draftOf(device.id)).then((found) => found && setMissing(found.missing)), []);
  const asksWipe = !device.wiped && holdsData(device);

  const save = async () => {
    const [found] = condition;
    if (!onlyWipe && found === undefined) return setError(t("devices.check.noCondition"));
    if (onlyWipe && !wiped) return setError(t("devices.check.notWipedYet"));
    const isWiped = wiped || !asksWipe;
    const action = onlyWipe ? "wiped" : "check";
    const brought = device.at === here ? {} : { digipunt: here };
    const body = onlyWipe ? {} : { condition: found, ...(wiped ? { wiped } : {}), ...(missing.length > 0 ? { missingAccessories: missing } : {}), ...brought };
    const path = `/loans/v1/devices/${device.id}/${action}`;
    try {
      const entry = { id: device.behind ?? device.id, method: "POST", path, body, label: t(`devices.label.${action}`, { device: nameOf(device) }) };
      const item = await record({ ...entry, by: helper.value?.code ?? null, point: here, hold: true });
      void dropDraft(draftOf(device.id));
      const text = t(outcome(found ?? device.condition, isWiped), { device: capital(nameOf(device)) });
      say({ text, hint: online.value ? "" : t("devices.willBeSent"), item, onUndo });
      onDone();
    } catch (problem) {
      setError(failureOf(problem, nameOf(device)));
    }
  };
  return html`
    ${device.at !== here && html`<${Notice} kind="warn"><p>${t("devices.check.brought", { point: pointName(device.at) })}</p><//>`}
    ${!onlyWipe &&
    html`<${Choice} id="condition" legend=${t("devices.check.condition")} small
      options=${codes("condition").filter(({ code }) => code !== "incomplete").map(({ code }) => ({ code, label: label("condition", code) }))}
        value=${condition} onChange=${(/** @type {string[]} */ value) => { setCondition(value); setError(""); }} />
      <${Accessories} device=${device} missing=${missing} onChange=${setMissing} />`}
    ${asksWipe &&
    html`<fieldset class="choice">
      <legend>${t("devices.check.wipe")}</legend>
      <div class="tiles tiles-wide"><${Tile} name="wiped" label=${t("devices.check.wiped")} hint=${t("devices.check.wipedHint")} icon="eraser"
        pressed=${wiped} onTap=${() => { setWiped(!wiped); setError(""); }} /></div>
    </fieldset>`}
    ${error && html`<${Notice} kind="err" live><p>${error}</p><//>`}
    <p class="buttons">
      <button type="button" class="button button-main" data-name="save" onClick=${() => void save()}>${t("devices.check.save")}</button>
      <a class="button" href="/toestellen">${t("common.cancel")}</a>
    </p>
  `;
}

/** @param {string} condition @param {boolean} isWiped */
function outcome(condition, isWiped) {
  if (!isWiped) return "devices.check.doneNotWiped";
  return condition === "damaged" || condition === "unusable" ? "devices.check.doneRepair" : "devices.check.done";
}
