import { type Html, html } from "#shared/html";

/** No person sees it and no browser knows what it asks for; what fills in every field fills it in, too. */
export const TRAP = "leave_empty";

export const trapField: Html = html`<p class="trap" aria-hidden="true"><label for="${TRAP}">Leave this empty</label><input id="${TRAP}" name="${TRAP}" tabindex="-1" autocomplete="off"></p>`;
