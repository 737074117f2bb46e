/** A choice out of a list that would take too much room as tiles. */
import { useId } from "preact/hooks";
import { html } from "../html.js";

/**
 * @param {{label: string, value: string, options: {code: string, label: string}[], onChange: (code: string) => void, name: string,
 *   disabled?: boolean}} props
 */
export function Select({ label, value, options, onChange, name, disabled = false }) {
  const id = useId();
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <select id=${id} name=${name} disabled=${disabled} onChange=${(/** @type {any} */ event) => onChange(event.currentTarget.value)}>
        ${options.map((option) => html`<option key=${option.code} value=${option.code} selected=${option.code === value}>${option.label}</option>`)}
      </select>
    </div>
  `;
}
