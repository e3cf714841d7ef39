import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { channelOf, messagesById } from "#modules/channels";
import { brandOf, settingOf } from "#modules/company";
import {
  askForCall,
  type Invite,
  type InviteLinks,
  inviteByCode,
  invitePlaces,
  inviteSetting,
  isLiveInvite,
  noteInviteOpened,
  openedLink,
  phoneNumber,
} from "#modules/conversations";
import { agentsById } from "#modules/people";
import { type Clock, HOUR, MINUTE } from "#platform/clock";
import type { Database, Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import { networkOf } from "#platform/http/client-network";
import { createSharedLimiter } from "#platform/http/shared-limiter";
import type { Html } from "#shared/html";
import { type CallForm, INVITE_STYLE, type InvitePageFacts, invitePage, wordPage } from "../pages/invite-page.ts";
import { type PageLanguage, pageWords } from "../pages/invite-words.ts";
import { TRAP } from "../pages/trap.ts";
import type { PageWords } from "../pages/words/en.ts";

const FORM_LIMIT = 8_192;
/** Programs that look at a link to show a preview of it: nobody has opened it yet. */
const LOOKS_ONLY =
  /bot|crawl|spider|preview|externalhit|slurp|whatsapp|telegram|discord|slack|mastodon|bluesky|embed|fetch|curl|wget|python|monitor/i;

interface Deps {
  db: Database;
  clock: Clock;
  links: InviteLinks;
}
type Request = FastifyRequest<{ Params: { token: string } }>;

/** `GET /i/:token` and its form: the only pages a stranger sees. They work without script and tell nothing of anybody. */
export function invitePages(app: FastifyInstance, { db, clock, links }: Deps): void {
  const limit = (what: string, max: number, within: number) =>
    createSharedLimiter(db, clock, `invite ${what}`, max, within);
  const looks = limit("looks", 120, MINUTE);
  const misses = limit("misses", 20, MINUTE);
  const sends = limit("sends", 5, HOUR);

  async function open(request: Request, reply: FastifyReply) {
    const spoken = pageWords(request.headers["accept-language"]);
    const { words } = spoken;
    const say = (status: number, heading: string, text: string) => send(reply, status, wordPage(spoken, heading, text));
    if (!(await looks.allows(networkOf(request.ip)))) return { done: say(429, words.many, words.manyText) };
    const found = await openedLink(db, links, request.params.token);
    if (!found)
      return {
        done: (await misses.allows(networkOf(request.ip)))
          ? say(404, words.unknown, words.unknownText)
          : say(429, words.many, words.manyText),
      };
    return { spoken, words, say, found };
  }

  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: FORM_LIMIT },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.setErrorHandler((error, request, reply) => {
      const spoken = pageWords(request.headers["accept-language"]);
      const status = error instanceof AppError ? error.status : ((error as { statusCode?: number }).statusCode ?? 500);
      if (status >= 500) request.log.error(error);
      return send(reply, status, wordPage(spoken, spoken.words.broken, spoken.words.brokenText));
    });

    scope.get("/i/style.css", { schema: { hide: true } }, async (_request, reply) =>
      reply.header("cache-control", "public, max-age=86400").type("text/css; charset=utf-8").send(INVITE_STYLE),
    );

    scope.get<{ Params: { token: string } }>("/i/:token", { schema: { hide: true } }, async (request, reply) => {
      const opened = await open(request, reply);
      if ("done" in opened) return opened.done;
      const { spoken, words, say, found } = opened;
      const facts = await db.withAccount(found.accountId, async (tx) => {
        const invite = await inviteByCode(tx, found.code, true);
        if (!invite || !isLiveInvite(invite, tx.now)) return standing(invite);
        if (isLook(request)) await noteInviteOpened(tx, invite);
        return factsOf(tx, invite, found.code, request.params.token, spoken.language);
      });
      return typeof facts === "string" ? shut(say, words, facts) : send(reply, 200, invitePage(spoken, facts));
    });

    scope.post<{ Params: { token: string } }>("/i/:token/call", { schema: { hide: true } }, async (request, reply) => {
      const opened = await open(request, reply);
      if ("done" in opened) return opened.done;
      const { spoken, words, say, found } = opened;
      const read = readForm(request.body, words);
      if (read.number !== null && !(await sends.allows(found.code))) return say(429, words.many, words.manyText);
      const facts = await db.withAccount(found.accountId, async (tx) => {
        const invite = await inviteByCode(tx, found.code, true);
        if (!invite || !isLiveInvite(invite, tx.now)) return standing(invite);
        const shown = await factsOf(tx, invite, found.code, request.params.token, spoken.language);
        if (!shown.places.some((p) => p.destination === "callback")) return "unknown";
        if (read.number === null) return { ...shown, form: read.form };
        const { name, wish, about } = read.form;
        await askForCall(tx, invite, found.code, { name, number: read.number, wish, about, consent: shown.consent });
        return null;
      });
      if (typeof facts === "string") return shut(say, words, facts);
      if (facts !== null) return send(reply, 422, invitePage(spoken, facts));
      return say(200, words.thanks, words.thanksText(read.number!));
    });
  });
}

function send(reply: FastifyReply, status: number, page: Html): FastifyReply {
  return reply
    .code(status)
    .headers({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex, nofollow, noarchive",
      "content-security-policy":
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    })
    .type("text/html; charset=utf-8")
    .send(page.toString());
}

/** Why there is nothing to show; who asks learns no more than that. */
function standing(invite: Invite | null): "unknown" | "used" | "ended" {
  if (!invite) return "unknown";
  return invite.returnedAt !== null ? "used" : "ended";
}

function shut<T>(
  say: (status: number, heading: string, text: string) => T,
  words: PageWords,
  why: "unknown" | "used" | "ended",
): T {
  if (why === "unknown") return say(404, words.unknown, words.unknownText);
  return why === "used" ? say(410, words.used, words.usedText) : say(410, words.ended, words.endedText);
}

/** A person's browser, as far as can be told: previews, prefetches and HEAD requests are no opening. */
function isLook(request: FastifyRequest): boolean {
  const { headers, method } = request;
  const ahead = `${headers["sec-purpose"] ?? ""} ${headers.purpose ?? ""} ${headers["x-purpose"] ?? ""}`;
  return (
    method === "GET" && !/prefetch|preview|prerender/i.test(ahead) && !LOOKS_ONLY.test(headers["user-agent"] ?? "bot")
  );
}

async function factsOf(
  tx: Tx,
  invite: Invite,
  code: string,
  token: string,
  language: PageLanguage,
): Promise<InvitePageFacts> {
  const brand = await brandOf(tx, invite.brandId);
  const agent = (await agentsById(tx, [invite.madeBy])).get(invite.madeBy);
  const { value: settings } = await settingOf(tx, inviteSetting, { brandId: invite.brandId });
  const [message] = await messagesById(tx, [invite.messageId]);
  const channel = await channelOf(tx, invite.channelId);
  const places = await invitePlaces(tx, invite.brandId, {
    ...{ channelId: channel.id, network: channel.network, permalink: message?.permalink ?? null },
  });
  const chosen = (destination: string) => (destination === invite.destination ? 0 : 1);
  return {
    brand: brand.name,
    agent: agent?.name ?? brand.name,
    code,
    token,
    until: `${new Date(invite.expiresAt).toLocaleString(language === "en" ? "en-GB" : language, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" })} UTC`,
    places: places.toSorted((a, b) => chosen(a.destination) - chosen(b.destination)),
    consent: settings.callbackConsent,
  };
}

/** The number is null while the form cannot be taken as it is. */
function readForm(body: unknown, words: PageWords): { form: CallForm; number: string | null } {
  const given = (body ?? {}) as Record<string, unknown>;
  const text = (name: string, most: number) => {
    const value = given[name];
    return typeof value === "string"
      ? value
          .toWellFormed()
          .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
          .trim()
          .slice(0, most)
          .toWellFormed()
      : "";
  };
  const form: CallForm = {
    ...{ name: text("name", 100), number: text("number", 40), wish: text("wish", 200), about: text("about", 500) },
    faults: {},
    trapped: text(TRAP, 100) !== "",
  };
  const number = phoneNumber(form.number);
  if (form.name === "") form.faults.name = words.nameFault;
  if (number === null) form.faults.number = words.numberFault;
  if (given.consent !== "yes") form.faults.consent = words.consentFault;
  const good = Object.keys(form.faults).length === 0 && !form.trapped;
  return { form, number: good ? number : null };
}
