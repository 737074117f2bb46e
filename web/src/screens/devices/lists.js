/** The rows behind a number. Who borrows is there for who signed in, and nowhere else. */
import { useEffect, useRef } from "preact/hooks";
import { html } from "../../html.js";
import { now } from "../../state/connection.js";
import { label } from "../../state/refdata.js";
import { isoDay, t, tn } from "../../words/t.js";
import { borrowerOfDay, capital, dayName, nameOf, namesIn, Person } from "./names.js";

/** @typedef {import("../../checks/lending_day.js").ListName} ListName */
/** @typedef {import("../../checks/lending_day.js").Loan} Loan */
/** @typedef {import("../../checks/devices.js").Device} Device */

/** @param {{name: ListName, day: ReturnType<typeof import("../../checks/lending_day.js").lists>}} props */
export function ListOf({ name, day }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => heading.current?.focus(), []);
  /** @type {any[]} */
  const rows =
    name === "waiting"
      ? day.waiting.map((wish) => html`<${WishRow} key=${wish.id} wish=${wish} />`)
      : name === "toCheck" || name === "toWipe"
        ? day.devices[name].map((device) => html`<${DeviceRow} key=${device.id} device=${device} />`)
        : day.loans[name].map((loan) => html`<${LoanRow} key=${loan.id} loan=${loan} isReady=${name === "ready"} />`);
  return html`
    <section class="screen">
      <h2 ref=${heading} tabindex="-1">${t(`devices.list.${name}`)}</h2>
      ${rows.length === 0 ? html`<p>${t(`devices.empty.${name}`)}</p>` : html`<ul class="rows" data-name="rows">${rows}</ul>`}
      ${rows.length > 0 && rows.length < day.counts[name] && html`<p class="hint">${tn("devices.firstRows", rows.length)}</p>`}
    </section>
  `;
}

/** @param {{loan: Loan, isReady: boolean}} props */
function LoanRow({ loan, isReady }) {
  const today = isoDay(now());
  const late = Math.round((Date.parse(today) - Date.parse(loan.dueOn)) / 86_400_000);
  const names = capital(namesIn(loan, !isReady));
  const day = dayName(loan.dueOn);
  const note = isReady ? t("devices.until", { day }) : late > 0 ? tn("devices.daysLate", late, { day }) : t("devices.dueToday");
  return html`
    <li class="row">
      <span class="row-main">
        <strong>${names}</strong>${" "}<${Person} borrower=${borrowerOfDay(loan.borrower)} />
        <span class="row-note">${note}</span>
      </span>
      ${isReady
        ? html`<a class="button" href=${`/toestellen/klaar/${loan.id}`} data-name="hand-over">${t("devices.do.ready")}</a>`
        : html`<a class="button" href=${`/toestellen/terug/${loan.id}`} data-name="back"
          aria-label=${`${t("devices.do.back")}: ${names}`}>${t("devices.do.back")}</a>
            <a class="button" href=${`/toestellen/langer/${loan.id}`} data-name="longer"
              aria-label=${`${t("devices.do.longer")}: ${names}`}>${t("devices.do.longer")}</a>`}
    </li>
  `;
}

/** @param {{device: Device}} props */
const DeviceRow = ({ device }) => html`
  <li class="row">
    <span class="row-main"><strong>${capital(nameOf(device))}</strong></span>
    <a class="button" href=${`/toestellen/nakijken/${device.id}`} data-name="check"
      aria-label=${`${t(`devices.do.${device.state}`)}: ${nameOf(device)}`}>${t(`devices.do.${device.state}`)}</a>
  </li>
`;

/** @param {{wish: import("../../checks/lending_day.js").Wish}} props */
const WishRow = ({ wish }) => html`
  <li class="row">
    <span class="row-main">
      <strong>${capital(label("deviceKind", wish.deviceKind))}</strong>${" "}<${Person} borrower=${borrowerOfDay(wish.borrower)} />
      <span class="row-note">${t("devices.since", { day: dayName(wish.requestedOn) })}</span>
    </span>
    <a class="button" href=${`/toestellen/aanvraag/${wish.id}`} data-name="answer">${t("devices.do.answer")}</a>
  </li>
`;
