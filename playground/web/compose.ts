import { randomUUID } from "node:crypto";
import { type Html, html } from "#shared/html";
import type { Page } from "./page-context.ts";
import { avatar, formFields } from "./parts.ts";
import { suggestPersona } from "./persona.ts";

/** What was typed and why it was refused, to show both again. */
export type Draft = { text: string; error?: string; handle?: string; name?: string };

export type ComposeOptions = {
  action: string;
  label: string;
  button: string;
  limit: number;
  placeholder: string;
  draft?: Draft;
  parentId?: string;
  quiet?: boolean;
};

/** A box to write in. A newcomer becomes somebody by sending it: a free name is filled in and can be changed. */
export function compose(page: Page, options: ComposeOptions): Html {
  const { me } = page;
  const { draft } = options;
  return html`<form class="compose card" method="post" action="${options.action}" ${options.quiet && html`data-quiet data-clear`}>
  ${formFields(page)}<input type="hidden" name="command" value="${randomUUID()}">
  ${options.parentId && html`<input type="hidden" name="parentId" value="${options.parentId}">`}
  ${draft?.error && html`<p class="banner late" role="alert" id="refused">${draft.error}</p>`}
  <div class="write">
    ${me && avatar(me)}
    <div class="grow">
      <label class="vh" for="text">${options.label}</label>
      <textarea id="text" name="text" rows="3" required dir="auto" placeholder="${options.placeholder}" data-limit="${options.limit}" ${draft?.error && html`aria-invalid="true" aria-describedby="refused"`}>${draft?.text ?? ""}</textarea>
    </div>
  </div>
  ${!me && newcomer(page, draft)}
  <div data-pictures hidden><label class="b">Add a picture <input class="vh" type="file" accept="image/png,image/jpeg,image/gif,image/webp,application/pdf" multiple></label><ul class="media"></ul></div>
  <div class="row end"><span class="left mute num" data-left aria-live="polite"></span><button class="b main-act">${options.button}</button></div>
</form>`;
}

function newcomer(page: Page, draft: Draft | undefined): Html {
  const suggested = suggestPersona(page.state, page.visitor.owner);
  return html`<fieldset class="newcomer"><legend>You will speak as</legend>
    <label>Name <input name="name" value="${draft?.name ?? suggested.name}" maxlength="50" required autocomplete="off"></label>
    <label>Handle <span class="at"><span aria-hidden="true">@</span><input name="handle" value="${draft?.handle ?? suggested.handle}" maxlength="20" required autocomplete="off" autocapitalize="none" spellcheck="false"></span></label>
    <p class="mute">Keep this name, write your own, or <a href="/people">play somebody who is here already</a>.</p>
  </fieldset>`;
}
