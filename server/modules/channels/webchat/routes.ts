import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import {
  type ChatFrame,
  chatConsent,
  type chatDone,
  chatEmail,
  type chatPolled,
  chatPollQuery,
  chatRead,
  chatSend,
  type chatSent,
  chatSessionAsk,
  chatTranscript,
  chatTyping,
  chatUploadQuery,
  chatVisit,
} from "#contracts/webchat";
import { AppError } from "#platform/errors";
import { type ChatActs, chatActs } from "./acts.ts";
import type { ChatDoor } from "./door.ts";
import { type FrameDeps, framePage } from "./frame-page.ts";
import type { ChatHouse, Visiting } from "./house.ts";
import { addressOf, type ChatLimiters, MOST_SOCKETS } from "./limits.ts";
import { presentLine } from "./present.ts";
import { openSession } from "./session.ts";
import { takeSignal } from "./signals.ts";
import { takeUpload } from "./uploads.ts";
import { siteNotes } from "./visit.ts";
import type { ChatWindows, Window } from "./windows.ts";

export interface ChatRouteDeps extends FrameDeps {
  house: ChatHouse;
  windows: ChatWindows;
  limits: ChatLimiters;
}

const LARGEST_FILE = 10_000_000;
const BODY = 65_536;
/** Long polls of one visitor at once, beside its sockets. */
const POLLS = 4;

interface Came {
  door: ChatDoor;
  visiting: Visiting;
  acts: ChatActs;
  address: string;
}

/** `/chat/:key/...`: where a chat's window speaks to us. No cookies: what a browser sends by itself proves nothing here. */
export function chatRoutes(app: FastifyInstance, deps: ChatRouteDeps): void {
  const { house, doors, limits, windows } = deps;
  const noteSite = siteNotes(house);

  async function came(request: FastifyRequest): Promise<Came> {
    const door = await doors.of((request.params as { key: string }).key);
    const bearer = /^Bearer ([\w.-]{20,600})$/.exec(request.headers.authorization ?? "")?.[1];
    const inQuery = (request.query as { token?: unknown }).token;
    const token = bearer ?? (typeof inQuery === "string" && request.method === "GET" ? inQuery : "");
    const visiting = house.tokens.read(door.channelId, token, house.clock.now());
    if (!visiting) throw new AppError("chat-token-refused", "This visit has ended. Ask for a session again.");
    return { door, visiting, acts: chatActs(house, door, visiting, request.id), address: addressOf(request.raw) };
  }

  /** A POST with a JSON body of a known shape. */
  function post<B extends z.ZodType>(
    path: string,
    body: B | null,
    act: (came: Came, body: z.output<B>) => Promise<unknown>,
  ): void {
    app.post(
      `/chat/:key/${path}`,
      { bodyLimit: BODY, schema: { hide: true, ...(body && { body }) } },
      async (request, reply) => {
        const result = await act(await came(request), request.body as z.output<B>);
        const done: z.input<typeof chatDone> = { ok: true };
        return quiet(reply).send(result ?? done);
      },
    );
  }
  const signal = async (c: Came, frame: Parameters<typeof takeSignal>[3]) => {
    limits.need("signals", c.visiting.visitorId);
    await takeSignal(house, c.door, c.visiting, frame);
  };

  app.post(
    "/chat/:key/session",
    { bodyLimit: BODY, schema: { hide: true, body: chatSessionAsk } },
    async (request, reply) => {
      limits.need("sessions", addressOf(request.raw));
      const door = await doors.of((request.params as { key: string }).key);
      const ask = request.body as z.output<typeof chatSessionAsk>;
      const session = await openSession(house, door, ask, doors.hours(door, house.clock.now()));
      await noteSite(door, ask.page.url);
      return quiet(reply).send(session);
    },
  );

  post("messages", chatSend, async ({ door, visiting, acts, address }, body) => {
    limits.need("says", visiting.visitorId);
    limits.need("saysOfAddress", address);
    const line = await acts.say(body);
    const sent: z.input<typeof chatSent> = { seq: line.seq, message: presentLine(house, door.accountId, line) };
    return sent;
  });
  post("typing", chatTyping, (c, { on }) => signal(c, { type: "typing", on }));
  post("page", chatVisit, (c, visit) => signal(c, { type: "page", ...visit }));
  post("read", chatRead, (c, { upTo }) => signal(c, { type: "read", upTo }));
  post("email", chatEmail, async ({ visiting, acts, address: from }, { address }) => {
    limits.need("addresses", visiting.visitorId, 600);
    limits.need("addresses", from, 600);
    await acts.leaveAddress(address);
  });
  post("transcript", chatTranscript, async ({ visiting, acts, address: from }, { address }) => {
    limits.need("transcripts", visiting.visitorId, 3_600);
    limits.need("transcripts", from, 3_600);
    await acts.transcript(address);
  });
  post("consent", chatConsent, ({ acts }, body) => acts.consent(body));
  post("end", null, ({ acts }) => acts.end());
  post("erase", null, ({ acts }) => acts.erase());

  app.get("/chat/:key/events", { schema: { hide: true, querystring: chatPollQuery } }, async (request, reply) => {
    const { door, visiting } = await came(request);
    limits.need("polls", visiting.visitorId);
    if (windows.of(visiting.visitorId) >= MOST_SOCKETS.visitor + POLLS)
      throw new AppError("too-many-requests", "This visit has too many windows open.", {}, { "retry-after": "10" });
    const query = request.query as z.output<typeof chatPollQuery>;
    const frames = await poll(windows, door, visiting, query, request);
    const lastSeq = frames.reduce((most, f) => (f.type === "message" ? Math.max(most, f.seq) : most), query.after);
    const polled: z.input<typeof chatPolled> = { frames, lastSeq };
    return quiet(reply).send(polled);
  });

  // A scope of its own: here no body is parsed, whatever it says it is.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    const who = new WeakMap<FastifyRequest, Came>();
    // Before a byte of the file is taken in: whoever may not send one fills no memory with it.
    scope.addHook("onRequest", async (request) => {
      const one = await came(request);
      limits.need("uploads", one.visiting.visitorId, 600);
      limits.need("uploadsOfAddress", one.address, 600);
      who.set(request, one);
    });
    scope.post(
      "/chat/:key/files",
      { bodyLimit: LARGEST_FILE, schema: { hide: true, querystring: chatUploadQuery } },
      async (request, reply) => {
        const { door, visiting } = who.get(request)!;
        const content = Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
        const { name } = request.query as z.output<typeof chatUploadQuery>;
        return quiet(reply).send(await takeUpload(house, door, visiting, { name, content }));
      },
    );
  });

  framePage(app, deps);
}

function quiet(reply: FastifyReply): FastifyReply {
  return reply.header("cache-control", "no-store").type("application/json; charset=utf-8");
}

/** Frames since a line: at once where there are some, else the first that come within the time. */
async function poll(
  windows: ChatWindows,
  door: ChatDoor,
  visiting: Visiting,
  { after, wait }: { after: number; wait: number },
  request: FastifyRequest,
): Promise<ChatFrame[]> {
  const frames: ChatFrame[] = [];
  let came = () => {};
  const something = new Promise<void>((done) => {
    came = done;
  });
  const window: Window = {
    ...{ door, ...visiting, after },
    send(frame) {
      frames.push(frame);
      // What only repeats the present state ends no wait.
      if (frame.type === "message" || frame.type === "typing" || frame.type === "ended") came();
    },
    shut: () => came(),
  };
  request.raw.socket.once("close", came);
  let timer: NodeJS.Timeout | undefined;
  try {
    await windows.open(window);
    if (frames.some((f) => f.type === "message") || wait === 0) return frames;
    await Promise.race([
      something,
      new Promise<void>((done) => {
        timer = setTimeout(done, wait);
      }),
    ]);
    return frames;
  } finally {
    clearTimeout(timer);
    request.raw.socket.off("close", came);
    windows.close(window);
  }
}
