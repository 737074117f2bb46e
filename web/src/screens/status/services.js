/** Whether each service works, and whether e-mail and text messages do; in words. */
import { useEffect, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { html } from "../../html.js";
import { about, refreshAbout, SERVICES } from "../../state/about.js";
import { away } from "../../state/connection.js";
import { level } from "../../state/helper.js";
import { isoDay, shortDay, t, time } from "../../words/t.js";

/** @typedef {{channel: string, setUp: boolean, works: boolean, downSince?: string}} Channel */

const ALL = ["desk", ...SERVICES];

/** @param {string} moment */
const since = (moment) => (isoDay(moment) === isoDay(Date.now()) ? time(moment) : `${shortDay(moment)}, ${time(moment)}`);

/** @param {Channel} channel */
function channelInWords({ channel, setUp, works, downSince }) {
  const name = t(`status.channel.${channel}`);
  if (!setUp) return t("status.channelNotSetUp", { name });
  return works ? t("status.channelWorks", { name }) : t("status.channelAway", { name, since: downSince ? since(downSince) : "" });
}

export function Services() {
  const [states, setStates] = useState(/** @type {Record<string, string>} */ ({}));
  const [channels, setChannels] = useState(/** @type {Channel[]} */ ([]));
  const seesChannels = level.value > 0;
  useEffect(() => {
    void (async () => {
      await refreshAbout();
      const here = ALL.filter((name) => about.value.services === null || about.value.services.includes(name));
      const answers = await Promise.all(here.map((name) => request("GET", `/${name}/health`, { as: "nobody" })));
      setStates(Object.fromEntries(here.map((name, place) => [name, answers[place]?.data?.status ?? "AWAY"])));
    })();
  }, []);
  useEffect(() => {
    setChannels([]);
    if (!seesChannels || away.value.has("notifications")) return;
    void request("GET", "/notifications/v1/channels", { as: "person" }).then(({ status, data }) => status === 200 && setChannels(data.items));
  }, [seesChannels]);
  /** @param {string} name */
  const inWords = (name) => {
    if (away.value.has(name)) return "status.serviceNotHere";
    if (states[name] === undefined) return "common.wait";
    return states[name] === "UP" ? "status.serviceWorks" : states[name] === "DEGRADED" ? "status.serviceHalf" : "status.serviceAway";
  };
  return html`
    <ul data-name="services">
      ${ALL.map((name) => html`<li key=${name}>${t("status.serviceLine", { name: t(`status.service.${name}`), state: t(inWords(name)) })}</li>`)}
      ${channels.map((channel) => html`<li key=${channel.channel}>${channelInWords(channel)}</li>`)}
    </ul>
  `;
}
