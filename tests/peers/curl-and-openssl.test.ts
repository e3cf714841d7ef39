import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Kit, SECRET, type Subscriber, startKit, startSubscriber } from "../../playground/test-support.ts";
import { type Company, SECRET as OURS, openTown, type Town } from "../support/channels-kit.ts";

const missing = [
  ["curl", "--version"],
  ["openssl", "version"],
].flatMap(([name, ask]) => (spawnSync(name!, [ask!]).error ? [name!] : []));
if (missing.length > 0)
  console.log(`curl-and-openssl: *not run*, because ${missing.join(" and ")} cannot be started here`);

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "hubbub-peer-curl-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

/** The bytes in a file, for programs that read files. */
function file(bytes: string): string {
  const path = join(folder, `bytes-${++files}`);
  writeFileSync(path, bytes);
  return path;
}

/** What openssl says is the HMAC-SHA256 of these bytes, in hex. */
async function hmac(secret: string, bytes: string): Promise<string> {
  const { stdout } = await run("openssl", ["dgst", "-sha256", "-hmac", secret, "-r", file(bytes)]);
  return stdout.split(" ")[0]!;
}

async function curl(...args: string[]): Promise<{ status: number; body: string }> {
  const { stdout } = await run("curl", ["-sS", "--noproxy", "*", "-m", "20", "-w", "\n%{http_code}", ...args]);
  const cut = stdout.lastIndexOf("\n");
  return { status: Number(stdout.slice(cut + 1)), body: stdout.slice(0, cut) };
}

describe.skipIf(missing.length > 0)("curl and openssl", () => {
  describe("as a company's own webhook receiver on the playground", () => {
    let kit: Kit;
    let subscriber: Subscriber;
    beforeAll(async () => {
      kit = await startKit();
      subscriber = await startSubscriber();
    });
    afterAll(async () => {
      await kit?.close();
      await subscriber?.close();
    });

    it("openssl finds the same signature over the raw bytes, and another one when a byte differs", async () => {
      expect((await kit.acme("POST", "/webhooks", { url: subscriber.url })).status).toBe(201);
      await kit.post("alice", "My line is down since 8:00 – please help é 🙂");
      await subscriber.until(() => subscriber.deliveries.length > 0);
      const { headers, raw } = subscriber.deliveries[0]!;
      const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["x-playground-signature"])) ?? [];
      expect(await hmac(SECRET, `${t}.${raw}`)).toBe(v1);
      expect(await hmac(SECRET, `${t}.${raw} `)).not.toBe(v1);
      expect(await hmac(`${SECRET}x`, `${t}.${raw}`)).not.toBe(v1);
    });
  });

  describe("as a network that calls our hook", () => {
    let town: Town;
    let company: Company;
    let hook: string;
    beforeAll(async () => {
      town = await openTown();
      company = await town.company();
      const url = await company.app.listen({ port: 0, host: "127.0.0.1" });
      hook = `${url}/hooks/${company.hookId}`;
    });
    afterAll(() => town?.close());

    async function deliver(body: string, signed: string): Promise<{ status: number; body: string }> {
      const t = Math.floor(town.clock.now() / 1_000);
      const signature = `X-Playground-Signature: t=${t},v1=${await hmac(OURS, `${t}.${signed}`)}`;
      return curl("-H", "Content-Type: application/json", "-H", signature, "--data-binary", `@${file(body)}`, hook);
    }

    it("what openssl signed is taken and becomes a message; what was changed on the way is refused", async () => {
      await town.sim("POST", "/sim/v1/posts", { text: `@${company.handle} where is my parcel? 📦` }, "carla");
      const body = JSON.stringify({
        network: town.playground.network,
        webhook: "wh_1",
        company: company.handle,
        events: await company.feed(),
      });
      expect((await deliver(body.replace("parcel", "refund"), body)).status).toBe(401);
      await company.channels.drainInbound();
      expect(await company.messages()).toEqual([]);
      expect(await deliver(body, body)).toMatchObject({ status: 200 });
      await company.channels.drainInbound();
      expect((await company.messages()).map((m) => m.text)).toEqual([`@${company.handle} where is my parcel? 📦`]);
    });
  });
});
