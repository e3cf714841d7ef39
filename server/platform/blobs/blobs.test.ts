import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeAccount, openTestDatabase } from "../../../tests/support/database.ts";
import { openS3Server, type S3Server } from "../../../tests/support/s3-server.ts";
import { HOUR, systemClock } from "../clock.ts";
import { sql, type Tx } from "../db.ts";
import type { AccountId } from "../ids.ts";
import type { BlobFiles } from "./blob-files.ts";
import { type BlobKeys, type Blobs, createBlobs } from "./blobs.ts";
import { diskFiles } from "./disk-files.ts";
import { s3Files } from "./s3-files.ts";

const { db } = openTestDatabase();
let folder: string;
let s3: S3Server;
/** Stands for the account's key: each account turns the bits in its own way. */
const keys: BlobKeys = { seal: async (tx, bytes) => turn(tx, bytes), unseal: async (tx, bytes) => turn(tx, bytes) };
function turn(tx: Tx, bytes: Uint8Array): Buffer {
  const pad = createHash("sha256").update(tx.accountId).digest();
  return Buffer.from(bytes.map((byte, i) => byte ^ pad[i % 32]!));
}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hubbub-blobs-"));
  s3 = await openS3Server();
});
afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
  await db.close();
});
/** All that the port promises holds for each of them. */
const stores: Record<string, (name: string, folder: string) => BlobFiles> = {
  "on disk": (_, own) => diskFiles(own),
  "in a bucket": (name, own) =>
    s3Files(s3.place(`${name}/`), join(own, "arriving"), { clock: systemClock, wait: async () => {} }),
};

describe.each(Object.keys(stores))("%s", (store) => {
  async function house(options: { maxBytes?: number } = {}) {
    const { accountId } = await makeAccount(db);
    const own = join(folder, accountId);
    const place = stores[store]!(accountId, own);
    const blobs = createBlobs({ db, files: place, keys, linkKey: Buffer.alloc(32, 3), ...options });
    const act = <T>(run: (tx: Tx) => Promise<T>) => db.withAccount(accountId, run);
    const files = async () => {
      const found: string[] = [];
      for await (const { hashes } of place.all()) found.push(...hashes);
      return found;
    };
    /** The sealed bytes as they lie there. */
    const stored = async (hash: string) => bytesOf((await place.read({ accountId, hash }))!);
    const overwrite = async (hash: string, bytes: Buffer) =>
      place.keep(await place.write(Readable.from([bytes])), { accountId, hash });
    const arriving = () => readdir(join(own, "arriving")).catch(() => []);
    return { accountId, own, place, blobs, act, files, stored, overwrite, arriving };
  }
  async function read(
    blobs: Blobs,
    act: <T>(run: (tx: Tx) => Promise<T>) => Promise<T>,
    hash: string,
  ): Promise<Buffer> {
    return bytesOf((await act((tx) => blobs.open(tx, hash))).stream);
  }
  const rowsOf = (act: <T>(run: (tx: Tx) => Promise<T>) => Promise<T>) =>
    act(
      async (tx) =>
        (
          await sql<{ hash: string; refs: number; state: string; wrapped_key: Buffer | null }>`
          select hash, refs, state, wrapped_key from blob where account_id = ${tx.accountId}`.execute(tx.tables())
        ).rows,
    );
  const PHOTO = randomBytes(150_000);
  const PHOTO_HASH = createHash("sha256").update(PHOTO).digest("hex");

  describe("blobs", () => {
    it("come back as they were put, as bytes or as a stream, and lie there unreadable", async () => {
      const { blobs, act, stored } = await house();
      const words = Buffer.from("the invoice of Carla Ruiz".repeat(100));
      const a = await act((tx) => blobs.put(tx, words, "text/plain"));
      const b = await act((tx) => blobs.put(tx, Readable.from([PHOTO.subarray(0, 9), PHOTO.subarray(9)]), "image/png"));
      expect(b).toEqual({ hash: PHOTO_HASH, bytes: PHOTO.length, refs: 1 });
      expect(await read(blobs, act, a.hash)).toEqual(words);
      expect((await read(blobs, act, b.hash)).equals(PHOTO)).toBe(true);
      const opened = await act((tx) => blobs.open(tx, b.hash));
      opened.stream.destroy();
      expect(opened).toMatchObject({ mime: "image/png", bytes: PHOTO.length });
      expect((await stored(a.hash)).includes("Carla")).toBe(false);
    });

    it("put twice are one file with two references; the file goes with the last", async () => {
      const { blobs, act, files, arriving } = await house();
      expect((await act((tx) => blobs.put(tx, PHOTO, "image/png"))).refs).toBe(1);
      expect((await act((tx) => blobs.put(tx, PHOTO, "image/png"))).refs).toBe(2);
      expect(await files()).toEqual([PHOTO_HASH]);
      expect(await arriving()).toEqual([]);
      await act((tx) => blobs.drop(tx, PHOTO_HASH));
      await blobs.settled();
      expect((await read(blobs, act, PHOTO_HASH)).equals(PHOTO)).toBe(true);
      await act((tx) => blobs.drop(tx, PHOTO_HASH));
      await blobs.settled();
      expect(await files()).toEqual([]);
      expect(await rowsOf(act)).toEqual([]);
      await expect(act((tx) => blobs.open(tx, PHOTO_HASH))).rejects.toMatchObject({ code: "not-found" });
      // One too many changes nothing.
      await act((tx) => blobs.drop(tx, PHOTO_HASH));
    });

    it("put by six at the same moment are one readable file", async () => {
      const { blobs, act, files } = await house();
      const done = await Promise.all([1, 2, 3, 4, 5, 6].map(() => act((tx) => blobs.put(tx, PHOTO, "image/png"))));
      expect(done.map((d) => d.refs).sort()).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await files()).toEqual([PHOTO_HASH]);
      expect((await read(blobs, act, PHOTO_HASH)).equals(PHOTO)).toBe(true);
    });

    it("put while the last reference is dropped stay readable", async () => {
      const { blobs, act } = await house();
      await act((tx) => blobs.put(tx, PHOTO, "image/png"));
      await Promise.all([act((tx) => blobs.drop(tx, PHOTO_HASH)), act((tx) => blobs.put(tx, PHOTO, "image/png"))]);
      await blobs.settled();
      expect((await read(blobs, act, PHOTO_HASH)).equals(PHOTO)).toBe(true);
    });

    it("of one account are nothing to another, even with the file copied over", async () => {
      const [one, two] = [await house(), await house()];
      await one.act((tx) => one.blobs.put(tx, PHOTO, "image/png"));
      await expect(two.act((tx) => one.blobs.open(tx, PHOTO_HASH))).rejects.toMatchObject({ code: "not-found" });
      await two.act((tx) => two.blobs.put(tx, PHOTO, "image/png"));
      await two.overwrite(PHOTO_HASH, await one.stored(PHOTO_HASH));
      await expect(read(two.blobs, two.act, PHOTO_HASH)).rejects.toThrow();
    });

    it("larger than allowed are refused and leave nothing, and so does a stream that breaks", async () => {
      const { blobs, act, files, arriving } = await house({ maxBytes: 1_000 });
      await expect(act((tx) => blobs.put(tx, Buffer.alloc(1_001), "a/b"))).rejects.toMatchObject({ code: "too-large" });
      const breaking = Readable.from(
        (async function* () {
          yield Buffer.alloc(10);
          throw new Error("the network hung up");
        })(),
      );
      await expect(act((tx) => blobs.put(tx, breaking, "a/b"))).rejects.toThrow("hung up");
      expect([await files(), await arriving(), await rowsOf(act)]).toEqual([[], [], []]);
    });

    it("a stream is stored once: a transaction tried again says so instead of storing nothing", async () => {
      const { blobs, act } = await house();
      const stream = Readable.from([PHOTO]);
      let tries = 0;
      const retried = act(async (tx) => {
        await blobs.put(tx, stream, "image/png");
        if (++tries < 2) throw Object.assign(new Error("deadlock"), { code: "40P01" });
      });
      await expect(retried).rejects.toThrow("stored once");
      expect(await rowsOf(act)).toEqual([]);
    });
  });

  describe("a crash", () => {
    it("between file and row leaves a file that nobody can read and the sweep removes; putting it again works before and after", async () => {
      const { blobs, act, files } = await house();
      const crashed = act(async (tx) => {
        await blobs.put(tx, PHOTO, "image/png");
        throw new Error("killed before the commit");
      });
      await expect(crashed).rejects.toThrow("killed");
      expect(await files()).toEqual([PHOTO_HASH]);
      await expect(act((tx) => blobs.open(tx, PHOTO_HASH))).rejects.toMatchObject({ code: "not-found" });
      await act((tx) => blobs.put(tx, PHOTO, "image/png"));
      expect((await read(blobs, act, PHOTO_HASH)).equals(PHOTO)).toBe(true);
      expect(await blobs.sweep(Date.now())).toBe(0);

      const other = randomBytes(10);
      await act(async (tx) => {
        await blobs.put(tx, other, "a/b");
        throw new Error("killed");
      }).catch(() => {});
      expect(await blobs.sweep(Date.now())).toBe(1);
      expect(await files()).toEqual([PHOTO_HASH]);
    });

    it("while a file arrives leaves a piece that the sweep removes after an hour, not before", async () => {
      const { own, blobs, arriving } = await house();
      const piece = join(own, "arriving", "piece");
      await mkdir(join(own, "arriving"), { recursive: true });
      await writeFile(piece, "half");
      const now = Date.now();
      await utimes(piece, now / 1_000, (now - HOUR) / 1_000 - 1);
      await writeFile(join(own, "arriving", "fresh"), "half");
      expect(await blobs.sweep(now)).toBe(1);
      expect(await arriving()).toEqual(["fresh"]);
    });

    it("between the last drop and the file's removal leaves a file for the sweep", async () => {
      const { blobs, act, files } = await house();
      await act((tx) => blobs.put(tx, PHOTO, "image/png"));
      // The row goes without what follows a commit.
      await act((tx) => sql`delete from blob where account_id = ${tx.accountId}`.execute(tx.tables()));
      expect(await blobs.sweep(Date.now())).toBe(1);
      expect(await files()).toEqual([]);
    });

    it("sweeping while somebody stores does not take the file away", async () => {
      const { blobs, act } = await house();
      let stored = () => {};
      const inPlace = new Promise<void>((resolve) => {
        stored = resolve;
      });
      let mayCommit = () => {};
      const gate = new Promise<void>((resolve) => {
        mayCommit = resolve;
      });
      const storing = act(async (tx) => {
        await blobs.put(tx, PHOTO, "image/png");
        stored();
        await gate;
      });
      await inPlace;
      const sweeping = blobs.sweep(Date.now());
      mayCommit();
      await storing;
      expect(await sweeping).toBe(0);
      expect((await read(blobs, act, PHOTO_HASH)).equals(PHOTO)).toBe(true);
    });
  });

  describe("erasure", () => {
    it("is real: no key in the row, no file, and an old copy of the file opens with nothing that is left", async () => {
      const { blobs, act, files, stored, overwrite } = await house();
      await act((tx) => blobs.put(tx, PHOTO, "image/png"));
      await act((tx) => blobs.put(tx, PHOTO, "image/png"));
      const backup = await stored(PHOTO_HASH);
      await act((tx) => blobs.erase(tx, PHOTO_HASH));
      await blobs.settled();
      expect(await files()).toEqual([]);
      expect(await rowsOf(act)).toEqual([{ hash: PHOTO_HASH, refs: 2, state: "erased", wrapped_key: null }]);
      await overwrite(PHOTO_HASH, backup);
      await expect(act((tx) => blobs.open(tx, PHOTO_HASH))).rejects.toMatchObject({ code: "not-found" });
      // Handed in anew it has a new key, and the old copy stays unreadable.
      await act((tx) => blobs.put(tx, PHOTO, "image/png"));
      expect((await read(blobs, act, PHOTO_HASH)).equals(PHOTO)).toBe(true);
      await overwrite(PHOTO_HASH, backup);
      await expect(read(blobs, act, PHOTO_HASH)).rejects.toThrow();
    });

    it("undone with its transaction leaves it readable", async () => {
      const { blobs, act } = await house();
      await act((tx) => blobs.put(tx, PHOTO, "image/png"));
      await act(async (tx) => {
        await blobs.erase(tx, PHOTO_HASH);
        throw new Error("no");
      }).catch(() => {});
      await blobs.settled();
      expect((await read(blobs, act, PHOTO_HASH)).equals(PHOTO)).toBe(true);
    });
  });

  describe("names", () => {
    it.each([
      "../../etc/passwd",
      "..",
      "",
      `${"a".repeat(63)}/`,
      "A".repeat(64),
      `${"a".repeat(64)}\u0000`,
      "a".repeat(65),
    ])("%j becomes no path", async (name) => {
      const { accountId, place: files, blobs, act } = await house();
      await expect(act((tx) => blobs.open(tx, name.replaceAll("\u0000", "")))).rejects.toMatchObject({
        code: "not-found",
      });
      await expect((async () => files.read({ accountId, hash: name }))()).rejects.toThrow("no name of a blob");
      await expect((async () => files.remove({ accountId: name as AccountId, hash: PHOTO_HASH }))()).rejects.toThrow(
        "no name of a blob",
      );
    });
  });
});

async function bytesOf(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
