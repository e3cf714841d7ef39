import { html } from "#shared/html";
import { threadIdOf } from "../domain/dms.ts";
import type { Dm, Profile } from "../domain/state.ts";
import { DM_LIMIT } from "../domain/text.ts";
import { compose, type Draft } from "./compose.ts";
import { layout } from "./layout.ts";
import type { Page } from "./page-context.ts";
import { backLink } from "./pages-posts.ts";
import { avatar, mediaOf, nameLink, ownActions, richText, verifiedMark } from "./parts.ts";
import { timeTag } from "./time.ts";

const SHOWN = 200;

/** All threads of the one who speaks, the latest first. */
export function messagesPage(page: Page): string {
  const { state, me } = page;
  const threads = [...(me ? (state.threadsOf.get(me.id) ?? []) : [])]
    .flatMap((id) => state.threads.get(id)?.at(-1) ?? [])
    .sort((a, b) => b.createdAt - a.createdAt);
  const companies = [...state.companies.values()].flatMap((c) => state.profiles.get(c.id) ?? []);
  return layout(page, {
    title: "Messages",
    area: "messages",
    live: "dms",
    body: html`<h1>Messages</h1>
<ul class="card people" data-list id="threads">${me && threads.map((dm) => threadRow(page, me, dm))}</ul>
${!me && html`<p class="empty">First <a href="/people">choose who you are</a>: messages belong to a person.</p>`}
${me && threads.length === 0 && html`<p class="empty">No messages yet. Only you and the other read what you write here.</p>`}
${me && companies.length > 0 && html`<section><h2>Write to a company</h2><p class="row wrap">${companies.map((c) => html`<a class="b" href="/messages/${c.handle}">${c.name}</a>`)}</p></section>`}`,
  });
}

function threadRow(page: Page, me: Profile, dm: Dm) {
  const other = page.state.profiles.get(dm.from === me.id ? dm.to : dm.from) as Profile;
  const fresh = dm.from !== me.id && dm.createdAt > page.visitor.seen.messages;
  const said = dm.deletedAt === null ? (dm.texts.at(-1) ?? "") : "(deleted)";
  return html`<li class="person ${fresh && "fresh"}" data-key="${dm.threadId}">${avatar(other)}<div class="grow"><div class="row"><span class="grow clip"><a class="name stretch" href="/messages/${other.handle}"><bdi>${other.name}</bdi></a>${verifiedMark(other)} <span class="handle">@${other.handle}</span></span><span class="when">${timeTag(dm.createdAt, page.now)}</span></div><div class="mid clip" dir="auto">${dm.from === me.id && "You: "}${said}</div></div>${fresh && html`<span class="vh">New</span>`}</li>`;
}

/** The talk of two. */
export function chatPage(page: Page, me: Profile, other: Profile, draft?: Draft): string {
  const { state } = page;
  const all = state.threads.get(threadIdOf(state.network, me.id, other.id)) ?? [];
  return layout(page, {
    title: `Messages with ${other.name}`,
    area: "messages",
    live: "dms",
    body: html`${backLink("/messages", "Messages")}
<header class="card row chat-top">${avatar(other)}<h1 class="grow">${nameLink(other)}</h1><span class="tag private">Private</span></header>
<div class="chat" data-list id="chat">${all.slice(-SHOWN).map((dm) => bubble(page, me, dm))}</div>
${all.length === 0 && html`<p class="empty">Say hello. Only the two of you can read this.</p>`}
<div class="private">${compose(page, {
      action: `/web/messages/${other.handle}`,
      label: `Message to ${other.name}`,
      button: "Send",
      limit: DM_LIMIT,
      placeholder: `Message to @${other.handle}. Only the two of you can read it`,
      quiet: true,
      draft,
    })}</div>`,
  });
}

function bubble(page: Page, me: Profile, dm: Dm) {
  const mine = dm.from === me.id;
  const from = page.state.profiles.get(dm.from) as Profile;
  const about = dm.privateReplyTo ? page.state.posts.get(dm.privateReplyTo) : undefined;
  return html`<article class="bubble ${mine ? "mine" : from.kind}" data-key="${dm.id}" aria-label="${mine ? "You" : from.name}">
  ${about && html`<p class="to">About <a href="/posts/${about.id}">this post</a></p>`}
  ${dm.deletedAt === null ? richText(page, dm.texts.at(-1) ?? "") : html`<p class="mute">Deleted</p>`}
  ${dm.deletedAt === null && mediaOf(dm.media)}
  <footer>${timeTag(dm.createdAt, page.now)}${dm.texts.length > 1 && dm.deletedAt === null && " · edited"} ${mine && dm.deletedAt === null && ownActions(page, `/messages/edit/${dm.id}`, `/web/dms/${dm.id}/delete`, "message")}</footer>
</article>`;
}
