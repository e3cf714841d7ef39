import { z } from "zod";
import { expectedVersion, id, instant } from "./common.ts";

/** A place in a query or in a text: UTF-16 units. */
export const spot = z.object({ at: z.int().min(0), length: z.int().min(0) });

/** What is wrong with a query, where, and what to write there; `code` is stable, `says` is English. */
export const queryFault = spot.extend({ code: z.string(), says: z.string(), write: z.string().nullable() });
export type QueryFaultView = z.infer<typeof queryFault>;
/** Worth a word although it is no fault: `small-operator` (or), `no-word` (a term without one). */
export const queryNotice = spot.extend({ code: z.string(), text: z.string() });
export type QueryNoticeView = z.infer<typeof queryNotice>;

/** Colours a monitor is told apart by; the screen has one of each for light and for dark. */
export const monitorColours = ["grey", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink"] as const;
export const accents = z.enum(["fold", "keep"]);

const language = z.string().regex(/^[a-zA-Z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, "a language code such as en or pt-BR");
/** The longest query (shared/query). */
const query = z.string().min(1).max(20_000);

/** `brandId` null: for all brands. `accents` keep: café is not cafe. `languages` empty: any. `tag`: a free word to group by. */
export const monitorBody = z.object({
  name: z.string().trim().min(1).max(80),
  query,
  brandId: id.nullable().default(null),
  accents: accents.default("fold"),
  languages: z.array(language).max(20).default([]),
  colour: z.enum(monitorColours).default("blue"),
  tag: z.string().trim().max(40).default(""),
  on: z.boolean().default(true),
});
export type MonitorBody = z.input<typeof monitorBody>;

/** POST /api/monitors takes `monitorBody`; PUT /api/monitors/:id this. */
export const monitorChange = monitorBody.extend({ expectedVersion });
export type MonitorChange = z.input<typeof monitorChange>;
/** PUT /api/monitors/:id/switch */
export const monitorSwitch = z.object({ on: z.boolean(), expectedVersion });
/** DELETE /api/monitors/:id */
export const monitorRemoval = z.object({ expectedVersion });

export const monitorView = z.object({
  id,
  brandId: id.nullable(),
  name: z.string(),
  query: z.string(),
  accents,
  languages: z.array(z.string()),
  colour: z.enum(monitorColours),
  tag: z.string(),
  on: z.boolean(),
  version: z.int(),
  createdAt: instant,
  createdBy: z.string().nullable().describe("name of the agent; null: a program"),
  changedAt: instant,
  /** What it caught: messages of the last 24 hours and the newest of all. */
  hits24h: z.int(),
  lastHitAt: instant.nullable(),
  /** The actor may change it. */
  canManage: z.boolean(),
});
export type MonitorView = z.infer<typeof monitorView>;
/** GET /api/monitors; `canMake`: the actor may make one for some brand or for all. */
export const monitorList = z.object({ monitors: z.array(monitorView), canMake: z.boolean() });
export type MonitorList = z.infer<typeof monitorList>;

/** GET /api/monitors/:id/versions: newest first; what it asked for, and from when. */
export const monitorVersions = z.object({
  versions: z.array(
    z.object({
      version: z.int(),
      at: instant,
      by: z.string().nullable(),
      change: z.enum(["made", "changed", "on", "off", "removed"]),
      name: z.string(),
      query: z.string(),
      accents,
      languages: z.array(z.string()),
      on: z.boolean(),
    }),
  ),
});
export type MonitorVersions = z.infer<typeof monitorVersions>;

/** POST /api/monitors/try: a query as it stands on the screen, asked of recent traffic; changes nothing. */
export const monitorTry = z.object({
  query: z.string().max(20_000),
  accents: accents.default("fold"),
  languages: z.array(language).max(20).default([]),
  brandId: id.nullable().default(null),
  /** So many examples at most. */
  examples: z.int().min(0).max(50).default(10),
});
export type MonitorTry = z.input<typeof monitorTry>;
export const monitorTried = z.object({
  /** Null: the query can be asked. With a fault nothing was counted. */
  fault: queryFault.nullable(),
  notices: z.array(queryNotice),
  /** Posts that were looked at: those kept here, and those the listening streams heard lately and dropped. */
  of: z.object({ kept: z.int(), heard: z.int(), from: instant.nullable(), to: instant.nullable() }),
  hits: z.int(),
  /** At this rate; null where the span is too short to say. */
  perDay: z.number().nullable(),
  examples: z.array(
    z.object({
      /** Null: heard only, not kept. */
      messageId: id.nullable(),
      network: z.string(),
      author: z.string(),
      text: z.string(),
      at: instant,
      /** What matched, in the text. */
      spans: z.array(spot),
    }),
  ),
  /** Each part of the query that looks for something: how many of the posts hold it by itself. */
  terms: z.array(spot.extend({ text: z.string(), posts: z.int() })),
});
export type MonitorTried = z.infer<typeof monitorTried>;

/** POST /api/monitors/adopt: a query of another tool in our language. */
export const queryTools = ["x", "brandwatch", "meltwater", "talkwalker"] as const;
export const queryAdopt = z.object({ query, tool: z.enum(["any", ...queryTools]).default("any") });
export type QueryAdopt = z.input<typeof queryAdopt>;
export const queryAdopted = z.object({
  query: z.string(),
  /** `changed`: said in other words. `wider`, `narrower`: it finds more or less than it did. Places are in the given query. */
  notes: z.array(spot.extend({ code: z.enum(["changed", "wider", "narrower"]), text: z.string(), says: z.string() })),
  /** Of the adopted query. */
  fault: queryFault.nullable(),
});
export type QueryAdopted = z.infer<typeof queryAdopted>;

/** Why a message was caught, beside each monitor: the words that did it. */
export const monitorHit = z.object({ monitorId: id, spans: z.array(spot) });
export type MonitorHit = z.infer<typeof monitorHit>;
/** GET /api/monitors/:id/posts: what it caught, newest first. */
export const monitorPosts = z.object({
  items: z.array(
    z.object({
      messageId: id,
      channelId: id,
      network: z.string(),
      author: z.string(),
      handle: z.string(),
      followers: z.int().nullable(),
      text: z.string(),
      at: instant,
      permalink: z.string().nullable(),
      language: z.string(),
      sentiment: z.string(),
      noise: z.boolean(),
      spans: z.array(spot),
      /** What else was understood of it, each with how sure that is (null: somebody said it) and the words of the text that made it. */
      labels: z.array(
        z.object({ task: z.string(), value: z.string(), score: z.number().nullable(), words: z.array(spot) }),
      ),
      /** All monitors that caught it. */
      monitors: z.array(id),
    }),
  ),
  next: z.string().nullable(),
});
export type MonitorPosts = z.infer<typeof monitorPosts>;
