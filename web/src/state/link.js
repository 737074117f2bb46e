/** Whether somebody came with a link that had been used. */
import { signal } from "@preact/signals";

export const linkUsed = signal(false);
