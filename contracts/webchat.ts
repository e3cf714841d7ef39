/**
 * What crosses the wire between web chat's widget and the server. All addresses begin with `/chat/:key` (the channel's public key);
 * all but `POST session` carry the visitor's token as `Authorization: Bearer <token>`; the socket and the long poll may carry it as
 * `?token=`. No cookies are read or set. Refusals are problem details (RFC 9457).
 */
import { z } from "zod";
import { instant } from "./common.ts";

/** Sizes a widget has to keep; what is larger is refused. */
export const chatLimits = {
  textChars: 4_000,
  filesPerMessage: 5,
  latest: 50,
  pollMs: 25_000,
  frameBytes: 32_768,
} as const;

export const clientMsgId = z
  .uuid()
  .describe("Made by the widget, the same at each try: one message however often it is sent");
const seq = z.int().min(0).max(2_147_483_647);
const address = z.string().trim().toLowerCase().max(254).pipe(z.email());
const token = z.string().min(20).max(600);

/** A page of the host site, as the widget is told of it. The query and the fragment of its address are not kept. */
export const chatPage = z.object({
  url: z.string().max(2_000).default(""),
  title: z.string().max(300).default(""),
  referrer: z.string().max(2_000).default(""),
});
/** The page on which the visitor is, and those before it in this visit, the newest first. Only pages of the chat's own sites are kept. */
export const chatVisit = z.object({ page: chatPage, before: z.array(chatPage).max(10).default([]) });
/** `locale`: in which language the notice was shown. */
export const chatConsent = z.object({
  version: z.string().max(40),
  given: z.boolean(),
  locale: z.string().min(2).max(35).optional(),
});

/**
 * `identity`: a JWT (HS256) signed by the host site with the channel's identity secret: `sub`, `exp` (at most 24 hours ahead), and if it
 * likes `name`, `email`. A wrong or expired one is 401 `chat-identity-refused`; `invite`: the code of a private invite that led here.
 */
export const chatSessionAsk = z.object({
  visitorToken: token.optional(),
  identity: z.string().max(4_000).optional(),
  page: chatPage.default({ url: "", title: "", referrer: "" }),
  locale: z.string().min(2).max(35).default("en"),
  consent: chatConsent.optional(),
  invite: z.string().max(80).optional(),
});
export type ChatSessionAsk = z.input<typeof chatSessionAsk>;

/** `url` is a signed address of this server, good for a day; `image`: it may be shown in place, else it is only offered to be saved. */
export const chatFile = z.object({
  id: z.uuid(),
  name: z.string(),
  mime: z.string(),
  bytes: z.int(),
  image: z.boolean(),
  url: z.string(),
});
export type ChatFile = z.infer<typeof chatFile>;

/** One line of the visitor's log. `seq` grows by one with each line and never changes; `name` is the agent as disclosed. */
export const chatMessage = z.object({
  type: z.literal("message"),
  seq,
  id: z.uuid(),
  from: z.enum(["visitor", "agent", "system"]),
  name: z.string().optional(),
  text: z.string(),
  at: instant,
  clientMsgId: z.uuid().optional(),
  files: z.array(chatFile),
});
export type ChatMessage = z.infer<typeof chatMessage>;

export const chatHours = z.object({ open: z.boolean(), opensAt: instant.nullable() });
/** Where the visitor stands in the queue: 1 is next. `waitMs` null: nobody can say. */
export const chatPlace = z.object({ position: z.int().min(1), waitMs: z.int().min(0).nullable() });

/** What the server sends on the socket, and in `frames` of the long poll. Frames of a type that is not known here are passed over. */
export const chatFrame = z.discriminatedUnion("type", [
  chatMessage,
  /** The agent writes; ends by itself after 8 s without another one. */
  z.object({ type: z.literal("typing"), on: z.boolean(), name: z.string() }),
  /** Of the visitor's own lines up to `upTo`: they stand before the desk; an agent has read them. Never goes back. */
  z.object({ type: z.literal("receipt"), upTo: seq, status: z.enum(["delivered", "read"]) }),
  /** `position` null: not waiting any more. */
  z.object({ type: z.literal("place"), position: z.int().min(1).nullable(), waitMs: z.int().min(0).nullable() }),
  z.object({ type: z.literal("hours"), open: z.boolean(), opensAt: instant.nullable() }),
  /** The next message of the visitor begins anew. */
  z.object({ type: z.literal("ended"), by: z.enum(["visitor", "agent", "system"]) }),
  /** What the client holds is not what stands here: ask for a session again and take its messages instead. */
  z.object({ type: z.literal("resync") }),
  /** A message sent on the socket was not taken; `again`: the same may be sent once more after `waitMs`. */
  z.object({
    type: z.literal("refused"),
    clientMsgId: z.string().optional(),
    code: z.string(),
    detail: z.string(),
    again: z.boolean(),
    waitMs: z.int().optional(),
  }),
  z.object({ type: z.literal("pong") }),
]);
export type ChatFrame = z.infer<typeof chatFrame>;

/** A message of the visitor: `POST messages`, and as a frame with `type: "message"`. `files`: ids of uploads, each used once. */
export const chatSend = z
  .object({
    clientMsgId,
    text: z.string().max(chatLimits.textChars).default(""),
    files: z.array(z.uuid()).max(chatLimits.filesPerMessage).default([]),
  })
  .refine((m) => m.text.trim() !== "" || m.files.length > 0, { message: "A message needs a text or a file." });
export type ChatSend = z.input<typeof chatSend>;
/** The line as it stands in the log: durable when this is answered. */
export const chatSent = z.object({ seq, message: chatMessage });

/**
 * What a client may send on `GET /chat/:key/socket?token=<token>&after=<seq>` (the server first sends all lines after `after`). The echo
 * of a message, with its `clientMsgId`, says that it is durable. The socket closes with 1008 (the token is not good: ask for a session),
 * 1013 (too many, come back later), 1001 (the server goes: connect again) or 1009 (a frame too large).
 */
export const chatClientFrame = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("message"),
    clientMsgId,
    text: z.string().max(chatLimits.textChars).default(""),
    files: z.array(z.uuid()).max(chatLimits.filesPerMessage).default([]),
  }),
  z.object({ type: z.literal("typing"), on: z.boolean() }),
  z.object({ type: z.literal("read"), upTo: seq }),
  chatVisit.extend({ type: z.literal("page") }),
  z.object({ type: z.literal("ping") }),
]);
export type ChatClientFrame = z.input<typeof chatClientFrame>;

/** A greeting that the widget shows by itself, at most once a day. `onPath`: a prefix of the host page's path, "" for every page. */
const greetingWords = { id: z.string(), text: z.string() };
const greetingRule = { afterMs: z.int(), onPath: z.string(), onlyWhenOpen: z.boolean() };
export const chatGreeting = z.object({ ...greetingWords, ...greetingRule });
export const chatConfig = z.object({
  brandName: z.string(),
  /** `#rrggbb`; the widget chooses the colour of text on them by contrast. */
  colours: z.object({ primary: z.string(), accent: z.string() }),
  position: z.enum(["left", "right"]),
  greeting: z.array(chatGreeting),
  hours: chatHours,
  /** Nothing may be sent before consent where it is required: 403 `chat-consent-needed`. */
  consent: z.object({ required: z.boolean(), version: z.string(), text: z.string() }),
  files: z.object({ mime: z.array(z.string()), maxBytes: z.int(), maxCount: z.int() }),
  /** Answers go on by mail when the visitor has left and `POST email` was given. */
  emailContinuation: z.boolean(),
  transcript: z.boolean(),
  /** Whether the pages of the visit are told (`POST page`, or a frame `page`), and with what stands behind the question mark. */
  pages: z.object({ shown: z.boolean(), query: z.boolean() }),
});
export type ChatConfig = z.infer<typeof chatConfig>;

export const chatSession = z.object({
  /** To be kept by the frame, and sent with everything else. A new one is given with each session; old ones live for 400 days. */
  visitorToken: z.string(),
  resumed: z.boolean(),
  config: chatConfig,
  conversation: z.object({ lastSeq: seq, ended: z.boolean() }),
  /** The latest lines, oldest first. */
  messages: z.array(chatMessage),
  receipts: z.object({ delivered: seq, read: seq }),
  /** What the visitor has read of ours: what lies behind is unread. */
  readUpTo: seq,
  /** As known here, to fill forms with; the address is shown only in part (`c…@example.com`). */
  visitor: z.object({ name: z.string(), email: z.string(), verified: z.boolean() }),
  consent: z.object({ version: z.string(), given: z.boolean() }).nullable(),
  place: chatPlace.nullable(),
});
export type ChatSession = z.infer<typeof chatSession>;

/** `GET events?after=<seq>&wait=<ms>`: frames since, or none when nothing came in `wait` (at most 25 s). Typing and receipts come, too. */
export const chatPollQuery = z.object({
  after: z.coerce.number().pipe(seq).default(0),
  wait: z.coerce.number().int().min(0).max(chatLimits.pollMs).default(chatLimits.pollMs),
  token: z.string().max(600).optional(),
});
export const chatPolled = z.object({ frames: z.array(chatFrame), lastSeq: seq });
export const chatSocketQuery = z.object({
  after: z.coerce.number().pipe(seq).default(0),
  token: z.string().max(600).optional(),
});

/** `POST files?name=<name>` with the bytes as its body; what they really are is sniffed. Answers a `chatFile`. */
export const chatUploadQuery = z.object({ name: z.string().min(1).max(200) });

export const chatTyping = z.object({ on: z.boolean() });
export const chatRead = z.object({ upTo: seq });
/** Continue by mail when I leave. */
export const chatEmail = z.object({ address });
export const chatTranscript = z.object({ address });
export const chatDone = z.object({ ok: z.literal(true) });

/** `POST /api/desk/conversations/:id/typing`: the agent writes. It also says that what the customer wrote was read. */
export const deskTyping = z.object({ on: z.boolean() });

/** Where a chat is looked after: `GET|PUT /api/channels/:id/webchat`. Texts and origins are checked field by field. */
const inLanguages = z.record(z.string().max(2), z.string().max(2_000)).default({});
export const chatSettingsView = z.object({
  origins: z.array(z.string().max(300)).max(50),
  primary: z.string().max(7),
  accent: z.string().max(7),
  position: z.enum(["left", "right"]),
  /** `text` where no language of `texts` (en, de, fr, es, it, pt, nl, ar) is the visitor's. */
  greeting: z.array(z.object({ ...greetingWords, texts: inLanguages, ...greetingRule })).max(20),
  consent: z.object({
    ...{ required: z.boolean(), version: z.string().max(40), text: z.string().max(2_000) },
    texts: inLanguages,
  }),
  files: z.object({ mime: z.array(z.string().max(100)).max(40), maxBytes: z.int(), maxCount: z.int() }),
  calendarId: z.uuid().nullable(),
  mailChannelId: z.uuid().nullable(),
  emailContinuation: z.boolean(),
  continueAfterMs: z.int(),
  transcript: z.boolean(),
  /** Agents see the page on which a visitor is; `query`: with what stands behind its question mark. */
  visit: z.object({ show: z.boolean(), query: z.boolean() }).default({ show: true, query: false }),
});
export type ChatSettingsView = z.infer<typeof chatSettingsView>;
const choice = z.object({ id: z.uuid(), name: z.string() });
export const chatSetUp = z.object({
  key: z.string(),
  name: z.string(),
  brandName: z.string(),
  /** The line that a site puts into its pages. */
  snippet: z.string(),
  /** What a site's content security policy has to allow, word by word. */
  policy: z.array(z.string()),
  /** The named sites, and when a page of each last showed the chat, to the minute; null: never yet. */
  sites: z.array(z.object({ origin: z.string(), helloAt: instant.nullable() })),
  calendars: z.array(choice),
  /** Mailboxes of the chat's brand. */
  mailboxes: z.array(choice),
  settings: chatSettingsView,
  version: z.int(),
});
export const saveChatSettings = z.object({ settings: chatSettingsView, expectedVersion: z.int().min(1) });
/** `POST /api/channels/:id/webchat/identity-secret`: shown this once; the one before it counts until the next is made. */
export const chatIdentitySecret = z.object({ identitySecret: z.string(), version: z.int() });
export type ChatSetUp = z.infer<typeof chatSetUp>;

const visitedPage = z.object({ url: z.string(), title: z.string() });
/** `GET /api/desk/conversations/:id/visit`: on which page the chat's visitor is, or was last; null where nothing is known of it. */
export const theirVisit = z.object({
  visit: z
    .object({
      page: visitedPage,
      /** Pages before it in this visit, the newest first. */
      before: z.array(visitedPage),
      /** The site is open before them now. */
      here: z.boolean(),
      seenAt: instant,
    })
    .nullable(),
});
export type TheirVisit = z.infer<typeof theirVisit>;

/** `GET /api/desk/conversations/:id/typing`: whether the customer writes now. */
export const theirTyping = z.object({ typing: z.boolean() });
