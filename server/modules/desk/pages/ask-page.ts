import { type Html, html } from "#shared/html";
import type { askWords } from "./ask-words.ts";
import { trapField } from "./trap.ts";

type Spoken = ReturnType<typeof askWords>;
export interface AskPageFacts {
  asker: string;
  brand: string;
  question: string;
  /** All that is told of the conversation. */
  shown: string;
  until: string;
  /** The last part of the page's address. */
  token: string;
  given: string;
  fault: string | null;
}
/** As long as an answer may be. */
export const ANSWER_MOST = 8_000;

/** The question, the text that was chosen for it, and the field of one answer. */
export function askPage(spoken: Spoken, f: AskPageFacts): Html {
  const w = spoken.words;
  return page(
    spoken,
    w.title(f.asker),
    html`<h1>${w.title(f.asker)}</h1>
<p>${w.from(f.asker, f.brand)}</p>
<section class="place"><p class="said" dir="auto">${f.question}</p></section>
${f.shown !== "" && html`<section aria-labelledby="shown"><h2 id="shown">${w.shown}</h2><p class="said" dir="auto">${f.shown}</p></section>`}
<form method="post" action="${`/ask/${f.token}`}">
<p><label for="answer">${w.answer}</label><textarea id="answer" name="answer" rows="8" maxlength="${String(ANSWER_MOST)}" required dir="auto" aria-describedby="hint" ${f.fault !== null && html`aria-invalid="true"`}>
${f.given}</textarea></p>
${f.fault !== null && html`<p class="fault" role="alert">${f.fault}</p>`}
${trapField}
<p class="mute" id="hint">${w.hint} ${w.until(f.until)}</p>
<p><button class="b">${w.send}</button></p></form>`,
  );
}

/** A page that says one thing. */
export function askWordPage(spoken: Spoken, heading: string, text: string): Html {
  return page(spoken, heading, html`<h1>${heading}</h1><p>${text}</p>`);
}

function page({ language }: Spoken, title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow"><meta name="referrer" content="no-referrer"><title>${title}</title><link rel="stylesheet" href="/i/style.css"></head>
<body><main>${body}</main></body></html>`;
}
