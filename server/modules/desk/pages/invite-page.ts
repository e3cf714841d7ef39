import { type InvitePlace, spokenCode } from "#modules/conversations";
import { type Html, html, safeUrl, trusted } from "#shared/html";
import type { Spoken } from "./invite-words.ts";
import { trapField } from "./trap.ts";
import type { PageWords } from "./words/en.ts";

export interface InvitePageFacts {
  brand: string;
  agent: string;
  code: string;
  /** The last part of the page's address. */
  token: string;
  until: string;
  /** The one the agent named comes first. */
  places: readonly InvitePlace[];
  consent: string;
  /** What was filled in and what is wrong with it, when it comes back. */
  form?: CallForm;
}
export interface CallForm {
  name: string;
  number: string;
  wish: string;
  about: string;
  faults: { name?: string; number?: string; consent?: string };
  /** The field that no person sees was filled in: a person, whose browser did it, sends it once more. */
  trapped: boolean;
}

/** Where an invited customer can go: nothing of the conversation or of anybody stands on it. */
export function invitePage(spoken: Spoken, f: InvitePageFacts): Html {
  const [first, ...others] = f.places;
  const w = spoken.words;
  return page(
    spoken,
    w.title(f.brand),
    html`<h1>${w.heading(f.brand)}</h1>
<p>${w.who(f.agent, f.brand)}</p>
<section aria-labelledby="code"><h2 id="code">${w.code}</h2><p class="code"><code dir="ltr">${spokenCode(f.code)}</code></p>
<p class="mute">${w.codeHint} ${w.until(f.until)}</p></section>
${f.form && html`<p class="fault" role="alert">${f.form.trapped ? w.again : w.missing}</p>`}
${first && place(w, f, first)}
${others.length > 0 && html`<h2 class="other">${w.other}</h2>${others.map((p) => place(w, f, p))}`}
<p class="mute foot">${w.nothing}</p>`,
  );
}

function place(w: PageWords, f: InvitePageFacts, p: InvitePlace): Html {
  const hints = { dm: w.dmHint, email: w.emailHint, chat: w.codeHint, call: w.callHint, callback: "" };
  if (p.destination === "callback") return callForm(w, f);
  const name = { dm: w.dm(p.label), email: w.email(p.label), chat: w.chat, call: w.call(p.label) }[p.destination];
  const href = p.href === null ? null : opened(p.href, f.code);
  return html`<section class="place"><h3>${name}</h3><p class="mute">${hints[p.destination]}</p>
${href && html`<p><a class="b" href="${href}" rel="noopener noreferrer nofollow" aria-label="${`${name}: ${w.open}`}">${w.open}</a></p>`}</section>`;
}

/** Addresses come from settings and channels: only the schemes that lead to people are let through. */
function opened(template: string, code: string): string | null {
  const href = template.replaceAll("{code}", encodeURIComponent(spokenCode(code)));
  if (/^tel:\+?\d{5,20}$/.test(href)) return href;
  const safe = safeUrl(href);
  return safe === "#" ? null : safe;
}

function callForm(w: PageWords, f: InvitePageFacts): Html {
  const { faults = {}, ...given } = f.form ?? { name: "", number: "", wish: "", about: "" };
  const field = (name: "name" | "number", label: string, more: Html) =>
    html`<p><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${given[name]}" required ${more} ${faults[name] && html`aria-invalid="true" aria-describedby="${name}-fault"`}>
${faults[name] && html`<span class="fault" id="${`${name}-fault`}">${faults[name]}</span>`}</p>`;
  return html`<section class="place"><h3>${w.callback}</h3>
<form method="post" action="${`/i/${f.token}/call`}">
${field("name", w.name, html`maxlength="100" autocomplete="name"`)}
${field("number", w.number, html`type="tel" maxlength="40" autocomplete="tel"`)}
<p><label for="wish">${w.wish}</label><input id="wish" name="wish" value="${given.wish}" maxlength="200"></p>
<p><label for="about">${w.about}</label><textarea id="about" name="about" rows="3" maxlength="500">${given.about}</textarea></p>
${trapField}
<p><label class="check"><input type="checkbox" name="consent" value="yes" required> ${f.consent}</label>
${faults.consent && html`<span class="fault">${faults.consent}</span>`}</p>
<p><button class="b">${w.ask}</button></p></form></section>`;
}

/** A page that says one thing. */
export function wordPage(spoken: Spoken, heading: string, text: string): Html {
  return page(spoken, heading, html`<h1>${heading}</h1><p>${text}</p>`);
}

function page({ language, direction }: Spoken, title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow"><meta name="referrer" content="no-referrer"><title>${title}</title><link rel="stylesheet" href="/i/style.css"></head>
<body><main>${body}</main></body></html>`;
}

export const INVITE_STYLE: string = trusted(
  `:root{color-scheme:light dark;font:17px/1.55 "Source Sans 3",system-ui,sans-serif;background:light-dark(#f7f6f3,#161614);color:light-dark(#1a1917,#edebe5)}
body{margin:0}main{max-width:34rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.05rem;margin:0}h3{margin:0 0 .25rem;font-size:1.05rem}
section{background:light-dark(#fff,#1f1f1c);border:1px solid light-dark(#e2e0da,#31302c);border-radius:11px;padding:1rem;margin:1rem 0}.place{border-inline-start:4px solid light-dark(#0a655f,#72d2c6)}
.code{margin:.5rem 0;font-size:1.35rem}code{font-family:ui-monospace,monospace;user-select:all;overflow-wrap:anywhere}.mute{color:light-dark(#5c5a54,#a9a69d)}.said{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}.other{margin-top:2rem}.foot{font-size:.9rem}
.b{display:inline-block;background:light-dark(#0a655f,#127a73);color:#fff;border:0;border-radius:7px;padding:.6rem 1.1rem;font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
label{display:block;margin-bottom:.2rem}input,textarea{box-sizing:border-box;width:100%;font:inherit;padding:.5rem;border:1px solid light-dark(#8d8a82,#77746b);border-radius:7px;background:transparent;color:inherit}
.check input{width:auto}.fault{color:light-dark(#a3231b,#ff9b91)}[aria-invalid]{border-color:currentColor}.trap{position:absolute;inset-inline-start:-99rem}:focus-visible{outline:3px solid light-dark(#0b5cd5,#7db3ff);outline-offset:2px}`,
).toString();
