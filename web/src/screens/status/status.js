/** *Toestand*: how this laptop is, in words, and what can be done about it. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../../html.js";
import { outbox, waiting } from "../../outbox/items.js";
import { flush } from "../../outbox/send.js";
import { Dialog } from "../../parts/dialog.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { now } from "../../state/connection.js";
import { isPaired, laptop, unpair } from "../../state/device.js";
import { helpers, switchHelper } from "../../state/helper.js";
import { keep } from "../../state/kept.js";
import { point } from "../../state/point.js";
import { busyWith, take, updateReady } from "../../update.js";
import { t, tn } from "../../words/t.js";
import { copyOf, download, fileName } from "./copy.js";
import * as facts from "./facts.js";
import { Looks } from "./looks.js";
import { Services } from "./services.js";

const LOOK_MS = 30_000;

/** @param {{title: string, text: string, yes: string, onYes: () => void, onClose: () => void}} props */
const Sure = ({ title, text, yes, onYes, onClose }) => html`
  <${Dialog} title=${title} onClose=${onClose}>
    <p>${text}</p>
    <p class="buttons">
      <button type="button" class="button button-main" data-name="sure" onClick=${onYes}>${yes}</button>
      <button type="button" class="button" onClick=${onClose}>${t("common.cancel")}</button>
    </p>
  <//>
`;

/** @param {{name: string, what: string, children?: any}} props */
const Fact = ({ name, what, children }) => html`
  <div data-name=${name}>
    <dt>${t(`status.${name}`)}</dt>
    <dd>${what}</dd>
    ${children && html`<dd>${children}</dd>`}
  </div>
`;

export default function Status() {
  const [room, setRoom] = useState(/** @type {facts.Room | null} */ (null));
  const [, look] = useState(0);
  const [asking, setAsking] = useState("");
  const [said, setSaid] = useState("");
  const [sending, setSending] = useState(false);
  useEffect(() => {
    void facts.room().then(setRoom);
    const timer = setInterval(() => look((count) => count + 1), LOOK_MS);
    return () => clearInterval(timer);
  }, []);

  const send = async () => {
    if (sending) return;
    setSending(true);
    setSaid(t("status.sending"));
    await flush({ hurry: true });
    const left = waiting.value.length;
    setSaid(left === 0 ? t("status.sent") : tn("status.stillWaits", left));
    setSending(false);
  };
  const copy = () => {
    download(fileName(), copyOf(outbox.value, laptop.value, __VERSION__, new Date(now()).toISOString()));
    setSaid(t("status.copied"));
  };
  const left = outbox.value.length;
  const disconnect = () => {
    if (outbox.value.length > 0) return;
    // The names of who helps here have no business on it any more.
    helpers.value = [];
    keep("helpers", null);
    switchHelper();
    unpair();
  };
  return html`
    <${Screen} title=${t("status.title")}>
      <dl class="states">
        ${laptop.value !== null && html`<${Fact} name="laptop" what=${[laptop.value.name, point.value?.name].filter(Boolean).join(", ")} />`}
        <${Fact} name="internet" what=${facts.internet()} />
        <${Fact} name="outbox" what=${facts.waits()} />
        <${Fact} name="storage" what=${facts.stored(room)} />
        <${Fact} name="clock" what=${facts.clock()} />
        <${Fact} name="services" what=${html`<${Services} />`} />
        <${Fact} name="offline" what=${facts.offline()} />
        <${Fact} name="app" what=${facts.version()}>
          ${updateReady.value && html`<button type="button" class="button" data-name="update" onClick=${() => setAsking("update")}>
            ${t("status.update")}
          </button>`}
        <//>
      </dl>
      <h2>${t("status.do")}</h2>
      <div role="status" data-name="said">${said && html`<${Notice}><p>${said}</p><//>`}</div>
      <p class="buttons">
        <button type="button" class="button button-main" data-name="send" aria-disabled=${String(sending || waiting.value.length === 0)}
          onClick=${() => (waiting.value.length === 0 ? setSaid(t("status.waitsNothing")) : void send())}>${t("status.send")}</button>
        <button type="button" class="button" data-name="copy" onClick=${copy}>${t("status.copy")}</button>
      </p>
      <p class="hint">${t("status.copyHint")}</p>
      <h2>${t("status.looks")}</h2>
      <${Looks} />
      ${isPaired.value &&
      html`
        <h2>${t("status.unpairTitle")}</h2>
        <p>${left > 0 ? tn("status.unpairNot", left) : t("status.unpairText")}</p>
        <p class="buttons">
          <button type="button" class="button" data-name="unpair" disabled=${left > 0} onClick=${() => setAsking("unpair")}>${t("status.unpair")}</button>
        </p>
      `}
      ${asking === "update" &&
      html`<${Sure} title=${t("status.updateAsk")} text=${t(busyWith.value.size > 0 ? "status.updateBusy" : "status.updateText")}
        yes=${t("status.update")} onYes=${take} onClose=${() => setAsking("")} />`}
      ${asking === "unpair" &&
      html`<${Sure} title=${t("status.unpairAsk")} text=${t("status.unpairAfter")} yes=${t("status.unpair")}
        onYes=${disconnect} onClose=${() => setAsking("")} />`}
    <//>
  `;
}
