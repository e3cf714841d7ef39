import { type Html, html } from "#shared/html";
import { matcher } from "../api/company-posts.ts";
import { followersOf } from "../domain/profiles.ts";
import type { Post, Profile } from "../domain/state.ts";
import { POST_LIMIT } from "../domain/text.ts";
import { treeOf } from "../tree.ts";
import { compose, type Draft } from "./compose.ts";
import { icon } from "./icons.ts";
import { layout } from "./layout.ts";
import { authorOf, noticesOf, type Page } from "./page-context.ts";
import { avatar, formFields, postCard, richText, verifiedMark } from "./parts.ts";
import { fullTime } from "./time.ts";

const PER_PAGE = 30;

export function homePage(page: Page, query: { tab?: string; before?: string }, draft?: Draft): string {
  const { state, me } = page;
  const following = query.tab === "following" && me !== null;
  const wanted = (post: Post) =>
    post.deletedAt === null && (!following || me.follows.has(post.author) || post.author === me.id);
  const { posts, older } = pageBefore(state.timeline, query.before, wanted);
  const tab = (label: string, href: string, on: boolean) =>
    html`<a href="${href}"${on && html` aria-current="page"`}>${label}</a>`;
  const company = [...state.companies.values()][0];
  const handle = company ? state.profiles.get(company.id)?.handle : undefined;
  return layout(page, {
    title: "Home",
    area: "home",
    live: query.before ? undefined : "posts",
    body: html`<h1 class="vh">Home</h1>
${
  !query.before &&
  compose(page, {
    action: "/web/posts",
    label: "What would you like to say?",
    button: "Post",
    limit: POST_LIMIT,
    placeholder: handle ? `What’s up? Mention @${handle} to reach them` : "What’s up?",
    draft,
  })
}
${me && html`<nav class="seg" aria-label="Which posts">${tab("Everyone", "/", !following)}${tab("Following", "/?tab=following", following)}</nav>`}
${feed(page, posts, following ? "Nothing yet from people you follow." : "Nobody has said anything yet. Be the first!")}
${older && html`<p class="older"><a class="b" href="/?${following ? "tab=following&" : ""}before=${older}">Older posts</a></p>`}`,
  });
}

function feed(page: Page, posts: Post[], empty: string): Html {
  return html`<div class="feed" data-list id="feed">${posts.map((post) => postCard(page, post, { showParent: true }))}</div>
${posts.length === 0 && html`<p class="empty">${empty}</p>`}`;
}

/** A page of a time-ordered list, newest first. The cursor is the id of the last post shown. */
function pageBefore(list: Post[], before: string | undefined, wanted: (post: Post) => boolean) {
  let at = list.length - 1;
  if (before) {
    const found = list.findIndex((p) => p.id === before);
    if (found >= 0) at = found - 1;
  }
  const posts: Post[] = [];
  for (; at >= 0 && posts.length <= PER_PAGE; at--) if (wanted(list[at] as Post)) posts.push(list[at] as Post);
  const older = posts.length > PER_PAGE ? posts[PER_PAGE - 1]?.id : undefined;
  return { posts: posts.slice(0, PER_PAGE), older };
}

export function postPage(page: Page, post: Post, draft?: Draft): string {
  const { state } = page;
  const author = authorOf(page, post);
  const parents: Post[] = [];
  for (let up = post.parentId; up && parents.length < 5; ) {
    const parent = state.posts.get(up) as Post;
    parents.unshift(parent);
    up = parent.parentId;
  }
  const below = treeOf(state, post).slice(1);
  const waits = author.kind === "person" && !below.some((n) => authorOf(page, n.post).kind === "company");
  return layout(page, {
    title: post.deletedAt === null ? `${author.name}: ${(post.texts.at(-1) ?? "").slice(0, 60)}` : "Deleted post",
    area: "none",
    live: `root:${post.rootId}`,
    body: html`${backLink("/", "Home")}<h1 class="vh">Post by ${author.name}</h1>
${parents.length > 0 && html`<div class="feed above" data-list id="above">${parents.map((p) => postCard(page, p))}</div>`}
<div data-list id="this">${postCard(page, post, { big: true })}</div>
<div id="facts" data-sync>${post.deletedAt === null && html`<p class="facts mute">${fullTime(post.createdAt)}${post.language && html` · language ${post.language}`}${post.mentions.length > 0 && waits && page.me?.id === post.author && html` · <strong>Stay here: an answer appears by itself.</strong>`}</p>`}</div>
${
  post.deletedAt === null &&
  html`<section id="answer" aria-label="Reply">${compose(page, {
    action: "/web/posts",
    label: `Your reply to ${author.name}`,
    button: "Reply",
    limit: POST_LIMIT,
    placeholder: `Reply to @${author.handle}`,
    parentId: post.id,
    draft,
  })}</section>`
}
<h2 id="replies" data-sync>${below.length === 0 ? "No replies yet" : below.length === 1 ? "1 reply" : `${below.length} replies`}</h2>
<div class="feed tree" data-list id="tree">${below.slice(0, 500).map(({ post: p, depth }) => postCard(page, p, { depth: depth - 1, showParent: depth > 5 }))}</div>`,
  });
}

export function backLink(href: string, label: string): Html {
  return html`<p class="back"><a href="${href}">${icon("back")} ${label}</a></p>`;
}

export function editPage(page: Page, noun: string, action: string, limit: number, back: string, draft: Draft): string {
  return layout(page, {
    title: `Edit ${noun}`,
    area: "none",
    body: html`${backLink(back, "Back")}<h1>Edit your ${noun}</h1>
<form class="compose card" method="post" action="${action}">${formFields(page)}
  ${draft.error && html`<p class="banner late" role="alert" id="refused">${draft.error}</p>`}
  <label class="vh" for="text">Text</label><textarea id="text" name="text" rows="4" required dir="auto" data-limit="${limit}">${draft.text}</textarea>
  <div class="row end"><span class="left mute num" data-left aria-live="polite"></span><a class="b" href="${back}">Cancel</a><button class="b main-act">Save</button></div>
</form>`,
  });
}

export function profilePage(page: Page, profile: Profile, query: { before?: string }): string {
  const { me, state } = page;
  const { posts, older } = pageBefore(state.postsBy.get(profile.id) ?? [], query.before, (p) => p.deletedAt === null);
  const mine = me?.id === profile.id;
  const follows = me?.follows.has(profile.id) ?? false;
  return layout(page, {
    title: `${profile.name} (@${profile.handle})`,
    area: mine ? "me" : "none",
    live: query.before ? undefined : `by:${profile.id}`,
    body: html`<section class="card profile c-${profile.colour}">
  <div class="ribbon"></div>
  <div class="row wrap top">${avatar(profile, "l")}<span class="grow"></span>
    ${me && !mine && html`<a class="b" href="/messages/${profile.handle}">${icon("mail")} Message</a><form method="post" action="/web/people/${profile.handle}/follow" data-quiet><span id="follow" data-sync>${formFields(page)}<button class="b ${!follows && "main-act"}" name="on" value="${follows ? "0" : "1"}" aria-pressed="${follows ? "true" : "false"}">${follows ? "Following" : "Follow"}</button></span></form>`}
    ${mine && html`<a class="b" href="/people">Switch person</a><a class="b" href="/people/edit">Edit profile</a>`}
    ${!me && html`<a class="b" href="/people">Choose who you are</a>`}
  </div>
  <h1><bdi>${profile.name}</bdi>${verifiedMark(profile)}</h1>
  <p class="mute">@${profile.handle}${profile.kind === "company" && " · verified company"}</p>
  ${profile.bio && richText(page, profile.bio)}
  <ul class="figures" id="figures" data-sync><li><strong>${followersOf(profile).toLocaleString("en-GB")}</strong> followers</li><li><strong>${profile.follows.size}</strong> following</li><li><strong>${profile.posts}</strong> ${profile.posts === 1 ? "post" : "posts"}</li></ul>
</section>
<h2 class="vh">Posts</h2>
${feed(page, posts, `@${profile.handle} has not said anything yet.`)}
${older && html`<p class="older"><a class="b" href="/@${profile.handle}?before=${older}">Older posts</a></p>`}`,
  });
}

export function searchPage(page: Page, question: string): string {
  const { state } = page;
  const q = question.slice(0, 200).trim();
  const match = matcher(page.context, q);
  const posts: Post[] = [];
  if (q)
    for (let i = state.timeline.length - 1; i >= 0 && posts.length < 50; i--)
      if (match(state.timeline[i] as Post)) posts.push(state.timeline[i] as Post);
  const asHandle = state.byHandle.get(q.replace(/^@/, "").toLowerCase());
  return layout(page, {
    title: q ? `Search: ${q}` : "Search",
    area: "search",
    body: html`<h1>Search</h1>
<form class="find card" action="/search" role="search"><label class="vh" for="q">Words, #hashtag, @handle or from:handle</label><input id="q" name="q" type="search" value="${q}" placeholder="Words, #hashtag, @handle, from:handle" maxlength="200"><button class="b main-act">Search</button></form>
${asHandle && html`<p class="card found">${avatar(asHandle)} <a class="name" href="/@${asHandle.handle}"><bdi>${asHandle.name}</bdi></a>${verifiedMark(asHandle)} <span class="mute">@${asHandle.handle}</span></p>`}
${q ? feed(page, posts, "Nothing found. Every word must occur in the post.") : html`<p class="empty">Type what you are looking for.</p>`}`,
  });
}

export function noticesPage(page: Page): string {
  const { me, state } = page;
  return layout(page, {
    title: "Replies",
    area: "notices",
    live: "posts",
    body: html`<h1>Replies and mentions</h1>
${me ? feed(page, noticesOf(state, me, 50), "When somebody answers or mentions you, it stands here.") : html`<p class="empty">First <a href="/people">choose who you are</a>, or <a href="/">write a post</a>.</p>`}`,
  });
}

export function errorPage(page: Page, status: number, sentence: string): string {
  return layout(page, {
    title: status === 404 ? "Not found" : "That did not work",
    area: "none",
    body: html`<section class="card oops"><h1>${status === 404 ? "There is nothing here" : "That did not work"}</h1><p role="alert">${sentence}</p><p><a class="b main-act" href="/">Go to the home page</a></p></section>`,
  });
}
