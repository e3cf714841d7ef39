import { type Html, html, safeUrl } from "#shared/html";
import { followersOf } from "../domain/profiles.ts";
import type { MediaFacts } from "../domain/records.ts";
import type { Post, Profile } from "../domain/state.ts";
import { pieces } from "../domain/text.ts";
import { icon } from "./icons.ts";
import { authorOf, type Page } from "./page-context.ts";
import { shortCount, timeTag } from "./time.ts";

export function avatar(profile: Pick<Profile, "name" | "colour" | "kind">, size: "s" | "m" | "l" = "m"): Html {
  const words = profile.name.split(/\s+/).filter(Boolean);
  const first = [...new Intl.Segmenter().segment(words[0] ?? "?")][0]?.segment ?? "?";
  const second = words.length > 1 ? ([...new Intl.Segmenter().segment(words.at(-1) ?? "")][0]?.segment ?? "") : "";
  return html`<span class="av ${size} c-${profile.colour} is-${profile.kind}" aria-hidden="true">${(first + second).slice(0, 12)}</span>`;
}

export function verifiedMark(profile: Profile): Html | null {
  if (profile.kind !== "company") return null;
  return html`<span class="mark" title="Verified company">${icon("verified")}<span class="vh">Verified company</span></span>`;
}

export function nameLink(profile: Profile): Html {
  return html`<a class="name" href="/@${profile.handle}"><bdi>${profile.name}</bdi></a>${verifiedMark(profile)} <span class="handle">@${profile.handle}</span>`;
}

/** A text with its links. People's words keep their own direction and never become markup. */
export function richText(page: Page, text: string): Html {
  const parts = pieces(text).map((piece) => {
    if (piece.kind === "mention" && page.state.byHandle.has(piece.handle)) {
      return html`<a href="/@${piece.handle}">${piece.text}</a>`;
    }
    if (piece.kind === "hashtag") {
      return html`<a href="/search?q=${encodeURIComponent(`#${piece.tag}`)}">${piece.text}</a>`;
    }
    if (piece.kind === "link") {
      return html`<a href="${safeUrl(piece.text)}" rel="nofollow noopener noreferrer ugc">${piece.text}</a>`;
    }
    return html`${piece.text}`;
  });
  return html`<div class="say" dir="auto">${parts}</div>`;
}

/** Pictures are shown, everything else is a link. */
export function mediaOf(media: readonly MediaFacts[] = []): Html | null {
  if (media.length === 0) return null;
  const shown = media.map((m) =>
    m.mime.startsWith("image/")
      ? html`<li><a href="/media/${m.id}"><img src="/media/${m.id}" alt="${m.alt}" loading="lazy"></a></li>`
      : html`<li><a href="/media/${m.id}" download="${m.name || "file"}">${m.name || m.mime}</a></li>`,
  );
  return html`<ul class="media">${shown}</ul>`;
}

/** Hidden fields of every form. */
export function formFields(page: Page): Html {
  return html`<input type="hidden" name="token" value="${page.visitor.formToken}"><input type="hidden" name="back" value="${page.here}">`;
}

export type CardOptions = { big?: boolean; depth?: number; showParent?: boolean };

export function postCard(page: Page, post: Post, options: CardOptions = {}): Html {
  const author = authorOf(page, post);
  const isCompany = author.kind === "company";
  const classes = `post${isCompany ? " company" : ""}${options.big ? " big" : ""} d${Math.min(options.depth ?? 0, 4)}`;
  if (post.deletedAt !== null) {
    return html`<article class="${classes} gone" id="${post.id}" data-key="${post.id}"><p>This post was deleted by its author.</p></article>`;
  }
  const isReply = post.parentId !== null;
  const said = html`${richText(page, post.texts.at(-1) ?? "")}${mediaOf(post.media)}`;
  return html`<article class="${classes}" id="${post.id}" data-key="${post.id}" aria-label="${isReply ? "Reply" : "Post"} by ${author.name}">
  ${avatar(author)}
  <div class="body">
    <header>${nameLink(author)} <span class="when" aria-hidden="true">·</span> <a class="when" href="/posts/${post.id}">${timeTag(post.createdAt, page.now)}</a>${post.texts.length > 1 && html` <span class="when">· edited</span>`}
      ${isCompany && html`<span class="tag">${isReply ? "Company reply" : "Company"}</span>`}</header>
    ${options.showParent && isReply && answering(page, post)}
    ${post.hidden ? html`<details><summary class="mute">Hidden by who began this. Show it</summary>${said}</details>` : said}
    ${actions(page, post)}
  </div>
</article>`;
}

function answering(page: Page, post: Post): Html | null {
  const parent = post.parentId ? page.state.posts.get(post.parentId) : undefined;
  if (!parent) return null;
  return html`<p class="to">Answering <a href="/posts/${parent.id}">@${authorOf(page, parent).handle}</a></p>`;
}

function actions(page: Page, post: Post): Html {
  const { me } = page;
  const liked = me ? post.likedBy.has(me.id) : false;
  const replies = post.answers.reduce((n, id) => n + (page.state.posts.get(id)?.deletedAt === null ? 1 : 0), 0);
  return html`<footer>
    <a class="act" href="/posts/${post.id}#answer">${icon("reply")}<span class="vh">Reply, </span><span>${replies}</span><span class="vh"> replies</span></a>
    ${
      me
        ? html`<form method="post" action="/web/posts/${post.id}/like" data-quiet>${formFields(page)}<button class="act like" name="on" value="${liked ? "0" : "1"}" aria-pressed="${liked ? "true" : "false"}">${icon("heart")}<span class="vh">Like, </span><span>${post.likedBy.size}</span><span class="vh"> likes</span></button></form>`
        : html`<span class="act">${icon("heart")}<span>${post.likedBy.size}</span><span class="vh"> likes</span></span>`
    }
    ${me?.id === post.author && ownActions(page, `/posts/${post.id}/edit`, `/web/posts/${post.id}/delete`, "post")}
  </footer>`;
}

/** Edit and delete of what is one's own; deleting asks once more by unfolding. */
export function ownActions(page: Page, editHref: string, deleteAction: string, noun: string): Html {
  return html`<a class="act" href="${editHref}">${icon("edit")}<span>Edit<span class="vh"> this ${noun}</span></span></a>
    <details class="sure"><summary class="act">${icon("trash")}<span>Delete<span class="vh"> this ${noun}</span></span></summary><form method="post" action="${deleteAction}">${formFields(page)}<button class="b stop">Delete for good</button></form></details>`;
}

export function personRow(profile: Profile): Html {
  return html`<li class="person">${avatar(profile)}<div class="grow"><div>${nameLink(profile)}</div><div class="mute">${shortCount(followersOf(profile))} followers</div></div></li>`;
}
