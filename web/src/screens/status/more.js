/** *Meer*: the way to all other screens; what is not here, and what is for the coordinator, is said and not linked. */
import { html } from "../../html.js";
import { Icon } from "../../parts/icon.js";
import { Screen } from "../../parts/screen.js";
import { about } from "../../state/about.js";
import { away } from "../../state/connection.js";
import { level, session } from "../../state/helper.js";
import { t } from "../../words/t.js";
import { updateReady } from "../../update.js";

/** @type {{name: string, path: string, icon: string, service: string, level: 0 | 1 | 2}[]} */
const LINKS = [
  { name: "sessions", path: "/sessies", icon: "calendar", service: "visits", level: 0 },
  { name: "calls", path: "/bellen", icon: "phone", service: "notifications", level: 1 },
  { name: "tally", path: "/telblad", icon: "list-checks", service: "visits", level: 0 },
  { name: "status", path: "/toestand", icon: "info", service: "", level: 0 },
  { name: "accessible", path: "/toegankelijk", icon: "accessibility", service: "", level: 0 },
  { name: "figures", path: "/cijfers", icon: "chart-column", service: "reporting", level: 2 },
  { name: "letters", path: "/brieven", icon: "mail", service: "notifications", level: 2 },
  { name: "unreachable", path: "/niet-bereikt", icon: "phone-off", service: "notifications", level: 2 },
  { name: "laptops", path: "/laptops", icon: "laptop", service: "desk", level: 2 },
  { name: "helpers", path: "/helpers", icon: "users", service: "desk", level: 2 },
  { name: "persons", path: "/gegevens", icon: "eraser", service: "loans", level: 2 },
];

export default function More() {
  const isCoordinator = session.value?.role === "coordinator";
  const allowed = LINKS.filter((link) => link.level < 2 || isCoordinator);
  const there = allowed.filter(({ service }) => !away.value.has(service));
  const missing = [...new Set(allowed.filter(({ service }) => away.value.has(service)).map(({ service }) => service))];
  return html`
    <${Screen} title=${t("more.title")}>
      <ul class="tiles links">
        ${there.map(
          ({ name, path, icon, level: needed }) => html`
            <li key=${name}>
              <a class="tile" href=${path} data-name=${name}>
                <${Icon} name=${icon} />
                <span class="tile-label">${t(`more.${name}`)}</span>
                ${name === "status" && updateReady.value && html`<span class="tile-hint">${t("frame.update")}</span>`}
                ${needed === 1 && level.value === 0 && html`<span class="tile-hint">${t("more.pin")}</span>`}
              </a>
            </li>
          `,
        )}
      </ul>
      ${missing.map((service) => html`<p key=${service} class="hint">${t(`away.${service}`)}</p>`)}
      ${!isCoordinator && html`<p class="hint" data-name="coordinator">${t("more.coordinator")}</p>`}
      ${!isCoordinator && about.value.signIn && html`<p class="buttons"><a class="button" href="/cijfers" data-name="account">${t("account.go")}</a></p>`}
    <//>
  `;
}
