import { createHmac, createPublicKey, verify } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Rung } from "#contracts/escalation";
import { TEST_START } from "../../../../tests/support/database.ts";
import { escalationTown, rung } from "../../../../tests/support/escalation-town.ts";
import { eventually } from "../../../../tests/support/eventually.ts";
import { pushedBrowser } from "../../../../tests/support/open-push.ts";
import { makeDatabase } from "../../../../tests/support/own-database.ts";
import { fireTimers } from "../../../../tests/support/timers.ts";
import { ManualClock, MINUTE, SECOND } from "../../../platform/clock.ts";
import { addressFromUrl } from "../../../platform/database-url.ts";
import { json, openDatabase, sql, ts } from "../../../platform/db.ts";
import { uuidv7 } from "../../../platform/ids.ts";
import { silentLog } from "../../../platform/log.ts";
import { seal, setStop, stopHolds, stopOf, useKeyRing } from "../../company/index.ts";
import { staffOf } from "../../people/index.ts";
import { onAgentChanged } from "../reactions/on-agents-moved.ts";
import { ackLinks } from "./ack-links.ts";
import { acknowledgeByLink } from "./acts.ts";
import { changeCrisis, endCrisis, startCrisis } from "./crisis.ts";
import { escalationTimers } from "./index.ts";
import { startPager } from "./pager.ts";
import { openEscalations, stepsOf } from "./store/escalation-store.ts";
import { browsersOf, dropEndpoint, insertWebhook, keepBrowser, webhooksOf } from "./store/reach-store.ts";
import { sendPages, useMail } from "./ways-out.ts";
import { newWebhookSecret } from "./webhook-out.ts";

// Its own: a pager sends what is due of all accounts.
const own = await makeDatabase();
const clock = new ManualClock(TEST_START);
const db = openDatabase(await addressFromUrl(own.url), clock, { appConnections: 4, systemConnections: 2 });
interface Heard {
  path: string;
  headers: IncomingMessage["headers"];
  body: Buffer;
}
let tool: Server;
let heard: Heard[] = [];
let answers: number[] = [];
let base = "";
const mails: { to: string; subject: string; text: string }[] = [];
const links = ackLinks(new Uint8Array(32).fill(7), "https://desk.example");
const pager = startPager(
  {
    ...{ db, clock, log: silentLog, links, publicUrl: "https://desk.example", mayBeInside: true },
    mail: async (mail) => void mails.push(mail),
    request: async (address, { headers = {}, body = "" }) => {
      heard.push({ path: address, headers, body: Buffer.from(body) });
      return { status: answers.shift() ?? 201, headers: {}, body: Buffer.alloc(0) };
    },
  },
  false,
);

beforeAll(async () => {
  useKeyRing(new Uint8Array(32).fill(7));
  useMail(true);
  tool = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      heard.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(answers.shift() ?? 201).end();
    });
  });
  await new Promise<void>((done) => tool.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(tool.address() as AddressInfo).port}`;
});
afterAll(async () => {
  useMail(false);
  await pager.close();
  await db.close();
  await own.drop();
  await new Promise((done) => tool.close(done));
});

async function town(ladder: (ids: Record<string, string>) => Rung[]) {
  heard = [];
  answers = [];
  mails.length = 0;
  return escalationTown({ db, clock }, ladder);
}

describe("ways to people", () => {
  test("a webhook is signed, tried again, and dead when it takes nothing: that is escalated", async () => {
    const t = await town((ids) => [rung({ severity: 4, owner: { kind: "agent", id: ids.alice! } })]);
    const secret = newWebhookSecret();
    const hookId = uuidv7(clock.now());
    await t.run(async (tx) =>
      insertWebhook(tx, {
        id: hookId,
        name: "Pager tool",
        url: `${base}/hook`,
        secret: await seal(tx, Buffer.from(secret)),
      }),
    );
    answers = [503, 200];
    const { id } = (await t.open("t", 4))!;
    await pager.drain();
    expect(heard).toHaveLength(1);
    await pager.drain();
    expect(heard).toHaveLength(1);
    clock.advance(5_000);
    await pager.drain();
    expect(heard).toHaveLength(2);
    const [first, again] = heard as [Heard, Heard];
    const { "webhook-id": hook, "webhook-timestamp": at, "webhook-signature": signature } = again.headers;
    expect(hook).toBe(first.headers["webhook-id"]);
    const expected = createHmac("sha256", Buffer.from(secret.slice(6), "base64"))
      .update(`${hook}.${at}.${again.body}`)
      .digest("base64");
    expect(signature).toBe(`v1,${expected}`);
    expect(JSON.parse(again.body.toString())).toMatchObject({
      type: "page",
      data: { escalationId: id, severity: 4, agent: { name: "alice" } },
    });

    answers = Array.from({ length: 20 }, () => 500);
    await t.open("other", 4);
    for (let i = 0; i < 10; i++) {
      await pager.drain();
      clock.advance(16 * MINUTE);
    }
    expect((await t.run(webhooksOf))[0]).toMatchObject({ state: "dead", trouble: "It answered 500." });
    await t.read();
    const dead = (await t.run((tx) => openEscalations(tx))).find((e) => e.trigger === "way-dead");
    expect(dead?.paged).toEqual([t.ids.marek]);
  });

  test("a browser that is signed out of is asked no more, and none of who was suspended", async () => {
    const t = await town((ids) => [rung({ owner: { kind: "agent", id: ids.alice! } })]);
    const { p256dh, auth } = await pushedBrowser();
    const alice = t.ids.alice!;
    const left = () => t.run(async (tx) => (await browsersOf(tx, [alice])).map((one) => one.endpoint));
    for (const n of [1, 2, 3]) {
      const endpoint = `https://push.example/${n}`;
      const browser = { id: uuidv7(clock.now()), agentId: alice, endpoint, p256dh, auth, name: "", since: clock.now() };
      await t.run((tx) => keepBrowser(tx, browser));
      clock.advance(1);
    }
    // Nobody else's sign-out ends it.
    expect(await t.run((tx) => dropEndpoint(tx, "https://push.example/1", t.ids.marek!))).toBe(false);
    expect(await t.run((tx) => dropEndpoint(tx, "https://push.example/1", alice))).toBe(true);
    const changed = [{ payload: { agentId: alice, what: "changed" } }] as never;
    await t.run((tx) => onAgentChanged.handle(tx, changed));
    expect(await left()).toEqual(["https://push.example/2", "https://push.example/3"]);
    await t.run((tx) =>
      sql`update agent set state = 'suspended' where account_id = ${tx.accountId} and id = ${alice}`.execute(
        tx.tables(),
      ),
    );
    await t.run((tx) => onAgentChanged.handle(tx, changed));
    expect(await left()).toEqual([]);
  });

  test("a browser is reached by Web Push with the account's own key; one that is gone is forgotten", async () => {
    const t = await town((ids) => [rung({ owner: { kind: "agent", id: ids.alice! } })]);
    const { p256dh, auth, read } = await pushedBrowser();
    const browser = { id: uuidv7(clock.now()), agentId: t.ids.alice!, name: "Firefox", since: clock.now() };
    await t.run((tx) =>
      keepBrowser(tx, {
        ...browser,
        endpoint: "https://push.example/x",
        ...{ p256dh, auth },
      }),
    );
    answers = [201, 201, 410];
    const { id } = (await t.open())!;
    await pager.drain();
    const call = heard.find((h) => h.path === "https://push.example/x")!;
    expect(call.headers).toMatchObject({ "content-encoding": "aes128gcm", urgency: "high", ttl: "3600" });
    expect(call.body.includes("Something is wrong")).toBe(false);
    const [, jwt, publicKey] = /^vapid t=(.+), k=(.+)$/.exec(String(call.headers.authorization))!;
    const raw = Buffer.from(publicKey!, "base64url");
    const jwk = {
      kty: "EC",
      crv: "P-256",
      x: raw.subarray(1, 33).toString("base64url"),
      y: raw.subarray(33).toString("base64url"),
    };
    const [head, claims, signature] = jwt!.split(".");
    const signed = verify(
      "sha256",
      Buffer.from(`${head}.${claims}`),
      { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" },
      Buffer.from(signature!, "base64url"),
    );
    expect(signed).toBe(true);
    expect(JSON.parse(Buffer.from(claims!, "base64url").toString()).aud).toBe("https://push.example");
    // Notices name no customer and quote nothing until the agent says otherwise: then the desk's worker has words of its own.
    const shown = { title: "Severity 1", url: "/escalations", for: t.ids.alice };
    expect(await read(call.body)).toEqual({ ...shown, tag: id });
    const notices = {
      kinds: {},
      ...{ volume: 60, hideWords: false, quiet: null, hushUntil: null, graveRings: true },
    };
    await t.run((tx) =>
      sql`insert into agent_preference (account_id, agent_id, name, value, saved_at)
        values (${tx.accountId}, ${t.ids.alice!}, 'notices', ${json(notices)}::jsonb, ${ts(tx.now)})`.execute(
        tx.tables(),
      ),
    );
    const second = (await t.open("second"))!;
    await pager.drain();
    const last = heard.findLast((h) => h.path === "https://push.example/x")!;
    expect(await read(last.body)).toEqual({ ...shown, body: "Something is wrong.", tag: second.id });
    await t.open("third");
    await pager.drain();
    expect(await t.run((tx) => browsersOf(tx, [t.ids.alice!]))).toEqual([]);
  });

  test("the link in a mail acknowledges its own step, once, and nothing else; what was answered is not sent any more", async () => {
    const t = await town((ids) => [
      rung({ severity: 2, owner: { kind: "agent", id: ids.alice! }, deputies: [{ kind: "agent", id: ids.bob! }] }),
    ]);
    const { id } = (await t.open("t", 2))!;
    await pager.drain();
    const token = /page\/(\S+)/.exec(mails[0]!.text)![1]!;
    expect(mails[0]).toMatchObject({ to: "alice@northwind.example", subject: "[severity 2] Something is wrong." });
    const link = links.read(token)!;
    expect(links.read(token.replace(/.$/, (c) => (c === "A" ? "B" : "A")))).toBeNull();
    expect(links.read(token.replace(t.ids.alice!, t.ids.bob!))).toBeNull();
    // Bob is asked now: Alice's link is over.
    clock.advance(10 * MINUTE);
    await fireTimers(db, t.accountId, escalationTimers);
    expect(await t.run((tx) => acknowledgeByLink(tx, link))).toBe("passed-on");
    const bobs = { ...link, agentId: t.ids.bob!, pages: 2 };
    expect(await t.run((tx) => acknowledgeByLink(tx, bobs))).toBe("done");
    expect(await t.run((tx) => acknowledgeByLink(tx, bobs))).toBe("had");
    expect((await t.now(id)).owner).toBe(t.ids.bob);
    await pager.drain();
    // Bob's own mail had not left yet when he had it.
    expect(mails).toHaveLength(1);
  });

  test("several who cannot be reached at once all stand in the log", async () => {
    const t = await town(() => []);
    const { id } = (await t.open("t", 2))!;
    await pager.drain();
    const page = { pages: 9, agentIds: [t.ids.alice!, t.ids.bob!, t.ids.marek!] };
    const payload = { severity: 2, says: "x", test: false };
    await t.run(async (tx) => sendPages(tx, await staffOf(tx), { ...page, escalationId: id, payload }));
    const deps = { db, clock, log: silentLog, links, publicUrl: "https://desk.example", mayBeInside: true };
    const noMail = startPager({ ...deps, mail: null }, false);
    await noMail.drain();
    await noMail.close();
    const steps = await t.run((tx) => stepsOf(tx, id));
    expect(
      steps
        .filter((s) => s.act === "not-reached")
        .map((s) => s.agentId)
        .toSorted(),
    ).toEqual([...page.agentIds].toSorted());
  });

  test("a step is sent once, also when it is written down twice", async () => {
    const t = await town(() => []);
    const page = {
      escalationId: uuidv7(clock.now()),
      pages: 1,
      agentIds: [t.ids.alice!],
      payload: { severity: 2, says: "x", test: false },
    };
    for (let i = 0; i < 2; i++) await t.run(async (tx) => sendPages(tx, await staffOf(tx), page));
    await pager.drain();
    expect(mails).toHaveLength(1);
  });
});

describe("pages that are slow, and claims of who died", () => {
  /** Mails that leave when the test says so. */
  function slow() {
    const held = new Map<string, () => void>();
    const deps = { db, clock, log: silentLog, links, publicUrl: "https://desk.example", mayBeInside: true };
    const mail = (one: { subject: string }) =>
      new Promise<void>((done, refused) => {
        held.set(one.subject, () => (one.subject.includes("bounces") ? refused(new Error("No.")) : done()));
      });
    return { held, pager: startPager({ ...deps, mail }, false) };
  }
  const write = (t: Awaited<ReturnType<typeof town>>, says: string, pages: number, escalationId: string) =>
    t.run(async (tx) =>
      sendPages(tx, await staffOf(tx), {
        ...{ escalationId, pages, agentIds: [t.ids.alice!] },
        payload: { severity: 2, says, test: false },
      }),
    );

  test("a slow one holds up neither its account's others nor another account's", async () => {
    const [t, other] = [await town(() => []), await town(() => [])];
    await pager.drain();
    const { held, pager: slowly } = slow();
    for (let n = 1; n <= 10; n++) await write(t, `slow ${n}.`, n, uuidv7(clock.now()));
    expect(await slowly.look()).toBe(8);
    await write(other, "quick.", 1, uuidv7(clock.now()));
    expect(await slowly.look()).toBe(1);
    await eventually("nine are on their way", () => held.size === 9);
    held.get("[severity 2] quick.")!();
    await eventually("the quick one is sent", async () => (await stateOf(other)).join() === "sent");
    expect((await stateOf(t)).filter((state) => state === "sending")).toHaveLength(8);
    for (const leave of [...held.values()]) leave();
    await eventually("eight are sent", async () => (await stateOf(t)).filter((state) => state === "sent").length === 8);
    expect(await slowly.look()).toBe(2);
    await eventually("two more are on their way", () => held.size === 11);
    for (const leave of held.values()) leave();
    await slowly.close();
    expect(new Set(await stateOf(t))).toEqual(new Set(["sent"]));
  });

  test("a claim is kept while its page is being sent; of who died it is free in seconds, and who comes late changes nothing", async () => {
    const t = await town(() => []);
    const { id } = (await t.open("t", 2))!;
    await pager.drain();
    const isIt = (mail: { subject: string }) => mail.subject.includes("bounces");
    const { held, pager: first } = slow();
    await write(t, "bounces.", 9, id);
    await first.look();
    await eventually("it is on its way", () => held.size === 1);
    for (let n = 0; n < 3; n++) {
      clock.advance(4 * SECOND);
      await pager.drain();
      await first.look();
    }
    expect(mails.filter(isIt)).toEqual([]);
    // It says nothing more: dead for all the others know.
    clock.advance(6 * SECOND);
    await pager.drain();
    expect(mails.filter(isIt)).toHaveLength(1);
    for (const leave of held.values()) leave();
    await first.close();
    expect(await stateOf(t)).toEqual(["sent"]);
  });

  /** Of the pages that this wrote itself. */
  const stateOf = async (t: Awaited<ReturnType<typeof town>>): Promise<string[]> => {
    const rows = await t.run((tx) =>
      sql<{
        state: string;
      }>`select state from page_delivery where account_id = ${tx.accountId} and payload ->> 'says' ~ '^(slow|quick|bounces)' order by created_at, id`.execute(
        tx.tables(),
      ),
    );
    return rows.rows.map((row) => row.state);
  };
});

describe("a crisis", () => {
  test("pauses what the brand says in public, all but its spokesperson's; a stop by hand stays", async () => {
    const t = await town(() => []);
    const marek = t.actor("marek", ["crisis.lead"]);
    const asked = {
      brandId: t.brandId,
      topic: "Outage",
      spokespersonId: t.ids.alice!,
      pause: true,
      holding: "",
      escalationId: null,
      conversationIds: [],
    };
    await expect(t.run((tx) => startCrisis(tx, t.actor("bob"), asked))).rejects.toMatchObject({
      code: "not-permitted",
    });
    const crisis = await t.run((tx) => startCrisis(tx, marek, asked));
    const holds = async (audience: "public" | "private", who: string | null) =>
      t.run(async (tx) => {
        const stop = await stopOf(tx, t.brandId);
        return stop !== null && stopHolds(stop, { audience, agentId: who });
      });
    expect([
      await holds("public", t.ids.bob!),
      await holds("private", t.ids.bob!),
      await holds("public", t.ids.alice!),
      await holds("private", null),
    ]).toEqual([true, false, false, true]);
    const next = await t.run((tx) =>
      changeCrisis(tx, marek, crisis.id, { expectedVersion: 1, spokespersonId: t.ids.bob! }),
    );
    expect([await holds("public", t.ids.bob!), await holds("public", t.ids.alice!)]).toEqual([false, true]);
    await t.run((tx) => endCrisis(tx, marek, crisis.id, { expectedVersion: next.version, review: "Answer sooner." }));
    expect(await t.run((tx) => stopOf(tx, t.brandId))).toBeNull();

    await t.run((tx) => setStop(tx, { brandId: t.brandId, on: true, reason: "by hand", by: null }));
    const second = await t.run((tx) => startCrisis(tx, marek, asked));
    await t.run((tx) => endCrisis(tx, marek, second.id, { expectedVersion: 1, review: "Nothing." }));
    expect(await t.run((tx) => stopOf(tx, t.brandId))).toMatchObject({ reason: "by hand" });
  });
});
