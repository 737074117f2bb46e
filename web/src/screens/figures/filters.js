/** Which figures: the days, the municipality, the digipunt, and whether by digipunt or by where people live. */
import { useEffect, useId, useState } from "preact/hooks";
import { isPeriod } from "../../checks/figures.js";
import { html } from "../../html.js";
import { Field } from "../../parts/field.js";
import { Icon } from "../../parts/icon.js";
import { Select } from "../../parts/select.js";
import { digipunts } from "../../state/point.js";
import { label } from "../../state/refdata.js";
import { t } from "../../words/t.js";
import { municipalities } from "./asked.js";

/** @typedef {import("../../checks/figures.js").Asked} Asked */

/** @param {{asked: Asked, change: (part: Partial<Asked>) => void, byResidence: boolean}} props `byResidence`: whether that is a question here */
export function Filters({ asked, change, byResidence }) {
  const { kind, municipality, digipunt, residence } = asked;
  const points = digipunts.value.filter((each) => !municipality || each.municipality === municipality);
  // What an address asks stands there too when it is not one's own.
  const places = [...new Set([...municipalities(), ...(municipality ? [municipality] : [])])];
  // In a narrow window the figures come first; what is asked stands above them in words.
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return html`
    <p class="filters-open no-print"><button type="button" class="button" data-name="filters" aria-expanded=${String(isOpen)} aria-controls=${id} onClick=${() => setOpen(!isOpen)}>
      <${Icon} name=${isOpen ? "chevron-up" : "chevron-down"} />${t("figures.choose")}</button></p>
    <form id=${id} class=${`filters no-print${isOpen ? "" : " filters-closed"}`} aria-label=${t("figures.filters")} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <${Select} name="period" label=${t("figures.period")} value=${kind}
        options=${["year", "halfYear", "own"].map((code) => ({ code, label: t(`figures.period.${code}`) }))}
        onChange=${(/** @type {any} */ chosen) => change({ kind: chosen })} />
      <${Select} name="municipality" label=${t("figures.municipality")} value=${municipality}
        options=${[{ code: "", label: t("figures.all") }, ...places.map((code) => ({ code, label: label("municipality", code) }))]}
        onChange=${(/** @type {string} */ chosen) => change({ municipality: chosen, digipunt: "" })} />
      <${Select} name="digipunt" label=${t("figures.digipunt")} value=${residence ? "" : digipunt} disabled=${residence}
        options=${[{ code: "", label: t("figures.all") }, ...points.map(({ id, name }) => ({ code: id, label: name }))]}
        onChange=${(/** @type {string} */ chosen) => change({ digipunt: chosen })} />
      ${byResidence &&
      html`<${Select} name="by" label=${t("figures.by")} value=${residence ? "residence" : "point"}
        options=${["point", "residence"].map((code) => ({ code, label: t(`figures.by.${code}`) }))}
        onChange=${(/** @type {string} */ chosen) => change({ residence: chosen === "residence", digipunt: "" })} />`}
      ${kind === "own" && html`<${OwnDays} key=${`${asked.from} ${asked.to}`} asked=${asked} change=${change} />`}
    </form>
  `;
}

/** Two days of one's own; they count when they are a period. @param {{asked: Asked, change: (part: Partial<Asked>) => void}} props */
function OwnDays({ asked, change }) {
  const [from, setFrom] = useState(asked.from);
  const [to, setTo] = useState(asked.to);
  const [error, setError] = useState("");
  useEffect(() => setError(""), [from, to]);
  const show = () => (isPeriod(from, to) ? change({ from, to }) : setError(t("figures.noPeriod")));
  return html`
    <${Field} label=${t("figures.from")} type="date" name="from" value=${from} onInput=${setFrom} error=${error} />
    <${Field} label=${t("figures.to")} type="date" name="to" value=${to} onInput=${setTo} />
    <p class="buttons"><button type="submit" class="button" data-name="show-period" onClick=${show}>${t("figures.show")}</button></p>
  `;
}
