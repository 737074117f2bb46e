/** Why the link with which somebody came, or the account, did not sign in. */
import { signal } from "@preact/signals";

/** @type {import("@preact/signals").Signal<"" | "used" | "offline" | "account" | "noRights">} */
export const linkFailed = signal("");
