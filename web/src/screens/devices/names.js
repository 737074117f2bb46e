/** How devices, days and borrowers are called on the screens of lending. */
import { html } from "../../html.js";
import { codes, label } from "../../state/refdata.js";
import { deviceOf, lendingDay } from "../../state/lending.js";
import { digipunts } from "../../state/point.js";
import { day, list, t } from "../../words/t.js";
import { spoken } from "../../words/phone.js";
import { keyOf } from "../../checks/scan.js";

/** @typedef {import("../../checks/lending_day.js").Loan} Loan */
/** @typedef {{name: string, phone?: string}} Other who collects, or gets the messages */
/** @typedef {{id: string, name: string, phone?: string, language: string, kind: string, contact?: Other, via?: Other}} Borrower */

/** “laptop 12”; a label that says what it is keeps its own words. @param {{kind: string, label: string}} device */
export function nameOf({ kind, label: sticker }) {
  const word = label("deviceKind", kind);
  return keyOf(sticker).startsWith(keyOf(word)) ? sticker : `${word} ${sticker}`;
}

/** With a capital, at the beginning of a sentence. @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** What a loan has or had, “laptop 12 en muis 3”. @param {Loan} loan @param {boolean} [onlyOut] */
export const namesIn = ({ devices, deviceKinds, deviceLabels, out }, onlyOut = false) =>
  list(
    devices.flatMap((id, place) =>
      onlyOut && !out.includes(id) ? [] : [nameOf({ kind: deviceKinds[place] ?? "", label: deviceLabels[place] ?? "" })],
    ),
  );

/** @param {string[]} ids */
export const namesOf = (ids) => list(ids.map((id) => deviceOf(id)).map((device) => (device === null ? t("devices.someDevice") : nameOf(device))));

/** What people call each kind, in the language of the desk: for what they type. @returns {Record<string, string[]>} */
export const kindNames = () => Object.fromEntries(codes("deviceKind").map(({ code, labels }) => [code, Object.values(labels)]));

/** All that is offered of a list, to choose from. @param {string} name */
export const optionsOf = (name) => codes(name).map(({ code }) => ({ code, label: label(name, code) }));

/** @param {string} id */
export const pointName = (id) => digipunts.value.find((each) => each.id === id)?.name ?? t("devices.otherPoint");

/** “maandag 28 december”. @param {string} isoDay */
export const dayName = (isoDay) => day(`${isoDay}T12:00:00`);

/** Who borrows, among those that came with the day. @param {string | undefined} id @returns {Borrower | null} */
export const borrowerOfDay = (id) => (id === undefined ? null : lendingDay.value?.day.embedded[`/loans/v1/borrowers/${id}`] ?? null);

/** A name, and a number to call. @param {{borrower: Borrower | null}} props */
export const Person = ({ borrower }) =>
  borrower !== null &&
  html`<span class="person">
    ${borrower.name}${borrower.contact ? ` (${borrower.contact.name})` : ""}
    ${borrower.phone && html`${" "}<a href=${`tel:${borrower.phone}`}>${spoken(borrower.phone)}</a>`}
  </span>`;
