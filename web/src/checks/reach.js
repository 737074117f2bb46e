/** How a person can be reached, as a form holds it and as the services take it. Pure. */

/**
 * @typedef {{name: string, language: string[], channels: string[], phone: string, email: string, street: string, postalCode: string,
 *   town: string}} Reach
 */

/** What each way needs. @type {Record<string, "phone" | "email" | "address" | "">} */
const NEEDED = { sms: "phone", email: "email", letter: "address", phoneCall: "phone", inPerson: "" };

/** The ways, those that cost the person least first. */
export const WAYS = Object.keys(NEEDED);

/** @returns {Reach} */
export const emptyReach = () => ({ name: "", language: ["nl"], channels: [], phone: "", email: "", street: "", postalCode: "", town: "" });

/** What a service knows, in the form. @param {any} known @returns {Reach} */
export const reachOf = ({ name = "", language = "nl", channels, phone, email, address }) => ({
  name,
  language: [language],
  channels: channels ?? [],
  phone: phone ?? "",
  email: email ?? "",
  street: address?.street ?? "",
  postalCode: address?.postalCode ?? "",
  town: address?.town ?? "",
});

/** @param {Reach} form */
const addressOf = ({ street, postalCode, town }) =>
  street.trim() && postalCode.trim() && town.trim() ? { street: street.trim(), postalCode: postalCode.trim(), town: town.trim() } : null;

/** The ways that what is filled in allows. @param {Reach} form */
export const possible = (form) =>
  WAYS.filter((way) => {
    const needed = NEEDED[way];
    return needed === "" || (needed === "address" ? addressOf(form) !== null : needed !== undefined && form[needed].trim() !== "");
  });

/** What is missing, by name of the field: `name`, or a part of an address that is begun. @param {Reach} form @returns {("name" | "address")[]} */
export function missing(form) {
  const parts = [form.street, form.postalCode, form.town].filter((part) => part.trim() !== "").length;
  return [...(form.name.trim() === "" ? /** @type {const} */ (["name"]) : []), ...(parts > 0 && parts < 3 ? /** @type {const} */ (["address"]) : [])];
}

/** All of it, as a service takes it in a change: what is empty becomes null. @param {Reach} form */
export function changesOf(form) {
  const channels = form.channels.filter((way) => possible(form).includes(way));
  return {
    name: form.name.trim(),
    language: form.language[0] ?? "nl",
    channels: channels.length > 0 ? channels : null,
    phone: form.phone.trim() || null,
    email: form.email.trim() || null,
    address: addressOf(form),
  };
}

/** What is filled in, as a service takes it for somebody new. @param {Reach} form */
export const bodyOf = (form) => Object.fromEntries(Object.entries(changesOf(form)).filter(([, value]) => value !== null));
