/** A field with its label above it, a hint, and what is wrong with it. */
import { useId } from "preact/hooks";
import { html } from "../html.js";

/**
 * @param {{label: string, value: string, onInput: (value: string) => void, hint?: string, error?: string | null, warning?: string | null,
 *   type?: string, lines?: number, inputMode?: string, autoComplete?: string, maxLength?: number, disabled?: boolean, name?: string,
 *   min?: string, max?: string, focus?: boolean}} props
 */
export function Field({ label, value, onInput, hint, error, warning, type = "text", lines, name, focus, ...rest }) {
  const id = useId();
  const notes = [hint && `${id}-hint`, error && `${id}-error`, warning && `${id}-warning`].filter(Boolean).join(" ") || undefined;
  /** @type {any} */
  const common = {
    id,
    name,
    value,
    autocomplete: rest.autoComplete ?? "off",
    inputmode: rest.inputMode,
    maxlength: rest.maxLength,
    disabled: rest.disabled,
    min: rest.min,
    max: rest.max,
    "aria-describedby": notes,
    "aria-invalid": error ? "true" : undefined,
    onInput: (/** @type {any} */ event) => onInput(event.currentTarget.value),
    ref: focus ? (/** @type {HTMLElement | null} */ element) => element?.focus() : undefined,
  };
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
      ${lines ? html`<textarea rows=${lines} ...${common}></textarea>` : html`<input type=${type} ...${common} />`}
      ${error && html`<p class="error" id=${`${id}-error`}>${error}</p>`}
      ${warning && html`<p class="warning" id=${`${id}-warning`} role="status">${warning}</p>`}
    </div>
  `;
}
