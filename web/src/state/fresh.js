/** Keeps what a screen shows up to date: at once, each minute while it is in sight, and after something was sent. */
import { useEffect } from "preact/hooks";
import { lastSent } from "../outbox/send.js";

const EACH_MS = 60_000;

/** @param {() => unknown} load @param {unknown[]} [inputs] what it depends on */
export function useFresh(load, inputs = []) {
  const sent = lastSent.value;
  useEffect(() => void load(), [sent, ...inputs]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") void load();
    };
    const timer = setInterval(look, EACH_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, inputs);
}
