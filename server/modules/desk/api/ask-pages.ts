import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { brandOf } from "#modules/company";
import { conversationsById } from "#modules/conversations";
import { agentsById } from "#modules/people";
import { type Clock, HOUR, MINUTE } from "#platform/clock";
import type { Database, Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import { networkOf } from "#platform/http/client-network";
import { createSharedLimiter } from "#platform/http/shared-limiter";
import type { Html } from "#shared/html";
import { ANSWER_MOST, type AskPageFacts, askPage, askWordPage } from "../pages/ask-page.ts";
import { askWords } from "../pages/ask-words.ts";
import { TRAP } from "../pages/trap.ts";
import type { SideLink, SideLinks } from "../together/side-links.ts";
import { answerAside, shutBecause } from "../together/side-questions.ts";
import { findQuestion, noteQuestionOpened, type SideQuestion } from "../together/store/side-question-store.ts";

interface Deps {
  db: Database;
  clock: Clock;
  links: SideLinks;
}
type Request = FastifyRequest<{ Params: { token: string } }>;
/** An answer of letters that take several bytes each, written as a form writes them. */
const FORM_LIMIT = 128 * 1024;
const FIELDS_MOST = 10;

/**
 * `/ask/:token`: what somebody without an account sees of one question, and the field of their one answer. It works without script, knows no
 * cookie (so nobody can be made to answer by another site) and shows nothing but the words that were chosen. Looking answers nothing.
 */
export function askPages(app: FastifyInstance, { db, clock, links }: Deps): void {
  const limit = (what: string, max: number, within: number) =>
    createSharedLimiter(db, clock, `side question ${what}`, max, within);
  const looks = limit("looks", 60, MINUTE);
  const answers = limit("answers", 10, HOUR);

  async function open(request: Request, reply: FastifyReply) {
    const spoken = askWords(request.headers["accept-language"]);
    const { words } = spoken;
    const say = (status: number, heading: string, text: string) =>
      send(reply, status, askWordPage(spoken, heading, text));
    if (!(await looks.allows(networkOf(request.ip)))) return { done: say(429, words.many, words.manyText) };
    const link = links.read(request.params.token);
    if (!link) return { done: say(404, words.unknown, words.unknownText) };
    return { spoken, words, say, link };
  }

  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: FORM_LIMIT },
      (_request, body, done) => done(null, fieldsOf(String(body))),
    );
    scope.setErrorHandler((error, request, reply) => {
      const spoken = askWords(request.headers["accept-language"]);
      const status = error instanceof AppError ? error.status : ((error as { statusCode?: number }).statusCode ?? 500);
      if (status >= 500) request.log.error(error);
      return send(reply, status, askWordPage(spoken, spoken.words.broken, spoken.words.brokenText));
    });

    scope.get<{ Params: { token: string } }>("/ask/:token", { schema: { hide: true } }, async (request, reply) => {
      const opened = await open(request, reply);
      if ("done" in opened) return opened.done;
      const { spoken, words, say, link } = opened;
      const found = await db.withAccount(link.accountId, async (tx) => {
        const q = await findOutside(tx, link);
        const why = q ? shutBecause(q, tx.now) : "unknown";
        if (!q || why) return why ?? "unknown";
        if (request.method === "GET") await noteQuestionOpened(tx, q.id);
        return factsOf(tx, q, request.params.token);
      });
      return typeof found === "string" ? shut(say, words, found) : send(reply, 200, askPage(spoken, found));
    });

    scope.post<{ Params: { token: string } }>("/ask/:token", { schema: { hide: true } }, async (request, reply) => {
      const opened = await open(request, reply);
      if ("done" in opened) return opened.done;
      const { spoken, words, say, link } = opened;
      const { answer, [TRAP]: trap } = (request.body ?? {}) as { answer?: string; [TRAP]?: string };
      if (!(await answers.allows(link.questionId))) return say(429, words.many, words.manyText);
      const text = plain(answer ?? "");
      const fault =
        text === "" ? words.empty : text.length > ANSWER_MOST ? words.long(ANSWER_MOST) : trap ? words.again : null;
      const found = await db.withAccount(link.accountId, async (tx) => {
        const q = await findOutside(tx, link, true);
        const why = q ? shutBecause(q, tx.now) : "unknown";
        if (!q || why) return why ?? "unknown";
        if (fault !== null) return { ...(await factsOf(tx, q, request.params.token)), fault, given: text };
        await answerAside(tx, q, text);
        return null;
      });
      if (typeof found === "string") return shut(say, words, found);
      return found === null ? say(200, words.thanks, words.thanksText) : send(reply, 422, askPage(spoken, found));
    });
  });
}

/** A question to a colleague has no link. */
async function findOutside(tx: Tx, { questionId }: SideLink, lock = false): Promise<SideQuestion | null> {
  const q = await findQuestion(tx, questionId, lock);
  return q && q.toAgent === null ? q : null;
}

async function factsOf(tx: Tx, q: SideQuestion, token: string): Promise<AskPageFacts> {
  const asker = (await agentsById(tx, [q.askedBy])).get(q.askedBy);
  const conversation = (await conversationsById(tx, [q.conversationId])).get(q.conversationId);
  const brand = conversation ? (await brandOf(tx, conversation.brandId)).name : "";
  return {
    ...{ asker: asker?.name ?? brand, brand, question: q.question, shown: q.shown, token, given: "", fault: null },
    until: `${new Date(q.expiresAt).toISOString().slice(0, 16).replace("T", " ")} UTC`,
  };
}

type Shut = "unknown" | "answered" | "withdrawn" | "ended";
function shut<T>(
  say: (status: number, heading: string, text: string) => T,
  words: ReturnType<typeof askWords>["words"],
  why: Shut,
): T {
  return say(why === "unknown" ? 404 : 410, words[why], words[`${why}Text`]);
}

/** The fields of a form, each once; more than a form of ours has are not read. */
function fieldsOf(body: string): Record<string, string> {
  const fields: Record<string, string> = Object.create(null);
  let n = 0;
  for (const [name, value] of new URLSearchParams(body)) {
    if (++n > FIELDS_MOST) break;
    if (name === "answer" || name === TRAP) fields[name] ??= value;
  }
  return fields;
}

/** Lines as we write them, without signs that nobody sees. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .trim();
}

function send(reply: FastifyReply, status: number, page: Html): FastifyReply {
  return reply
    .code(status)
    .headers({
      ...{ "cache-control": "no-store", "referrer-policy": "no-referrer" },
      "x-robots-tag": "noindex, nofollow, noarchive",
      "content-security-policy":
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    })
    .type("text/html; charset=utf-8")
    .send(page.toString());
}
