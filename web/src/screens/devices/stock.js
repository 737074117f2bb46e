import { html } from "../../html.js";
import { Screen } from "../../parts/screen.js";

export default () => html`<${Screen} title="…" />`;
