/** A new device, for the coordinator: what it is, and the number on its sticker. */
import { useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Field } from "../../parts/field.js";
import { Fold } from "../../parts/fold.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { refreshDevices } from "../../state/lending.js";
import { point } from "../../state/point.js";
import { t } from "../../words/t.js";
import { capital, nameOf, optionsOf } from "./names.js";
import { NeedsPoint } from "./need_point.js";
import { NeedsNetwork, OnlineButton, Problem, useWork } from "./network.js";

export default function NewDevice() {
  const [kind, setKind] = useState(["laptop"]);
  const [sticker, setSticker] = useState("");
  const [accessories, setAccessories] = useState("");
  const [condition, setCondition] = useState(["good"]);
  const [serial, setSerial] = useState("");
  const [preparing, setPreparing] = useState(/** @type {string[]} */ ([]));
  const [added, setAdded] = useState(/** @type {{id: string, name: string} | null} */ (null));
  const [error, setError] = useState("");
  const id = useRef(crypto.randomUUID());
  const { working, problem, run } = useWork();
  const here = point.value;
  if (!here) return html`<${NeedsPoint} />`;
  const save = () => {
    const [chosen] = kind;
    if (chosen === undefined || !sticker.trim()) return setError(t("devices.new.missing"));
    setError("");
    const pieces = accessories.split(",").map((each) => each.trim()).filter(Boolean);
    const body = {
      kind: chosen,
      label: sticker.trim(),
      digipunt: here.id,
      municipality: here.municipality,
      condition: condition[0] ?? "good",
      ...(pieces.length > 0 ? { accessories: pieces } : {}),
      ...(serial.trim() ? { serial: serial.trim() } : {}),
      ...(preparing.length > 0 ? { preparing: true } : {}),
    };
    void run(
      () => request("PUT", `/loans/v1/devices/${id.current}`, { body, as: "person" }),
      async (device) => {
        setAdded({ id: device.id, name: nameOf(device) });
        id.current = crypto.randomUUID();
        setSticker("");
        setSerial("");
        await refreshDevices();
      },
    );
  };
  return html`
    <${Screen} title=${t("devices.add")} aside=${here.name}>
      ${added !== null &&
      html`<${Notice} kind="ok" live>
        <p data-name="added">${t("devices.new.done", { device: capital(added.name) })}</p>
        <p class="buttons"><a class="button" href=${`/toestellen/etiketten?toestel=${added.id}`}>${t("devices.new.label")}</a></p>
      <//>`}
      <form class="screen" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); save(); }}>
        <${Choice} legend=${t("devices.new.kind")} small options=${optionsOf("deviceKind")} value=${kind} onChange=${setKind} />
        <${Field} name="label" label=${t("devices.new.sticker")} hint=${t("devices.new.stickerHint")} value=${sticker} onInput=${setSticker}
          maxLength=${40} error=${error || null} />
        <${Field} name="accessories" label=${t("devices.new.accessories")} hint=${t("devices.new.accessoriesHint")} value=${accessories}
          onInput=${setAccessories} maxLength=${400} />
        <${Fold} title=${t("devices.more")}>
          <${Choice} legend=${t("devices.check.condition")} small
            options=${optionsOf("condition")} value=${condition} onChange=${setCondition} />
          <${Field} name="serial" label=${t("devices.new.serial")} value=${serial} onInput=${setSerial} maxLength=${100} />
          <${Choice} legend=${t("devices.new.preparing")} small several options=${[{ code: "preparing", label: t("devices.new.preparingYes") }]}
            value=${preparing} onChange=${setPreparing} />
        <//>
        <${NeedsNetwork} />
        <${Problem} text=${problem} />
        <p class="buttons">
          <${OnlineButton} type="submit" main working=${working} name="add">${t("devices.new.add")}<//>
          <a class="button" href="/toestellen">${t("devices.toLists")}</a>
        </p>
      </form>
    <//>
  `;
}
