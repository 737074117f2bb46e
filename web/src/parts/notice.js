/** A sentence that asks for attention: kind `info`, `ok`, `warn` or `err`. */
import { html } from "../html.js";
import { Icon } from "./icon.js";

const ICONS = { info: "info", ok: "check", warn: "triangle-alert", err: "circle-x" };

/** @param {{kind?: "info" | "ok" | "warn" | "err", live?: boolean, children?: any}} props */
export const Notice = ({ kind = "info", live = false, children }) => html`
  <div class=${`notice notice-${kind}`} role=${live ? (kind === "err" ? "alert" : "status") : undefined}>
    <${Icon} name=${ICONS[kind]} />
    <div class="notice-text">${children}</div>
  </div>
`;
