/** A pictogram out of the sprite; always beside a word, so it is hidden from who hears the page. */
import { html } from "../html.js";

/** @param {{name: string}} props */
export const Icon = ({ name }) => html`<svg class="icon" aria-hidden="true"><use href=${`${__SPRITE__}#${name}`} /></svg>`;
