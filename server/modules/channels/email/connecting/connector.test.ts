import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TEST_START } from "../../../../../tests/support/database.ts";
import { type ScriptedImap, startScriptedImap } from "../../../../../tests/support/scripted-imap.ts";
import { type ScriptedSmtp, startScriptedSmtp } from "../../../../../tests/support/scripted-smtp.ts";
import { ManualClock, MINUTE } from "../../../../platform/clock.ts";
import type { ChannelAccess } from "../../domain/adapter.ts";
import type { ConnectCheck } from "../../domain/connector.ts";
import { createRateBudget } from "../../domain/rate-budget.ts";
import { emailAdapter } from "../adapter.ts";
import { openLine } from "../mailbox/line.ts";
import { createTokens } from "../sign-in/tokens.ts";

let imap: ScriptedImap;
let smtp: ScriptedSmtp;
let endpoint: Server;
let tokenUrl: string;
/** What the token endpoint answers next, and what it was asked. */
let answer: { status: number; body: object };
const asked: URLSearchParams[] = [];
const clock = new ManualClock(TEST_START);
beforeAll(async () => {
  imap = await startScriptedImap(() => new Date(clock.now()));
  smtp = await startScriptedSmtp();
  endpoint = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      asked.push(new URLSearchParams(body));
      response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  tokenUrl = `http://127.0.0.1:${(endpoint.address() as { port: number }).port}/token`;
});
afterAll(async () => {
  await imap?.close();
  await smtp?.close();
  await new Promise((resolve) => endpoint?.close(resolve));
});
beforeEach(() => {
  imap.password = smtp.password = "mailbox-password";
  imap.accessToken = smtp.accessToken = "token-1";
  answer = { status: 200, body: { access_token: "token-1", expires_in: 3_600, refresh_token: "refresh-2" } };
  asked.length = 0;
  imap.faults.noFolder = null;
});

const soon = () => AbortSignal.timeout(15_000);
const connector = () => emailAdapter(clock).connect!;
const answers = (change: Record<string, string> = {}) => ({
  ...{ address: "Support@Northwind.example", password: "mailbox-password", user: "support", privateNetwork: "true" },
  ...{ imapHost: "127.0.0.1", imapPort: String(imap.port), imapSecurity: "plain" },
  ...{ smtpHost: "127.0.0.1", smtpPort: String(smtp.port), smtpSecurity: "plain" },
  ...change,
});
const oauth = (change: Record<string, string> = {}) =>
  answers({ password: "", clientId: "desk", clientSecret: "sesame", refreshToken: "refresh-1", tokenUrl, ...change });
async function accessBy(given: Record<string, string>): Promise<ChannelAccess> {
  const done = await connector().prepare(given, soon());
  if (!done.ok) throw new Error(done.says);
  return { channelId: crypto.randomUUID(), ...done.made };
}
const look = (access: ChannelAccess, now = clock.now()) =>
  connector().check(access, { hookUrl: "", now }, createRateBudget(), soon());
const halves = (found: readonly ConnectCheck[]) =>
  Object.fromEntries(found.map(({ half, state, fault }) => [half, fault ?? state]));
const says = (found: readonly ConnectCheck[], half: string) => found.find((one) => one.half === half)?.says ?? "";

describe("connecting a mailbox", () => {
  it("signs in, and looks at each half for real", async () => {
    const access = await accessBy(answers());
    expect(access).toMatchObject({ externalId: "support@northwind.example", secret: { password: "mailbox-password" } });
    expect(JSON.stringify(access.config)).not.toContain("mailbox-password");
    expect(halves(await look(access))).toEqual({
      ...{ "sign-in": "ok", receive: "ok", "sent-folder": "ok", send: "ok", clock: "not-tried" },
    });
  });

  it.each<[string, Record<string, string>, string | null, string, RegExp]>([
    ["a wrong password", { password: "wrong" }, "password", "wrong-secret", /app password/],
    ["an address that is none", { address: "support" }, "address", "refused", /name@company/],
    ["no secret at all", { password: "" }, "password", "refused", /password, or client id/],
    ["a port that is none", { imapPort: "imaps" }, "imapPort", "refused", /993/],
    ["a server that is not there", { imapPort: "9" }, "imapHost", "unreachable", /cannot be reached on port 9/],
    ["a server without encryption", { imapSecurity: "starttls" }, "imapSecurity", "not-encrypted", /does not offer/],
    ["a private address that nobody allowed", { privateNetwork: "" }, "imapHost", "private-address", /private/],
  ])("tells %s by its own sentence", async (_, change, need, fault, sentence) => {
    const done = await connector().prepare(answers(change), soon());
    expect(done).toMatchObject({ ok: false, need, fault });
    expect(done.ok ? "" : done.says).toMatch(sentence);
  });

  it("says that only one half works, when mail is read and cannot be sent", async () => {
    const access = await accessBy(answers());
    smtp.password = "another one";
    const found = await look(access);
    expect(halves(found)).toMatchObject({ "sign-in": "ok", receive: "ok", send: "missing-half" });
    expect(says(found, "send")).toMatch(/Mail is read, but 127\.0\.0\.1 does not let support send/);
  });

  it("says which folder is not there", async () => {
    const access = await accessBy(answers({ folders: "INBOX\nOrders" }));
    const found = await look(access);
    expect(halves(found)).toMatchObject({ receive: "missing-half" });
    expect(says(found, "receive")).toContain("no folder Orders");
  });

  it("says that the clock is off by ten minutes", async () => {
    const access = await accessBy(answers());
    imap.deliver("From: a@b.example\n\nHello", "INBOX", new Date(clock.now()));
    const found = await look(access, clock.now() - 10 * MINUTE);
    expect(halves(found)).toMatchObject({ clock: "clock-off" });
    expect(says(found, "clock")).toMatch(/10 minutes behind/);
  });
});

describe("OAuth", () => {
  it("signs in with XOAUTH2, and keeps the refresh token that came instead of the spent one", async () => {
    const access = await accessBy(oauth());
    expect(access.secret).toMatchObject({ refreshToken: "refresh-2", accessToken: "token-1", clientSecret: "sesame" });
    expect(Object.fromEntries(asked[0]!)).toMatchObject({
      grant_type: "refresh_token",
      refresh_token: "refresh-1",
      client_id: "desk",
    });
    expect(imap.sasl.at(-1)).toBe("user=support\u0001auth=Bearer token-1\u0001\u0001");
    expect(halves(await look(access))).toMatchObject({ "sign-in": "ok", send: "ok" });
    expect(smtp.tokens.at(-1)).toBe("token-1");
    // Good for an hour: nobody asks again.
    expect(asked).toHaveLength(1);
  });

  it.each<[string, { status: number; body: object }, string | null, string, RegExp]>([
    [
      "consent that has run out",
      { status: 400, body: { error: "invalid_grant" } },
      "refreshToken",
      "expired-token",
      /consent was withdrawn/,
    ],
    ["a scope that was not given", { status: 400, body: { error: "invalid_scope" } }, "scope", "wrong-scope", /scope/],
    [
      "an unknown application",
      { status: 401, body: { error: "invalid_client" } },
      "clientSecret",
      "wrong-secret",
      /client secret/,
    ],
    [
      "a token that the mailbox does not take",
      { status: 200, body: { access_token: "for-calendars", expires_in: 60_000 } },
      "scope",
      "wrong-scope",
      /right to read and send/,
    ],
    ["an endpoint that is ill", { status: 503, body: {} }, "imapHost", "unreachable", /HTTP 503/],
  ])("tells %s by its own sentence", async (_, next, need, fault, sentence) => {
    answer = next;
    const done = await connector().prepare(oauth(), soon());
    expect(done).toMatchObject({ ok: false, need, fault });
    expect(done.ok ? "" : done.says).toMatch(sentence);
    expect(done.ok ? "" : done.says).not.toMatch(/sesame|refresh-1/);
  });

  it("is renewed once by many who need it at once, and stored by compare-and-set", async () => {
    const stored: Record<string, string> = { refreshToken: "refresh-1", accessToken: "old", accessTokenUntil: "1" };
    let kept = 0;
    const access: ChannelAccess = {
      ...{ channelId: "one", externalId: "support", handle: "support" },
      config: (await accessBy(oauth())).config,
      secret: { ...stored },
      secrets: {
        read: async () => ({ ...stored }),
        keep: async (change, since) => {
          kept += 1;
          if (stored[since.name] === since.value) Object.assign(stored, change);
          return { ...stored };
        },
      },
    };
    asked.length = 0;
    const tokens = createTokens(clock);
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => tokens.of(access, soon()))))).toEqual(
      new Set(["token-1"]),
    );
    expect([asked.length, kept]).toEqual([1, 1]);
    expect(stored).toMatchObject({ refreshToken: "refresh-2", accessToken: "token-1" });
  });

  it("uses what another process has stored, when its own refresh token is spent", async () => {
    const stored: Record<string, string> = { refreshToken: "refresh-1", accessToken: "old", accessTokenUntil: "1" };
    const until = String(clock.now() + 3_600_000);
    const access: ChannelAccess = {
      ...{ channelId: "two", externalId: "support", handle: "support", secret: { ...stored } },
      config: (await accessBy(oauth())).config,
      secrets: {
        // Whoever was quicker stores between our two looks.
        read: async () => {
          const now = { ...stored };
          Object.assign(stored, { refreshToken: "refresh-9", accessToken: "token-9", accessTokenUntil: until });
          return now;
        },
        keep: async () => ({ ...stored }),
      },
    };
    answer = { status: 400, body: { error: "invalid_grant" } };
    expect(await createTokens(clock).of(access, soon())).toBe("token-9");
  });

  it("asks for a new token once, when the server has forgotten the old one before its time", async () => {
    const access = await accessBy(oauth());
    imap.accessToken = "token-3";
    answer = { status: 200, body: { access_token: "token-3", expires_in: 3_600 } };
    const line = await openLine(createTokens(clock), access, soon());
    line.close();
    expect(asked).toHaveLength(2);
  });
});
