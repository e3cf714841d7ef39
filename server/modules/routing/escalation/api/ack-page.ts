import type { FastifyInstance, FastifyReply } from "fastify";
import { type Clock, MINUTE } from "#platform/clock";
import type { Database } from "#platform/db";
import { createSharedLimiter } from "#platform/http/shared-limiter";
import { type Html, html, trusted } from "#shared/html";
import type { AckLinks } from "../ack-links.ts";
import { acknowledgeByLink } from "../acts.ts";
import { findEscalation } from "../store/escalation-store.ts";

interface Deps {
  db: Database;
  clock: Clock;
  links: AckLinks;
}

/** `/page/:token`: one page and one button, without script and without sign-in. Looking at it (as mail programs do) acknowledges nothing. */
export function ackPages(app: FastifyInstance, { db, clock, links }: Deps): void {
  const looks = createSharedLimiter(db, clock, "page links", 60, MINUTE);
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: 1_024 },
      (_request, _body, done) => done(null, null),
    );
    scope.get("/page/style.css", { schema: { hide: true } }, async (_request, reply) =>
      reply.header("cache-control", "public, max-age=86400").type("text/css; charset=utf-8").send(STYLE),
    );
    scope.get<{ Params: { token: string } }>("/page/:token", { schema: { hide: true } }, async (request, reply) => {
      if (!(await looks.allows(request.ip))) return send(reply, 429, MANY);
      const link = links.read(request.params.token);
      if (!link || link.until < clock.now()) return send(reply, 404, GONE);
      const found = await db.withAccount(link.accountId, (tx) => findEscalation(tx, link.escalationId));
      if (found?.state !== "paging" || found.pages !== link.pages)
        return send(reply, 410, STATES[stateOf(found?.state)]);
      return send(reply, 200, [
        `Severity ${found.severity}`,
        html`<p>${found.says}</p><form method="post"><button class="b">I have it</button></form><p class="mute">Whoever was asked after you is not asked then. Nothing is sent to anybody outside.</p>`,
      ]);
    });
    scope.post<{ Params: { token: string } }>("/page/:token", { schema: { hide: true } }, async (request, reply) => {
      if (!(await looks.allows(request.ip))) return send(reply, 429, MANY);
      const link = links.read(request.params.token);
      if (!link || link.until < clock.now()) return send(reply, 404, GONE);
      const became = await db.withAccount(link.accountId, (tx) => acknowledgeByLink(tx, link));
      return send(reply, became === "done" ? 200 : 410, STATES[became]);
    });
  });
}

const stateOf = (state: string | undefined): keyof typeof STATES =>
  state === undefined || state === "over" ? "over" : state === "paging" ? "passed-on" : "had";

type Said = readonly [heading: string, text: Html];
const MANY: Said = ["Too many tries", html`<p>Wait a minute, then open the link again.</p>`];
const GONE: Said = ["This link has ended", html`<p>Open the desk to see what is escalated.</p>`];
const STATES = {
  done: [
    "You have it",
    html`<p>It is yours now. Say on the desk what you did about it, before its time to act is over.</p>`,
  ],
  had: ["Somebody has it already", html`<p>Nothing is left for you to do here.</p>`],
  over: ["It is over", html`<p>Nothing is left for you to do here.</p>`],
  "passed-on": [
    "Somebody else is asked by now",
    html`<p>The time to answer this one is over. The desk shows who is asked.</p>`,
  ],
} as const satisfies Record<string, Said>;

function send(reply: FastifyReply, status: number, [heading, text]: Said): FastifyReply {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow"><meta name="referrer" content="no-referrer"><title>${heading}</title><link rel="stylesheet" href="/page/style.css"></head>
<body><main><h1>${heading}</h1>${text}</main></body></html>`;
  return reply
    .code(status)
    .headers({
      ...{ "cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex, nofollow" },
      "content-security-policy":
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    })
    .type("text/html; charset=utf-8")
    .send(page.toString());
}

const STYLE = trusted(
  `:root{color-scheme:light dark;font:17px/1.55 "Source Sans 3",system-ui,sans-serif;background:light-dark(#f7f6f3,#161614);color:light-dark(#1a1917,#edebe5)}
body{margin:0}main{max-width:34rem;margin:0 auto;padding:2rem 1rem}h1{font-size:1.5rem;line-height:1.25}.mute{color:light-dark(#5c5a54,#a9a69d);font-size:.9rem}
.b{background:light-dark(#1f1e1b,#edebe5);color:light-dark(#fff,#161614);border:0;border-radius:7px;padding:.8rem 1.6rem;font:inherit;font-weight:600;cursor:pointer}:focus-visible{outline:3px solid light-dark(#0b5cd5,#7db3ff);outline-offset:2px}`,
).toString();
