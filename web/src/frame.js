/** What stays on every screen: the digipunt and the helper on top, the tabs, and the line that says what is sent. */
import { useLocation } from "preact-iso/router";
import { useEffect, useRef } from "preact/hooks";
import { html } from "./html.js";
import { lastSent, paused } from "./outbox/send.js";
import { loss, lossRead, outdated, parked, storage, waiting } from "./outbox/items.js";
import { isVisit } from "./outbox/rules.js";
import { Icon } from "./parts/icon.js";
import { Notice } from "./parts/notice.js";
import { ROUTES, TABS, TABS_OF_POLICY } from "./routes.js";
import { clockIsOld, clockOffset, online, WRONG_MS } from "./state/connection.js";
import { pairingAgain, takenBack } from "./state/device.js";
import { closing, helper, leave, readsOnly, session, switchHelper, touch } from "./state/helper.js";
import { point } from "./state/point.js";
import { about } from "./state/about.js";
import { updateReady } from "./update.js";
import { spoken } from "./words/phone.js";
import { day, t, time, tn } from "./words/t.js";

/** @param {{children?: any}} props */
export const Frame = ({ children }) => html`
  <div class="frame">
    <a class="skip" href="#main">${t("frame.skip")}</a>
    <${Top} />
    <${Tabs} />
    <main id="main" tabindex="-1">
      <${Warnings} />
      ${children}
    </main>
    ${!readsOnly.value && html`<${Line} />`}
  </div>
`;

function Top() {
  const name = session.value?.name || helper.value?.name;
  return html`
    <header class="frame-top">
      ${readsOnly.value
        ? html`<span class="frame-point"><${Icon} name="chart-column" />${t("more.figures")}</span>`
        : html`<span class="frame-point"><${Icon} name="house" />${point.value?.name ?? t("frame.noPoint")}</span>`}
      ${session.value !== null && session.value.role !== "helper" && html`<span>${t(`role.${session.value.role}`)}</span>`}
      ${name && html`<span>${name}</span>`}
      ${session.value !== null && html`<button type="button" class="button button-quiet" onClick=${leave}>${t("frame.leave")}</button>`}
      ${!readsOnly.value && html`<button type="button" class="button" onClick=${switchHelper}>${t("frame.switch")}</button>`}
    </header>
  `;
}

function Tabs() {
  const { path } = useLocation();
  const tab = ROUTES.find((route) => under(route.path, path))?.tab;
  const current = tab === "figures" && !readsOnly.value ? "more" : tab;
  return html`
    <nav class="tabs" aria-label=${t("frame.tabs")}>
      ${(readsOnly.value ? TABS_OF_POLICY : TABS).map(
        ({ name, path: to, icon, wide }) => html`
          <a href=${to} class=${wide ? "tab-wide" : ""} aria-current=${current === name ? "page" : undefined}>
            <${Icon} name=${icon} /><span>${t(`tab.${name}`)}</span>
            ${name === "today" && parked.value.length > 0 && html`<span class="badge">${parked.value.length}</span>`}
            ${name === "more" && updateReady.value && html`<span class="dot"></span><span class="visually-hidden">${t("frame.update")}</span>`}
          </a>
        `,
      )}
    </nav>
  `;
}

/** Whether a path is one of a route. @param {string} pattern @param {string} path */
function under(pattern, path) {
  const wanted = pattern.split("/");
  const parts = path.split("/");
  return wanted.length === parts.length && wanted.every((part, place) => part.startsWith(":") || part === parts[place]);
}

function Warnings() {
  const lost = loss.value;
  return html`
    ${outdated.value && html`<${Notice} kind="warn"><p>${t("warn.outdated")}</p><button type="button" class="button" onClick=${() => location.reload()}>${t("warn.reload")}</button><//>`}
    ${storage.value === "none" && html`<${Notice} kind="err"><p>${t("warn.noStore")}</p><//>`}
    ${takenBack.value &&
    html`<${Notice} kind="err">
      <p>${t("warn.takenBack")}</p>
      <button type="button" class="button" data-name="pair-again" onClick=${() => (pairingAgain.value = true)}>${t("pair.again")}</button>
    <//>`}
    ${lost !== null &&
    html`<${Notice} kind="err">
      <p>${tn("warn.lost", lost.waiting, { day: day(lost.first ?? Date.now()), from: time(lost.first ?? Date.now()), to: time(lost.last ?? Date.now()) })}</p>
      <button type="button" class="button" onClick=${lossRead}>${t("warn.lostRead")}</button>
    <//>`}
    ${clockIsOld() && html`<${Notice} kind="err"><p>${t("warn.clockOld", { now: day(Date.now()) })}</p><//>`}
    ${about.value.synthetic && html`<p class="hint">${t("frame.synthetic")}</p>`}
    ${closing.value && html`<${Closing} />`}
  `;
}

/** Twenty seconds before the screen closes. */
function Closing() {
  const stay = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useEffect(() => stay.current?.focus(), []);
  return html`
    <${Notice} kind="warn" live>
      <p>${t("lock.warning")}</p>
      <button type="button" class="button" ref=${stay} onClick=${touch}>${t("lock.stay")}</button>
    <//>
  `;
}

/** Computed from the outbox itself, never from the last request. */
function Line() {
  const waits = waiting.value.length;
  const phone = point.value?.phone;
  const off = Math.round((clockOffset.value ?? 0) / 60_000);
  const parts = [
    waits === 0 && parked.value.length > 0 ? "" : waits > 0 ? tn(waiting.value.every(isVisit) ? "line.waiting" : "line.waitingMixed", waits) : lastSent.value === null ? t("line.nothing") : t("line.sent", { time: time(lastSent.value) }),
    parked.value.length > 0 && tn(parked.value.every(isVisit) ? "line.parked" : "line.parkedMixed", parked.value.length),
    !online.value && waits > 0 && t("line.offline"),
    paused.value && waits > 0 && t("line.paused"),
    Math.abs(off) * 60_000 >= WRONG_MS && t(off > 0 ? "line.clockBehind" : "line.clockAhead", { n: Math.abs(off) }),
  ].filter(Boolean);
  return html`
    <footer class="frame-line">
      <span role="status" data-name="line">${parts.join(" · ")}</span>
      ${phone && html`<a href=${`tel:${phone}`}>${t("frame.help", { phone: spoken(phone) })}</a>`}
    </footer>
  `;
}
