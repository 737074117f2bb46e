/** A small number with − and +. */
import { html } from "../html.js";

/** @param {{label: string, less: string, more: string, value: number, min?: number, max?: number, onChange: (value: number) => void}} props */
export const Stepper = ({ label, less, more, value, min = 0, max = 500, onChange }) => html`
  <div class="stepper" role="group" aria-label=${label}>
    <span class="stepper-label">${label}</span>
    <button type="button" class="button" aria-label=${`${less}: ${label}`} disabled=${value <= min} onClick=${() => onChange(value - 1)}>−</button>
    <output>${value}</output>
    <button type="button" class="button" aria-label=${`${more}: ${label}`} disabled=${value >= max} onClick=${() => onChange(value + 1)}>+</button>
  </div>
`;
