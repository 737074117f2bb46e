/** The question that is always asked: what it was about. Eight tiles, and all others behind “Meer thema's”. */
import { useState } from "preact/hooks";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Tile } from "../../parts/tile.js";
import { codes, label } from "../../state/refdata.js";
import { firstThemes, GROUPS, THEME_ICONS } from "../../state/themes.js";
import { t } from "../../words/t.js";

/** @param {string} code */
const option = (code) => ({ code, label: label("theme", code), icon: THEME_ICONS[code] ?? "ellipsis" });

/** @param {{value: string[], onChange: (value: string[]) => void, error?: string}} props */
export function Themes({ value, onChange, error }) {
  const [all, setAll] = useState(false);
  const first = firstThemes();
  const grouped = new Set(GROUPS.flatMap(({ themes }) => themes));
  const offered = codes("theme").map(({ code }) => code);
  // A theme that was chosen further down keeps its place in sight when the others are folded away.
  const shown = [...first, ...(all ? [] : value.filter((code) => !first.includes(code)))];
  return html`
    <${Choice} id="themes" legend=${t("visit.themes")} hint=${t("visit.themesHint")} options=${shown.map(option)} value=${value} onChange=${onChange}
      several error=${error} more=${html`<${Tile} label=${t(all ? "visit.fewerThemes" : "visit.moreThemes")} icon=${all ? "chevron-up" : "chevron-down"} onTap=${() => setAll(!all)} />`} />
    ${all &&
    GROUPS.map(({ name, themes }) => {
      const late = name === "life" ? offered.filter((code) => !grouped.has(code)) : [];
      const rest = [...themes, ...late].filter((code) => offered.includes(code) && !first.includes(code));
      return rest.length > 0 && html`<${Choice} key=${name} legend=${t(`visit.group.${name}`)} options=${rest.map(option)} value=${value} onChange=${onChange} several small />`;
    })}
  `;
}
