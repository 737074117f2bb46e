/** The reference, large, to be read out and written down; and a slip of paper with what to remember. */
import { useEffect, useRef } from "preact/hooks";
import { html } from "../../html.js";
import { Icon } from "../../parts/icon.js";
import { digipunts } from "../../state/point.js";
import { spoken } from "../../words/phone.js";
import { day, t, time, tn } from "../../words/t.js";

/** @param {{made: any, row: import("./rows.js").Row, onNext: () => void}} props */
export function Registered({ made, row, onNext }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => heading.current?.focus(), []);
  const waits = made.state === "waiting";
  const where = digipunts.value.find(({ id }) => id === row.digipunt);
  return html`
    <section class="card no-print" role="status">
      <h2 tabindex="-1" ref=${heading}>${t(waits ? "register.waits" : "register.done")}</h2>
      <p>${t("register.write")}</p>
      <p class="code" data-name="reference">${made.reference}</p>
      <p>${waits ? t("register.waitsHow") : tn("register.seatsKept", made.seats)}</p>
      <p>${t(made.contact ? "register.weTell" : "register.theyAsk")}</p>
      <p class="buttons">
        <button type="button" class="button" data-name="print" onClick=${() => print()}><${Icon} name="printer" />${t("register.print")}</button>
        <button type="button" class="button button-main" data-name="next" onClick=${onNext}>${t("register.next")}</button>
      </p>
    </section>
    <div class="only-print slip">
      <p class="big">${row.title}</p>
      <p>${t("session.when", { day: day(row.startsAt), from: time(row.startsAt), to: time(row.endsAt) })}</p>
      ${where && html`<p>${where.name}</p>`}
      <p class="code">${made.reference}</p>
      <p>${waits ? t("register.waits") : tn("register.seatsKept", made.seats)}</p>
      <p>${t("register.slipBring")}</p>
      ${where?.phone && html`<p>${t("register.slipCall", { phone: spoken(where.phone) })}</p>`}
    </div>
  `;
}
