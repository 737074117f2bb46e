/** *Laptops*: how each paired laptop is, a code for a new one, and taking one back. For coordinators. */
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { online } from "../../state/connection.js";
import { laptop as own } from "../../state/device.js";
import { t, tn } from "../../words/t.js";
import { LaptopRow } from "./laptop.js";
import { Listed } from "./listed.js";
import { NewLaptop } from "./pairing.js";
import { useRows } from "./rows.js";
import { Sure } from "./sure.js";

/** @typedef {import("./laptop.js").Laptop} Laptop */

const PATH = "/desk/v1/laptops";
const POLL_MS = 60_000;
/** While a code is read out, the coordinator waits for the laptop to appear: for ten minutes at most. */
const PAIRING_POLL_MS = 10_000;

/** @param {{laptop: Laptop, onDone: () => void, onClose: () => void}} props */
function Rename({ laptop, onDone, onClose }) {
  const [name, setName] = useState(laptop.name);
  const [error, setError] = useState("");
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!name.trim()) return setError(t("laptops.nameMissing"));
    const answer = await request("PATCH", `${PATH}/${laptop.id}`, { body: { name: name.trim() }, etag: laptop.etag, as: "person" });
    if (answer.status === 200) onDone();
    else setError(sentence(answer));
  };
  return html`
    <${Dialog} title=${t("laptops.renameTitle")} onClose=${onClose}>
      <form onSubmit=${submit}>
        <${Field} label=${t("pair.name")} value=${name} maxLength=${40} onInput=${setName} error=${error} name="name" />
        <p class="buttons">
          <button type="submit" class="button button-main">${t("laptops.renameGo")}</button>
          <button type="button" class="button" onClick=${onClose}>${t("common.cancel")}</button>
        </p>
      </form>
    <//>
  `;
}

export default function Laptops() {
  const [pairing, setPairing] = useState(/** @type {import("./pairing.js").Pairing | null} */ (null));
  const { rows, answer, refresh } = useRows(`${PATH}?pageSize=500`, pairing === null ? POLL_MS : PAIRING_POLL_MS);
  const [renaming, setRenaming] = useState(/** @type {Laptop | null} */ (null));
  const [taking, setTaking] = useState(/** @type {Laptop | null} */ (null));
  const [said, setSaid] = useState("");
  const [error, setError] = useState("");
  const before = useRef(/** @type {string[]} */ ([]));
  const laptops = /** @type {Laptop[]} */ (rows ?? []);

  /** A laptop that was not there when the code was asked for used it. */
  useEffect(() => {
    const fresh = laptops.find(({ id, digipunt }) => !before.current.includes(id) && digipunt === pairing?.digipunt);
    if (pairing === null || fresh === undefined) return;
    setPairing(null);
    setSaid(t("laptops.paired", { name: fresh.name, check: fresh.check ?? "" }));
  }, [rows]);

  /** @param {Laptop} laptop */
  const open = async (laptop) => {
    const opened = await request("PATCH", `${PATH}/${laptop.id}`, { body: { locked: false }, etag: laptop.etag, as: "person" });
    await refresh();
    setError(opened.status === 200 ? "" : sentence(opened));
    if (opened.status === 200) setSaid(t("laptops.opened", { name: laptop.name }));
  };
  /** @param {Laptop} laptop */
  const takeBack = async (laptop) => {
    const taken = await request("DELETE", `${PATH}/${laptop.id}`, { as: "person" });
    if (taken.status !== 204 && taken.status !== 404) return sentence(taken);
    await refresh();
    setTaking(null);
    setSaid(t("laptops.taken", { name: laptop.name }));
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector("h1"))?.focus());
    return null;
  };
  /** @param {Laptop} laptop */
  const question = ({ waiting, parked }) => {
    const left = (waiting ?? 0) + (parked ?? 0);
    return [left > 0 ? tn("laptops.takeBackWaits", left) : "", t("laptops.takeBackText")].filter(Boolean).join(" ");
  };
  return html`
    <${Screen} title=${t("laptops.title")}>
      <${NewLaptop} pairing=${pairing}
        onPairing=${(/** @type {import("./pairing.js").Pairing | null} */ next) => {
          before.current = laptops.map(({ id }) => id);
          setSaid("");
          setPairing(next);
        }} />
      <div role="status" data-name="said">${said && html`<${Notice} kind="ok"><p>${said}</p><//>`}</div>
      ${error && html`<${Notice} kind="err" live><p>${error}</p><//>`}
      <${Listed} rows=${rows} answer=${answer} empty=${t("laptops.none")} />
      <ul class="rows">
        ${laptops.map(
          (laptop) => html`<${LaptopRow} key=${laptop.id} laptop=${laptop} own=${laptop.id === own.value?.id} disabled=${!online.value}
            onName=${() => setRenaming(laptop)} onOpen=${() => void open(laptop)} onTakeBack=${() => setTaking(laptop)} />`,
        )}
      </ul>
      ${renaming !== null &&
      html`<${Rename} laptop=${renaming} onClose=${() => setRenaming(null)}
        onDone=${() => {
          setRenaming(null);
          void refresh();
        }} />`}
      ${taking !== null &&
      html`<${Sure} title=${t("laptops.takeBackAsk", { name: taking.name })} text=${question(taking)} yes=${t("laptops.takeBack")}
        onYes=${() => takeBack(taking)} onClose=${() => setTaking(null)} />`}
    <//>
  `;
}
