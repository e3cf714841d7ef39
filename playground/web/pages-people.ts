import { html } from "#shared/html";
import { followersOf } from "../domain/profiles.ts";
import { COLOURS } from "../domain/records.ts";
import type { Profile } from "../domain/state.ts";
import type { Draft } from "./compose.ts";
import { layout } from "./layout.ts";
import type { Page } from "./page-context.ts";
import { backLink } from "./pages-posts.ts";
import { avatar, formFields } from "./parts.ts";
import { suggestPersona } from "./persona.ts";
import { shortCount } from "./time.ts";

const SHOWN = 40;

/** Who do you want to be? Own people, simulated people, a new one. */
export function peoplePage(page: Page, draft?: Draft): string {
  const { state, visitor, me } = page;
  const people = [...state.profiles.values()].filter((p) => p.kind === "person");
  const mine = people.filter((p) => p.owner === visitor.owner);
  const open = people.filter((p) => p.owner === null).slice(0, SHOWN);
  const suggested = suggestPersona(state, visitor.owner);
  return layout(page, {
    title: "Who are you?",
    area: me ? "none" : "me",
    body: html`<h1>Who do you want to be?</h1>
<form class="card new" method="post" action="/web/people">${formFields(page)}
  <h2>Somebody new</h2>
  ${draft?.error && html`<p class="banner late" role="alert">${draft.error}</p>`}
  <div class="row wrap fields"><label>Name <input name="name" value="${draft?.name ?? suggested.name}" maxlength="50" required autocomplete="off"></label>
  <label>Handle <span class="at"><span aria-hidden="true">@</span><input name="handle" value="${draft?.handle ?? suggested.handle}" maxlength="20" required autocomplete="off" autocapitalize="none" spellcheck="false"></span></label>
  <button class="b main-act">Be this person</button></div>
</form>
${mine.length > 0 && html`<section><h2>Yours</h2><ul class="card people">${mine.map((p) => choice(page, p))}</ul></section>`}
${open.length > 0 && html`<section><h2>Open to everybody</h2><ul class="card people">${open.map((p) => choice(page, p))}</ul></section>`}`,
  });
}

function choice(page: Page, profile: Profile) {
  const isMe = page.me?.id === profile.id;
  return html`<li class="person">${avatar(profile)}<div class="grow"><a class="name" href="/@${profile.handle}"><bdi>${profile.name}</bdi></a> <span class="handle">@${profile.handle}</span><div class="mute">${shortCount(followersOf(profile))} followers · ${profile.posts} ${profile.posts === 1 ? "post" : "posts"}</div></div>
${isMe ? html`<span class="tag">This is you</span>` : html`<form method="post" action="/web/people/${profile.handle}/choose">${formFields(page)}<button class="b">Be ${firstName(profile)}<span class="vh"> @${profile.handle}</span></button></form>`}</li>`;
}

export function editProfilePage(
  page: Page,
  me: Profile,
  draft?: { name: string; bio: string; error?: string },
): string {
  return layout(page, {
    title: "Edit profile",
    area: "me",
    body: html`${backLink(`/@${me.handle}`, "Profile")}<h1>Edit your profile</h1>
<form class="card stack" method="post" action="/web/me">${formFields(page)}
  ${draft?.error && html`<p class="banner late" role="alert">${draft.error}</p>`}
  <label>Name <input name="name" value="${draft?.name ?? me.name}" maxlength="50" required></label>
  <label>About you <textarea name="bio" rows="3" dir="auto" data-limit="300">${draft?.bio ?? me.bio}</textarea></label>
  <fieldset class="colours"><legend>Colour</legend>${COLOURS.map((c) => html`<label class="c-${c}"><input type="radio" name="colour" value="${c}" ${c === me.colour && html`checked`}> <span class="av s c-${c}" aria-hidden="true"></span> ${c}</label>`)}</fieldset>
  <div class="row end"><button class="b main-act">Save</button></div>
</form>`,
  });
}

/** Short enough for a button. */
function firstName(profile: Profile): string {
  const first = profile.name.split(/\s/)[0] ?? "";
  return first.length > 12 ? "this person" : first;
}
