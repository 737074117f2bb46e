/** Why the link with which somebody came did not sign in. */
import { signal } from "@preact/signals";

/** @type {import("@preact/signals").Signal<"" | "used" | "offline">} */
export const linkFailed = signal("");
