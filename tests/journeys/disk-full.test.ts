import { execFileSync } from "node:child_process";
import { createHash, createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MINUTE } from "../../server/platform/clock.ts";
import { eventually } from "../support/eventually.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { OUTAGE, type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
});
afterAll(() => desk?.stop());

/** A place for the raw input that can be full: a small file system of its own, or a refusal in the same words where nobody may mount one. */
interface Disk {
  readonly real: boolean;
  makeRoom(): Promise<void>;
  remove(): Promise<void>;
}

async function smallDisk(): Promise<Disk> {
  const { database } = desk;
  const parts = await database.query<{ name: string }>(
    "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'raw_inbox'::regclass",
  );
  const folder = mkdtempSync(join(tmpdir(), "hubbub-small-disk-"));
  let mounted = false;
  try {
    const [place] = await database.query<{ data_directory: string }>("show data_directory");
    const { uid, gid } = statSync(place!.data_directory);
    const size = (size: string) => `size=${size},uid=${uid},gid=${gid},mode=700`;
    execFileSync("mount", ["-t", "tmpfs", "-o", size("3m"), "tmpfs", folder], { stdio: "ignore" });
    mounted = true;
    const name = `small_${randomUUID().slice(0, 8)}`;
    await database.query(`create tablespace ${name} location '${folder}'`);
    for (const part of parts) await database.query(`alter table ${part.name} set tablespace ${name}`);
    return {
      real: true,
      makeRoom: async () => void execFileSync("mount", ["-o", `remount,${size("64m")}`, folder]),
      async remove() {
        for (const part of parts) await database.query(`alter table ${part.name} set tablespace pg_default`);
        await database.query(`drop tablespace ${name}`);
        execFileSync("umount", [folder]);
        rmdirSync(folder);
      },
    };
  } catch {
    if (mounted) execFileSync("umount", [folder]);
    rmdirSync(folder);
    await refuse("raw_inbox", "octet_length(new.body) > 100000 or (select sum(length(body)) from raw_inbox) > 1000000");
    return { real: false, makeRoom: () => allow("raw_inbox"), remove: async () => {} };
  }
}

/** Each insert that fits `when` is refused as PostgreSQL refuses on a full disk; `full_tries` counts on. */
async function refuse(table: string, when: string): Promise<void> {
  await desk.database.query("create sequence if not exists full_tries");
  await desk.database.query("grant usage on sequence full_tries to public");
  await desk.database.query(`create function full_${table}() returns trigger language plpgsql as $$ begin
    if ${when} then perform nextval('full_tries'); raise 'could not extend file: No space left on device' using errcode = '53100'; end if; return new; end $$`);
  await desk.database.query(
    `create trigger full_${table} before insert on ${table} for each row execute function full_${table}()`,
  );
}
const allow = async (table: string) => void (await desk.database.query(`drop trigger full_${table} on ${table}`));

/** A push of the network with so many letters that no compression makes fewer. */
async function push(letters: number): Promise<Response> {
  let text = "";
  for (let n = 0; text.length < letters; n++) text += createHash("sha512").update(String(n)).digest("base64url");
  const id = `po_${randomUUID()}`;
  const at = new Date(desk.clock.now()).toISOString();
  const author = { id: "pr_filler", handle: "filler", name: "Filler", followers: 1 };
  const post = { id, rootId: id, author, text: text.slice(0, letters), revision: 1, createdAt: at };
  const body = JSON.stringify({ network: "nw_1", events: [{ id: `ev_${id}`, type: "post.created", at, post }] });
  const t = Math.floor(desk.clock.now() / 1_000);
  const v1 = createHmac("sha256", desk.network.appSecret).update(`${t}.${body}`).digest("hex");
  return fetch(`${desk.url}/hooks/${desk.company.hookId}`, {
    ...{ method: "POST", body },
    headers: { "content-type": "application/json", "x-playground-signature": `t=${t},v1=${v1}` },
  });
}

const count = async (statement: string, values: unknown[] = []) =>
  (await desk.database.query<{ n: number }>(statement, values))[0]!.n;
const known = (text: string) => count("select count(*)::int as n from message where text like $1", [`%${text}%`]);

it("input on a full disk is refused until there is room, and nothing is lost that was taken", async () => {
  const disk = await smallDisk();
  try {
    let taken = 0;
    let refused: Response | null = null;
    for (let n = 0; n < 40 && refused === null; n++) {
      const answer = await push(250_000);
      if (answer.status === 200) taken += 1;
      else refused = answer;
    }
    expect(refused?.status).toBe(503);
    expect(Number(refused!.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused!.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(await refused!.json()).toMatchObject({ code: "overloaded", status: 503 });
    const health = await desk.nobody().ask("/healthz");
    expect(health.status).toBe(503);
    expect(health.body.reasons).toEqual([
      { part: "disk", reason: expect.stringMatching(/disk .* is full.*Make room/) },
    ]);
    // People go on talking, and the desk can still be read.
    const carla = await story.newcomer();
    await desk.network.post(carla, `${OUTAGE} (said on a full disk) ${"why? ".repeat(70)}`);
    expect((await (await desk.as("priya")).ask("/api/desk/work?view=all")).status).toBe(200);

    await disk.makeRoom();
    await eventually("what was said meanwhile is here", async () => (await known("said on a full disk")) === 1, 20_000);
    expect((await push(250_000)).status).toBe(200);
    await desk.quiet();
    expect(await count("select count(*)::int as n from message where author_id = 'pr_filler'")).toBe(taken + 1);
    expect(await count("select count(*)::int as n from parked_event")).toBe(0);
    expect(await count("select count(*)::int as n from raw_inbox where state = 'quarantined'")).toBe(0);
    desk.travel(MINUTE);
    expect((await desk.nobody().ask("/healthz")).status).toBe(200);
  } finally {
    await disk.remove();
  }
}, 60_000);

it("a reader that finds no room tries until there is some, and parks nothing", async () => {
  await refuse("placement", "true");
  const dora = await story.newcomer("Dora Lenz");
  await desk.network.post(dora, `${OUTAGE} (placed on a full disk)`);
  await eventually("it was tried more often than a sick event is", async () => {
    desk.travel(2_000);
    return (await count("select last_value::int as n from full_tries")) > 12;
  });
  expect(await count("select count(*)::int as n from parked_event")).toBe(0);
  expect((await desk.nobody().ask("/healthz")).body.reasons).toMatchObject([{ part: "disk" }]);
  await allow("placement");
  const placed =
    "select count(*)::int as n from placement p join message m on m.id = p.message_id where m.text like $1";
  await eventually("it has its place", async () => (await count(placed, ["%(placed on a full disk)%"])) === 1);
  await desk.quiet();
  expect(await count("select count(*)::int as n from reader_try")).toBe(0);
}, 60_000);
