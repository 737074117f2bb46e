/** *Toestellen*: the day in six numbers, each of which opens its list, and one field that finds a device. */
import { useLocation } from "preact-iso/router";
import { LISTS, lists } from "../../checks/lending_day.js";
import { html } from "../../html.js";
import { Fold } from "../../parts/fold.js";
import { Icon } from "../../parts/icon.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { connection, now } from "../../state/connection.js";
import { level } from "../../state/helper.js";
import { useFresh } from "../../state/fresh.js";
import { devices, lendingDay, refreshLending } from "../../state/lending.js";
import { point } from "../../state/point.js";
import { isoDay, t, time, tn } from "../../words/t.js";
import { Done } from "./done.js";
import { ListOf } from "./lists.js";
import { NeedsPoint } from "./need_point.js";
import { Opener } from "./open.js";
import { wanted } from "./person.js";

/** @typedef {import("../../checks/lending_day.js").ListName} ListName */

/** @type {Record<ListName, string>} */
const ICONS = { toComeBack: "undo-2", late: "clock-alert", ready: "package-check", toCheck: "search-check", toWipe: "eraser", waiting: "users" };

export default function Devices() {
  const { query, route } = useLocation();
  const here = point.value?.id ?? "";
  useFresh(refreshLending, [here, level.value]);
  if (here === "") return html`<${NeedsPoint} />`;
  const known = lendingDay.value;
  const day = known === null ? null : lists(known.day, devices.value, here, isoDay(now()));
  const chosen = LISTS.find((name) => name === query["lijst"]) ?? null;
  /** @param {string} text */
  const onOther = (text) => {
    wanted.value = text;
    route("/toestellen/lener");
  };
  return html`
    <${Screen} title=${t("devices.title")} aside=${known !== null && t("devices.asOf", { time: time(known.at) })}>
      <${Done} />
      <${Opener} onOther=${onOther} hint=${t("devices.findHint")} />
      ${day === null && html`<${Notice}><p role="status">${t(connection.value.reached === false ? "devices.offlineFirst" : "common.wait")}</p><//>`}
      ${known !== null && connection.value.reached === false && html`<${Notice}><p>${t("devices.offline", { time: time(known.at) })}</p><//>`}
      ${day !== null &&
      html`<nav aria-label=${t("devices.lists")}>
          <ul class="counters">
            ${LISTS.map((name) => html`
              <li>
                <a class=${`counter${name === "late" && day.counts.late > 0 ? " counter-late" : ""}`} href=${`/toestellen?lijst=${name}`} data-name=${name}
                  aria-current=${chosen === name ? "true" : undefined}>
                  <${Icon} name=${ICONS[name]} /><span class="counter-number">${day.counts[name]}</span><span>${t(`devices.list.${name}`)}</span>
                </a>
              </li>
            `)}
          </ul>
        </nav>
        ${chosen !== null && html`<${ListOf} key=${chosen} name=${chosen} day=${day} />`}`}
      <p class="buttons"><a class="button button-main" href="/toestellen/meegeven" data-name="lend">${t("devices.lend")}</a></p>
      <${Fold} title=${t("devices.more")}>
        <p class="buttons">
          <a class="button" href="/toestellen/lener">${t("devices.person")}</a>
          <a class="button" href="/toestellen/etiketten">${t("devices.labels")}</a>
          <a class="button" href="/toestellen/stock">${t("devices.stock")}</a>
          <a class="button" href="/toestellen/nieuw">${t("devices.add")}</a>
        </p>
        <p class="hint">${tn("devices.known", devices.value.length)}</p>
      <//>
    <//>
  `;
}
