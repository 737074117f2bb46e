/** The way in for whoever has an account of their own, where the deployment knows an issuer of accounts. */
import { html } from "../../html.js";
import { about } from "../../state/about.js";
import { keepInTab } from "../../state/kept.js";
import { linkFailed } from "../../state/link.js";
import { has, t } from "../../words/t.js";

export function Account() {
  const provider = about.value.signIn;
  if (!provider) return null;
  const go = async () => {
    const { leaveForIssuer } = await import("../../state/account.js");
    if (!(await leaveForIssuer(provider, keepInTab))) linkFailed.value = "account";
  };
  const failed = has(`account.${linkFailed.value}`);
  return html`
    ${failed && html`<p role="alert">${t(`account.${linkFailed.value}`)}</p>`}
    <p class="buttons"><button type="button" class="button" data-name="account" onClick=${go}>${t("account.go")}</button></p>
  `;
}
