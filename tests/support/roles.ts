import { randomUUID } from "node:crypto";
import { addTeam, setAgentSkills } from "../../server/modules/people/index.ts";
import { addQueue } from "../../server/modules/routing/index.ts";
import { sql } from "../../server/platform/db.ts";
import { ApiClient, type Json } from "./api-client.ts";
import { emailOf, PASSWORD } from "./company.ts";
import type { Desk } from "./server.ts";

/** A queue of another company's team. */
export interface Nights {
  queueId: string;
  teamId: string;
}
export const GERMAN = "@northwind mein Internet ist seit heute Morgen ausgefallen, wann geht es endlich wieder?";

export const FRENCH = "@northwind mon internet ne marche plus depuis ce matin, quand sera-t-il enfin réparé ?";

/** It takes what is written in one language; a further one may be of the same team. */
export async function openNights(desk: Desk, language = "de", ofTeam?: string): Promise<Nights> {
  const { accountId } = desk.company;
  return desk.db.withAccount(accountId, async (tx) => {
    const teamId = ofTeam ?? (await addTeam(tx, "Partners"));
    const calendars = await sql<{
      id: string;
    }>`select calendar_id as id from queue where account_id = ${accountId}`.execute(tx.tables());
    const targets = { urgent: 900_000, high: 1_800_000, normal: 3_600_000, low: 14_400_000 };
    const queueId = await addQueue(tx, {
      ...{ name: `Nights ${language}`, position: -1, teamId, calendarId: calendars.rows[0]!.id, targets },
      accepts: { languages: [language] },
    });
    return { queueId, teamId };
  });
}

export interface Right {
  verb: string;
  scope: string;
  scopeId: string | null;
}
/** Rights to several things in one place. */
export const rightsFor = (scope: string, scopeId: string | null, ...verbs: string[]): Right[] =>
  verbs.map((verb) => ({ verb, scope, scopeId }));

export interface Role {
  id: string;
  name: string;
  browser: ApiClient;
  /** By verb: what to delete to take a right back. */
  grantIds: Map<string, string>;
}

/** Somebody with these rights and no others, signed in and away. */
export async function roleWith(
  desk: Desk,
  name: string,
  rights: readonly Right[],
  { teamIds = [] as string[], here = false } = {},
): Promise<Role> {
  const marek = await desk.as("marek");
  const email = emailOf("dana", `${name.toLowerCase()}-${randomUUID()}.example`);
  const { id } = await marek.do("POST", "/api/agents", { name, initials: name[0], email, password: PASSWORD, teamIds });
  await desk.db.withAccount(desk.company.accountId, (tx) =>
    setAgentSkills(tx, id, [{ skillId: desk.company.skillId, level: 100 }]),
  );
  const grantIds = new Map<string, string>();
  for (const right of rights) {
    const made = await marek.do("POST", "/api/grants", { subjectKind: "agent", subjectId: id, ...right });
    grantIds.set(right.verb, made.id);
  }
  const browser = await new ApiClient(desk.url).signIn(email, PASSWORD);
  if (!here) await browser.do("PUT", "/api/presence/me", { state: "busy" });
  return { id, name, browser, grantIds };
}

/** Every id a conversation and what hangs on it has. */
export async function idsAbout(desk: Desk, conversationId: string): Promise<Set<string>> {
  const rows = await desk.database.query<{ id: string }>(
    `select $1::text as id
     union select message_id::text from placement where conversation_id::text = $1
     union select id::text from episode where conversation_id::text = $1
     union select id::text from work_item where conversation_id::text = $1
     union select o.id::text from offer o join work_item w on w.id = o.work_item_id where w.conversation_id::text = $1
     union select id::text from reply where conversation_id::text = $1
     union select id::text from note where conversation_id::text = $1`,
    [conversationId],
  );
  return new Set(rows.map((row) => row.id));
}

/** Conversations that a customer wrote, by the customer's handle. */
export async function conversationOf(browser: ApiClient, handle: string): Promise<Json | undefined> {
  const { items } = await browser.get("/api/desk/work?view=all&limit=100");
  return items.find((row: Json) => row.customer.handle === handle);
}
