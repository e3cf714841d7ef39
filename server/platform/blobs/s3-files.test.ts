import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openS3Server, type S3Server } from "../../../tests/support/s3-server.ts";
import { type Millis, systemClock } from "../clock.ts";
import { exitCodes } from "../errors.ts";
import { uuidv7 } from "../ids.ts";
import type { BlobFiles } from "./blob-files.ts";
import { checkBucket } from "./s3-check.ts";
import type { S3Place } from "./s3-client.ts";
import { s3Files } from "./s3-files.ts";

let s3: S3Server;
let folder: string;
const pauses: Millis[] = [];
const opened: BlobFiles[] = [];
const options = {
  clock: systemClock,
  wait: async (ms: Millis) => void pauses.push(ms),
  // Ten times what a loaded machine takes to answer; only a line that is silent for good waits it out.
  idleMs: 1_500,
  pageKeys: 3,
};
beforeAll(async () => {
  s3 = await openS3Server();
  folder = await mkdtemp(join(tmpdir(), "hubbub-s3-files-"));
});
afterEach(async () => {
  pauses.length = 0;
  for (const files of opened.splice(0)) await files.close();
});
afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

const CONTENT = randomBytes(400_000);
const HASH = "ab".repeat(32);
function house(over: Partial<S3Place> = {}) {
  const name = randomUUID();
  const files = s3Files(s3.place(`${name}/`, over), join(folder, name), options);
  opened.push(files);
  const of = { accountId: uuidv7(systemClock.now()), hash: HASH };
  const put = async (content: Buffer = CONTENT) => files.keep(await files.write(Readable.from([content])), of);
  const get = async () => {
    const stream = await files.read(of);
    return stream && Buffer.concat((await stream.toArray()) as Buffer[]);
  };
  return { files, of, put, get, arriving: () => readdir(join(folder, name)) };
}

describe("a line that is bad", () => {
  it.each([
    ["500 twice", [{ status: 500 }, { status: 503, code: "SlowDown" }]],
    ["silence", ["hang", { status: 429 }]],
    ["an answer lost after the file was taken", ["after", "after"]],
  ] as const)("%s: what is put is put again, with pauses between, and is there", async (_, faults) => {
    const { put, get, arriving } = house();
    s3.faults(...faults);
    await put();
    expect(pauses).toEqual([200, 600]);
    expect((await get())?.equals(CONTENT)).toBe(true);
    expect(await arriving()).toEqual([]);
  });

  it("cut in the middle of an answer: reading goes on where it was, without a byte lost or doubled", async () => {
    const { put, get } = house();
    await put();
    s3.faults("cut", { status: 500 }, "cut");
    expect((await get())?.equals(CONTENT)).toBe(true);
    s3.faults("cut", "cut", "cut", "cut");
    await expect(get()).rejects.toMatchObject({ name: "S3Failure" });
  });

  it("bad for too long: it says so as a fault of the line, and what was to be put stays for another try", async () => {
    const { files, of, arriving } = house();
    const arrived = await files.write(Readable.from([CONTENT]));
    s3.faults(...Array.from({ length: 5 }, () => ({ status: 500 })));
    await expect(files.keep(arrived, of)).rejects.toMatchObject({ code: "EBLOBSTORE", status: 500 });
    expect(pauses).toEqual([200, 600, 1_800, 5_000]);
    expect(await arriving()).toHaveLength(1);
    await files.keep(arrived, of);
  });

  it("a list that is cut is read anew, and a removal that was not heard is done", async () => {
    const { files, of, put, get } = house();
    await put();
    s3.faults("cut");
    const found = [];
    for await (const page of files.all()) found.push(...page.hashes);
    expect(found).toEqual([HASH]);
    s3.faults("after");
    await files.remove(of);
    expect(await get()).toBeNull();
  });

  it("nothing there is nothing, without a second question", async () => {
    const { get, files, of } = house();
    s3.asked.length = 0;
    expect(await get()).toBeNull();
    await files.remove(of);
    expect(s3.asked).toEqual(["GET", "DELETE"]);
  });

  it("a refusal is not asked again", async () => {
    const { put } = house({ secret: "wrong" });
    s3.asked.length = 0;
    await expect(put()).rejects.toMatchObject({ status: 403, why: "SignatureDoesNotMatch" });
    expect([s3.asked.length, pauses]).toEqual([1, []]);
  });

  it("a reader that goes away in the middle leaves no line open, and the next is served", async () => {
    const { files, of, put, get } = house();
    await put();
    for (let i = 0; i < 40; i++) (await files.read(of))!.destroy();
    expect((await get())?.equals(CONTENT)).toBe(true);
  });

  it("many pages of a list are one list", async () => {
    const { files, of } = house();
    const hashes = Array.from({ length: 7 }, (_, i) => String(i).repeat(64));
    for (const hash of hashes) await files.keep(await files.write(Readable.from([Buffer.of(1)])), { ...of, hash });
    const found = [];
    for await (const page of files.all()) found.push(...page.hashes);
    expect(found.sort()).toEqual(hashes);
  });
});

describe("the look at a bucket before anything is trusted to it", () => {
  const MINE = "1".repeat(64);
  const check = (over: Partial<S3Place> = {}, prefix = `${randomUUID()}/`, owner = MINE) =>
    checkBucket(s3.place(prefix, over), owner, options);

  it("finds a good one good, also the second time, and leaves nothing but the owner's mark", async () => {
    const prefix = `${randomUUID()}/`;
    await check({}, prefix);
    await check({}, prefix);
    s3.faults({ status: 500 });
    await check({}, prefix);
  });

  it.each<[string, Partial<S3Place>, RegExp]>([
    ["a wrong secret", { secret: "wrong-secret" }, /refuses the key \(SignatureDoesNotMatch\).*HUBBUB_BLOBS_S3_SECRET/],
    ["a key nobody has", { key: "NOBODY" }, /refuses the key \(InvalidAccessKeyId\)/],
    ["no such bucket", { bucket: "elsewhere" }, /"elsewhere" .* is not there\. Make it/],
    ["nobody at the address", { endpoint: "http://127.0.0.1:1" }, /cannot be reached: ECONNREFUSED/],
    ["a host that is none", { endpoint: "http://no-such-host.invalid" }, /cannot be reached: (ENOTFOUND|EAI_AGAIN)/],
  ])("%s: one sentence, exit code 21, no secret in it", async (_, over, says) => {
    const failed = await check(over).then(
      () => null,
      (error: Error & { exitCode: number }) => error,
    );
    expect(failed?.message).toMatch(says);
    expect(failed?.exitCode).toBe(exitCodes["blob-store"]);
    expect(failed?.message).not.toContain("wrong-secret");
  });

  it.each<[number, string, RegExp]>([
    [403, "AccessDenied", /does not let the key put, get, list and delete \(AccessDenied\)/],
    [403, "RequestTimeTooSkewed", /clock/],
    [301, "PermanentRedirect", /to be found elsewhere \(301\)/],
    [400, "Strange", /does not work/],
  ])("%i %s", async (status, code, says) => {
    s3.faults({ status, code });
    await expect(check()).rejects.toThrow(says);
  });

  it("refuses a place that holds another installation's files", async () => {
    const prefix = `${randomUUID()}/`;
    await check({}, prefix);
    await expect(check({}, prefix, "2".repeat(64))).rejects.toThrow(/another installation/);
    await check({}, `${prefix}b/`, "2".repeat(64));
  });
});
