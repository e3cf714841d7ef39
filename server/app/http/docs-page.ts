import type { FastifyInstance } from "fastify";
import { errorCodes } from "#platform/errors";
import { type Html, html } from "#shared/html";

interface Operation {
  summary?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; schema?: Record<string, unknown> }[];
  requestBody?: { content?: Record<string, { schema?: unknown }> };
  responses?: Record<string, { content?: Record<string, { schema?: unknown }> }>;
}
type Paths = Record<string, Record<string, Operation>>;

/** The API for readers: one page made of the OpenAPI document, without script. */
export function docsRoutes(app: FastifyInstance): void {
  app.get("/api/openapi.json", { schema: { hide: true } }, async (_request, reply) => reply.send(app.swagger()));
  app.get("/api/docs/style.css", { schema: { hide: true } }, async (_request, reply) =>
    reply.type("text/css").send(STYLE),
  );
  let page: string | undefined;
  app.get("/api/docs", { schema: { hide: true } }, async (_request, reply) => {
    page ??= docsPage((app.swagger() as { paths?: Paths }).paths ?? {}).toString();
    return reply.type("text/html; charset=utf-8").send(page);
  });
}

export function docsPage(paths: Paths): Html {
  const operations = Object.entries(paths).flatMap(([url, methods]) =>
    Object.entries(methods).map(([method, op]) => ({ url, method: method.toUpperCase(), op })),
  );
  const tags = [...new Set(operations.map((o) => o.op.tags?.[0] ?? "other"))].sort();
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Hubbub API</title><link rel="stylesheet" href="/api/docs/style.css"></head>
<body><a class="skip" href="#main">To the addresses</a>
<header><h1>Hubbub API</h1><p>The same as a document for programs: <a href="/api/openapi.json">/api/openapi.json</a>. To the <a href="/">desk</a>.</p></header>
<nav aria-label="Groups"><ul>${tags.map((t) => html`<li><a href="${`#${t}`}">${t}</a></li>`)}<li><a href="#problems">problems</a></li></ul></nav>
<main id="main">
<section><h2>How to ask</h2>
<p>Sign in with <code>POST /api/session</code> (cookie), or send an API key: <code>Authorization: Bearer hub_…</code>. With the cookie, changes repeat the cookie <code>hubbub_csrf</code> in the header <code>X-CSRF-Token</code>.</p>
<p>Every change carries a header <code>Idempotency-Key</code> of your making: the same key gives the first result again and does nothing. Changes of state carry <code>expectedVersion</code>; when somebody was first you get 409 with the present state.</p>
<p>Instants are RFC 3339 in UTC with milliseconds. Lists are paged by <code>cursor</code>: hand back <code>next</code> until it is null.</p></section>
${tags.map((tag) => html`<section id="${tag}"><h2>${tag}</h2>${operations.filter((o) => (o.op.tags?.[0] ?? "other") === tag).map(operation)}</section>`)}
<section id="problems"><h2>Problems</h2><p>Every failure is <code>application/problem+json</code> (RFC 9457) with one of these codes and a trace id.</p>
<div class="scroll" role="region" aria-label="Problem codes" tabindex="0"><table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
<tbody>${Object.entries(errorCodes).map(([code, e]) => html`<tr><td><code>${code}</code></td><td>${e.status}</td><td>${e.title}</td></tr>`)}</tbody></table></div></section>
</main></body></html>`;
}

function operation({ url, method, op }: { url: string; method: string; op: Operation }): Html {
  const body = op.requestBody?.content?.["application/json"]?.schema;
  const ok = Object.entries(op.responses ?? {})[0];
  const answer = ok?.[1].content?.["application/json"]?.schema;
  return html`<article><h3><span class="method">${method}</span> <code>${url}</code></h3><p>${op.summary ?? ""}</p>
${op.parameters?.length ? html`<ul>${op.parameters.map((p) => html`<li><code>${p.name}</code> in ${p.in}${p.required ? ", required" : ""}</li>`)}</ul>` : null}
${body ? html`<details><summary>Body</summary><pre tabindex="0">${JSON.stringify(body, null, 2)}</pre></details>` : null}
${answer ? html`<details><summary>Answer ${ok?.[0] ?? ""}</summary><pre tabindex="0">${JSON.stringify(answer, null, 2)}</pre></details>` : null}</article>`;
}

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 "Source Sans 3",system-ui,sans-serif;background:light-dark(#fff,#1b1b19);color:light-dark(#1a1917,#edebe5)}
body{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{margin:0}h2{border-top:1px solid light-dark(#e2e0da,#31302c);padding-top:1.5rem;margin-top:2.5rem}
a{color:light-dark(#0b5cd5,#7db3ff)}a:focus-visible,summary:focus-visible,pre:focus-visible,.scroll:focus-visible{outline:2px solid light-dark(#0b5cd5,#7db3ff);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0}nav a{display:inline-block;padding:.25rem 0}
article{margin:1.25rem 0;padding:.75rem 1rem;border:1px solid light-dark(#e2e0da,#31302c);border-radius:11px}h3{margin:0;font-size:1rem;overflow-wrap:anywhere}.method{font-weight:640}
pre{overflow:auto;max-height:24rem;font-size:.82rem;padding:.75rem;background:light-dark(#f7f6f3,#161614);border-radius:7px}summary{cursor:pointer;padding:.25rem 0}.scroll{overflow-x:auto}table{border-collapse:collapse}td,th{text-align:start;padding:.3rem .8rem .3rem 0}`;
