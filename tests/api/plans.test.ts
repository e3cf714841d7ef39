import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { roles } from "../../server/app/config.ts";
import { ApiClient } from "../support/api-client.ts";
import { type Company, emailOf, makeCompany, PASSWORD } from "../support/company.ts";
import { TEST_START } from "../support/database.ts";
import { type Asked, type Explained, explain, statementsOf } from "../support/explained.ts";
import { fillTown, type Town } from "../support/inbox-town.ts";
import { type Desk, openDesk } from "../support/server.ts";

/**
 * Of a tenfold history each statement may read this many times the buffers, and two for each of the 121 messages of a page: ids
 * that lie side by side in a short history share pages of an index. What reads the history itself reads ten times as many. At
 * full size the bench `inbox` measures the growth, 1.2 at most.
 */
const MOST_GROWTH = 2;
const SLACK = 242;
/**
 * Statements of a request without the frame of its two transactions: the look-up of the session, the rounds of reads, and the
 * note that a conversation was seen. (The first look of an agent in an hour adds the row of the audit.)
 */
const MOST_STATEMENTS = 5;
const [FEW, MANY] = [4_000, 40_000];
const OTHER = "southwind.example";

interface Side {
  company: Company;
  town: Town;
  client: ApiClient;
  /** Whose conversation is the longest. */
  customerId: string;
}

let desk: Desk;
let small: Side;
let large: Side;
beforeAll(async () => {
  // Only requests are served: what is heard was asked for by them.
  desk = await openDesk({ config: { roles: new Set(roles.filter((role) => role === "web")) } });
  const { playground, ...facts } = desk.network;
  const network = { baseUrl: playground.url, network: playground.network, ...facts };
  const other = await makeCompany(desk.db, desk.clock.now(), network, OTHER);
  const side = async (company: Company, messages: number, domain?: string): Promise<Side> => {
    const town = await fillTown(desk.database.url, company, messages, TEST_START);
    const client = await new ApiClient(desk.url).signIn(emailOf("priya", domain), PASSWORD);
    const { customer } = await client.get(`/api/desk/conversations/${town.longIds[0]}`);
    return { company, town, client, customerId: customer.id };
  };
  small = await side(desk.company, FEW);
  large = await side(other, MANY, OTHER);
}, 180_000);
afterAll(() => desk?.stop());

/** A request's statements, explained as the application role. The first times anything is asked, caches are filled and texts learnt. */
async function planOf({ client, company }: Side, path: string): Promise<{ asked: Asked[]; plan: Explained[] }> {
  for (let n = 0; n < 3; n++) await client.get(path);
  const asked = await statementsOf(() => client.get(path));
  return { asked, plan: await explain(desk.db.address.app, company.accountId, asked, { small: true }) };
}
function buffersByText(plan: readonly Explained[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { text, buffers } of plan) sums.set(text, (sums.get(text) ?? 0) + buffers);
  return sums;
}
/** What a statement may read of the longer history, given what it reads of the shorter one. */
const allowed = (few = 0) => MOST_GROWTH * few + SLACK;
const listing = (plan: readonly Explained[]) => plan.map((s) => `${s.buffers}: ${s.text}`).join("\n");

/** Tables that grow with the company's history. */
const GROWING = /^(message|placement|understanding|episode|work_item|conversation|customer|handle|event|audit|seen)/;

describe("hot requests, explained as the application role", () => {
  const waiting = (side: Side) => side.town.openIds.find((id) => !side.town.longIds.includes(id));
  const long = (side: Side) => side.town.longIds[0];
  const hot: [string, (side: Side) => string][] = [
    ["the team's work", () => "/api/desk/work?view=team&limit=10"],
    ["all work", () => "/api/desk/work?view=all&limit=10"],
    ["a conversation that waits", (side) => `/api/desk/conversations/${waiting(side)}`],
    ["a long conversation", (side) => `/api/desk/conversations/${long(side)}`],
    ["a customer's page", (side) => `/api/customers/${side.customerId}`],
  ];

  it.each(hot)("%s: reads no growing table from end to end, and not more of a longer history", async (_, path) => {
    const [before, after] = [await planOf(small, path(small)), await planOf(large, path(large))];
    expect(after.asked.length, listing(after.plan)).toBeGreaterThan(3);
    expect(after.asked.length, listing(after.plan)).toBeLessThanOrEqual(MOST_STATEMENTS);
    expect(after.plan.length, "each read of a round is explained by itself").toBeGreaterThan(after.asked.length);
    const whole = after.plan.flatMap((s) =>
      s.whole.filter((table) => GROWING.test(table)).map((t) => `${t}: ${s.text}`),
    );
    expect(whole).toEqual([]);
    const few = buffersByText(before.plan);
    for (const [text, many] of buffersByText(after.plan))
      expect(many, `${few.get(text)} buffers at ${FEW} messages: ${text}`).toBeLessThanOrEqual(allowed(few.get(text)));
  });

  it("would hear of what has no index, and of what reads more of a longer history", async () => {
    const all = async ({ company }: Side, text: string) =>
      explain(desk.db.address.app, company.accountId, [{ text, values: [] }], { small: true });
    expect((await all(large, "select relname from pg_class where relpages > 5"))[0]!.whole).toEqual(["pg_class"]);
    const words = "select count(*) from message where text like '%router%'";
    const [few, many] = [await all(small, words), await all(large, words)];
    expect(many[0]!.buffers).toBeGreaterThan(allowed(few[0]!.buffers));
  });
});
