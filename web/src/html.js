/** Templates: htm read into Preact's elements, without a build step of their own. */
import htm from "htm";
import { h } from "preact";

export const html = htm.bind(h);
