import * as channels from "#modules/channels";
import * as company from "#modules/company";
import * as conversations from "#modules/conversations";
import * as customers from "#modules/customers";
import * as desk from "#modules/desk";
import * as insights from "#modules/insights";
import * as listening from "#modules/listening";
import * as people from "#modules/people";
import * as routing from "#modules/routing";
import * as workforce from "#modules/workforce";
import type { Clock } from "#platform/clock";
import type { Routes } from "#platform/http/routes";
import type { LiveMapping, LiveWhere } from "#platform/journal/live";
import type { Reader } from "#platform/journal/reader";
import type { TimerHandler } from "#platform/timers";

/** The rooms of the house in their order. Nothing else lists them. */
const all = { company, people, channels, listening, customers, conversations, workforce, routing, desk, insights };

type Parts = {
  reader?: Reader;
  /** Further ones, that nobody waits for. */
  readers?: readonly Reader[];
  timers?: Readonly<Record<string, TimerHandler>>;
  liveMappings?: readonly LiveMapping[];
  liveWhere?: LiveWhere;
};
const parts = Object.values(all) as Parts[];

export const readers: readonly Reader[] = parts.flatMap((m) =>
  [m.reader, ...(m.readers ?? [])].filter((reader) => reader !== undefined),
);
export const liveMappings: readonly LiveMapping[] = parts.flatMap((m) => m.liveMappings ?? []);
/** Where things stand, by the kind of thing: what live notices ask before they are told. */
export const liveWhere: LiveWhere = Object.assign({}, ...parts.map((m) => m.liveWhere ?? {}));
export const timerHandlers: Readonly<Record<string, TimerHandler>> = Object.assign(
  {},
  ...parts.map((m) => m.timers ?? {}),
);

export interface RouteDeps {
  session: people.SessionRouteDeps;
  channels: Parameters<typeof channels.routes>[1];
  invites: { links: conversations.InviteLinks; clock: Clock };
  asks: { links: desk.SideLinks; mails: boolean; clock: Clock };
  chat: { publicUrl: string; types(visitorId: string): boolean };
}

/** All addresses of the API. */
export function registerRoutes(r: Routes, deps: RouteDeps): void {
  people.sessionRoutes(r, deps.session);
  people.preferenceRoutes(r);
  company.companyRoutes(r, { need: people.need, audit: people.audit });
  company.calendarRoutes(r, { need: people.need, audit: people.audit });
  people.peopleRoutes(r, { queueIsHere: routing.queueIsHere });
  channels.routes(r, deps.channels);
  listening.monitorRoutes(r);
  listening.thingRoutes(r);
  listening.trendRoutes(r);
  listening.alarmRoutes(r);
  listening.learningRoutes(r);
  conversations.routes(r);
  workforce.capacityRoutes(r, routing.capacityKinds);
  routing.routes(r);
  routing.escalationRoutes(r, { mayBeInside: deps.channels.mayBeInside === true });
  desk.deskRoutes(r);
  desk.voiceRoutes(r);
  desk.fileRoutes(r, deps.channels.running);
  desk.joinRoutes(r);
  desk.togetherRoutes(r);
  desk.askRoutes(r);
  desk.approvalRoutes(r);
  desk.customerRoutes(r);
  desk.identityRoutes(r);
  desk.supervisionRoutes(r);
  desk.inviteRoutes(r, deps.invites.links);
  channels.webchatApi(r, deps.chat.publicUrl);
  desk.typingRoutes(r, deps.chat.types);
  desk.visitRoutes(r);
  desk.whyRoutes(r);
  desk.loopRoutes(r);
  desk.macroRoutes(r);
  desk.searchRoutes(r);
  desk.moderationRoutes(r);
  desk.newsRoutes(r);
  desk.forMeRoutes(r, deps.asks);
  desk.askPages(r.app, { db: r.db, ...deps.asks });
  desk.invitePages(r.app, { db: r.db, ...deps.invites });
  insights.insightsRoutes(r);
  insights.outcomeRoutes(r);
  insights.replayRoutes(r);
  insights.stitchReplayRoutes(r);
}
