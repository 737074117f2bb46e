/** One laptop of the list: where it stands, how it is, and what can be done about it. */
import { html } from "../../html.js";
import { digipunts } from "../../state/point.js";
import { isoDay, shortDay, t, time, tn } from "../../words/t.js";

/**
 * @typedef {{id: string, name: string, digipunt: string, check: string | null, pairedAt: string, lastSeenAt: string | null, etag: string,
 *   waiting: number | null, parked: number | null, version: string | null, browser: string | null, locked: boolean}} Laptop
 */

/** @param {string} moment */
const when = (moment) => (isoDay(moment) === isoDay(Date.now()) ? time(moment) : `${shortDay(moment)}, ${time(moment)}`);

/** What waits there, in words. @param {Laptop} laptop */
function waits({ waiting, parked }) {
  if (waiting === null) return "";
  const parts = [waiting > 0 ? tn("laptops.waiting", waiting) : t("laptops.allSent"), (parked ?? 0) > 0 && tn("laptops.parked", parked ?? 0)];
  return parts.filter(Boolean).join(" ");
}

/** When it was last there, and what waits there, in words. @param {Laptop} laptop */
export const stateOf = (laptop) => `${laptop.lastSeenAt ? t("laptops.seen", { when: when(laptop.lastSeenAt) }) : t("laptops.neverSeen")} ${waits(laptop)}`;

/** @param {{laptop: Laptop, own: boolean, disabled: boolean, onName: () => void, onOpen: () => void, onTakeBack: () => void}} props */
export function LaptopRow({ laptop, own, disabled, onName, onOpen, onTakeBack }) {
  const { id, name, digipunt, check, version, browser, locked } = laptop;
  const where = digipunts.value.find((each) => each.id === digipunt)?.name;
  /** @param {string} what @param {() => void} onTap */
  const button = (what, onTap) => html`
    <button type="button" class="button" data-name=${what} disabled=${disabled} aria-label=${`${t(`laptops.${what}`)}: ${name}`} onClick=${onTap}>
      ${t(`laptops.${what}`)}
    </button>
  `;
  return html`
    <li class="row" data-row=${id} tabindex="-1">
      <div class="row-main">
        <strong>${name}</strong>${where && `, ${where}`} ${own && html`<span class="hint">${t("laptops.own")}</span>`}
        <br />${stateOf(laptop)}
        ${version && html`<br /><span class="hint">${[t("laptops.version", { version }), browser].filter(Boolean).join(" · ")}</span>`}
        ${check !== null && html`<br />${t("laptops.check", { check })}`}
      </div>
      ${locked && html`<p class="row-wide error">${t("laptops.locked")}</p>`}
      <p class="buttons">${locked && button("open", onOpen)} ${button("rename", onName)} ${button("takeBack", onTakeBack)}</p>
    </li>
  `;
}
