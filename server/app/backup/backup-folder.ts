import { createHash, randomBytes } from "node:crypto";
import { createWriteStream, rmSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Transform, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { exitCodes, StartError } from "#platform/errors";

export const SUMS = "SHA256SUMS";
export const MANIFEST = "manifest.json";
export const tableFile = (table: string) => `tables/${table}.copy.zst`;
/** The only names that are read from or written to: nothing in a list of files leads out of the folder. */
export const FILE_NAME =
  /^(manifest\.json|tables\/[a-z][a-z0-9_]{0,62}\.copy\.zst|files\/[0-9a-f-]{36}\/[0-9a-f]{2}\/[0-9a-f]{64})$/;

/** Opens a file for writing; a test hands in one whose disk is full. */
export type OpenFile = (path: string) => Writable;
const openFile: OpenFile = (path) => createWriteStream(path, { flags: "wx", mode: 0o600, flush: true });

export interface BackupFolder {
  /** What stays under this name goes through the returned steps: its sum is noted. Fails when the disk is full. */
  write(name: string, content: AsyncIterable<Uint8Array>): Promise<{ bytes: number }>;
  /** The same as a stream to pipe into; `done` when the last byte is on disk. */
  sink(name: string): Promise<{ steps: [Transform, Writable]; done(): void }>;
  /** Lines of the list of sums so far. */
  sums(): number;
  /** Gives it the name that was asked for, all or nothing. */
  finish(): Promise<void>;
  /** Removes what was written so far. */
  discard(): Promise<void>;
}

/** A backup is written beside, under another name, and renamed when it is whole. */
export async function makeFolder(target: string, open: OpenFile = openFile): Promise<BackupFolder> {
  await refuseTaken(target);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const draft = join(dirname(target), `${basename(target)}.unfinished-${randomBytes(4).toString("hex")}`);
  const made = new Set<string>();
  const list: string[] = [];
  const onExit = () => rmSync(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  process.once("exit", onExit);

  async function folderOf(name: string): Promise<void> {
    const folder = join(draft, dirname(name));
    if (made.has(folder)) return;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (let up = folder; up.length >= draft.length; up = dirname(up)) made.add(up);
  }
  async function sink(name: string) {
    await folderOf(name);
    const hash = createHash("sha256");
    const summing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    const steps: [Transform, Writable] = [summing, open(join(draft, name))];
    return { steps, done: () => void list.push(`${hash.digest("hex")}  ${name}\n`) };
  }
  return {
    sink,
    async write(name, content) {
      const { steps, done } = await sink(name);
      let bytes = 0;
      await pipeline(
        content,
        async function* (chunks: AsyncIterable<Uint8Array>) {
          for await (const chunk of chunks) {
            bytes += chunk.length;
            yield chunk;
          }
        },
        ...steps,
      );
      done();
      return { bytes };
    },
    sums: () => list.length,
    async finish() {
      await pipeline(list, open(join(draft, SUMS)));
      for (const folder of [...made].sort((a, b) => b.length - a.length)) await syncFolder(folder);
      await syncFolder(draft);
      await refuseTaken(target);
      await rmdir(target).catch(() => {});
      await rename(draft, target);
      process.removeListener("exit", onExit);
      await syncFolder(dirname(target));
    },
    async discard() {
      await rm(draft, { recursive: true, force: true });
      process.removeListener("exit", onExit);
    },
  };
}

/** Drafts that a killed backup left beside the target. */
export async function unfinishedBeside(target: string): Promise<string[]> {
  const names = await readdir(dirname(target)).catch(() => [] as string[]);
  return names.filter((n) => /\.unfinished-[0-9a-f]{8}$/.test(n)).map((n) => join(dirname(target), n));
}

async function refuseTaken(target: string): Promise<void> {
  const there = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    if (error.code === "ENOTDIR") return ["a file"];
    throw new StartError(`${target} cannot be used (${error.code}). Name another folder.`, exitCodes["not-empty"]);
  });
  if (there.length > 0)
    throw new StartError(
      `${target} is there already and not empty. A backup never overwrites: name a folder that is not there, or remove this one.`,
      exitCodes["not-empty"],
    );
}

/** What was renamed or made is there for good only when its folder is on disk too. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  await handle.sync().finally(() => handle.close());
}
