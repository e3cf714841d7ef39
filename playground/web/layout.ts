import { type Html, html } from "#shared/html";
import { followersOf } from "../domain/profiles.ts";
import type { Post } from "../domain/state.ts";
import { STYLES } from "./assets.ts";
import { icon } from "./icons.ts";
import { type Page, unread } from "./page-context.ts";
import { avatar, personRow } from "./parts.ts";

export type Area = "home" | "search" | "notices" | "messages" | "me" | "faults" | "none";

export type Shell = {
  title: string;
  area: Area;
  body: Html;
  /** Which changes concern this page: "posts", "root:<id>", "by:<profile id>", "dms". Absent: it does not refresh itself. */
  live?: string;
  side?: boolean;
};

/** The document around a page. */
export function layout(page: Page, shell: Shell): string {
  const { me } = page;
  const counts = unread(page);
  const link = (area: Area, href: string, label: string, glyph: Parameters<typeof icon>[0], count = 0) =>
    html`<a href="${href}"${shell.area === area && html` aria-current="page"`}>${icon(glyph, "l")}<span class="label">${label}</span><span class="count" id="count-${area}" data-sync>${count > 0 && html`${count}<span class="vh"> new</span>`}</span></a>`;
  return `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${shell.title} · Playground</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
${STYLES.map(
  (name) => html`<link rel="stylesheet" href="/assets/${name}">
`,
)}
<script src="/assets/playground.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<div class="frame">
<header class="nav">
  <a class="logo" href="/">${icon("logo", "l")}<span>Playground</span></a>
  <nav aria-label="Main">
    ${link("home", "/", "Home", "home")}
    ${link("search", "/search", "Search", "search")}
    ${link("notices", "/notifications", "Replies", "bell", counts.notices)}
    ${link("messages", "/messages", "Messages", "mail", counts.messages)}
    ${link("me", me ? `/@${me.handle}` : "/people", "Profile", "person")}
    ${link("faults", "/faults", "Faults", "faults")}
  </nav>
  <a class="whoami" href="/people">${me ? html`${avatar(me, "s")}<span class="grow"><strong><bdi>${me.name}</bdi></strong><span class="mute">@${me.handle} · switch</span></span>` : html`${icon("person", "l")}<span class="grow"><strong>Choose who you are</strong><span class="mute">or just start writing</span></span>`}</a>
</header>
<main id="main" tabindex="-1"${shell.live && html` data-live="${shell.live}"`}>
${shell.body}
</main>
${shell.side !== false && side(page)}
</div>
</body>
</html>`}`;
}

function side(page: Page): Html {
  const { state } = page;
  const companies = [...state.companies.values()].flatMap((c) => state.profiles.get(c.id) ?? []).slice(0, 5);
  const known = [...state.profiles.values()]
    .filter((p) => p.kind === "person")
    .sort((a, b) => followersOf(b) - followersOf(a))
    .slice(0, 3);
  const tags = busyTags(state.timeline);
  return html`<aside class="side" aria-label="Around here">
  <section class="card"><h2>What is this?</h2><p>A small social network to play customers on. Write a post that mentions a company, and watch its answer arrive here.</p></section>
  ${companies.length > 0 && html`<section class="card"><h2>Companies here</h2><ul>${companies.map(personRow)}</ul></section>`}
  ${tags.length > 0 && html`<section class="card"><h2>Talked about</h2><ul class="tags">${tags.map(([tag, n]) => html`<li><a href="/search?q=${encodeURIComponent(`#${tag}`)}"><bdi>#${tag}</bdi></a> <span class="mute">${n}</span></li>`)}</ul></section>`}
  ${known.length > 0 && html`<section class="card"><h2>Many listen to</h2><ul>${known.map(personRow)}</ul></section>`}
</aside>`;
}

/** The most used hashtags of the last 500 posts. */
function busyTags(timeline: Post[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const post of timeline.slice(-500)) for (const tag of post.hashtags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 6);
}
