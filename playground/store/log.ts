import { type FileHandle, mkdir, open, readFile, stat, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import type { LogRecord } from "../domain/records.ts";

/** The append-only memory. `append` resolves when the record is on disk; records resolve in order. */
export type Log = {
  append(record: LogRecord): Promise<void>;
  /** Goes out with the next record or after a quarter of a second; for what may be lost and told again. */
  appendLazily(record: LogRecord): void;
  /** Resolves when all that was appended so far is on disk. */
  settled(): Promise<void>;
  bytes(): number;
  /** The first write error; after it nothing is accepted any more. */
  failure(): Error | null;
  close(): Promise<void>;
};

const LAZY_MS = 250;

/** Reads what is there (cutting a torn last line off) and opens the log for appending. */
export async function openLog(path: string, take: (record: LogRecord) => void): Promise<Log> {
  await mkdir(dirname(path), { recursive: true });
  let size = await readRecords(path, take);
  const file = await open(path, "a", 0o600);
  await syncFolder(dirname(path));
  let pending: string[] = [];
  let pendingDone = Promise.withResolvers<void>();
  let flushing: Promise<void> | null = null;
  let failed: Error | null = null;
  let lazy: NodeJS.Timeout | null = null;

  async function flush(): Promise<void> {
    while (pending.length > 0) {
      const bytes = Buffer.from(pending.join(""));
      const done = pendingDone;
      pending = [];
      pendingDone = Promise.withResolvers();
      try {
        if (failed) throw failed;
        size = await writeSynced(file, bytes, size);
        done.resolve();
      } catch (error) {
        failed ??= error as Error;
        done.reject(failed);
      }
    }
    flushing = null;
  }

  function push(record: LogRecord): Promise<void> {
    pending.push(`${JSON.stringify(record)}\n`);
    const { promise } = pendingDone;
    promise.catch(() => {}); // a lazy record has nobody who waits
    return promise;
  }

  function start(): void {
    if (lazy) clearTimeout(lazy);
    lazy = null;
    flushing ??= Promise.resolve().then(flush); // records of the same turn share one sync
  }

  return {
    append(record) {
      const done = push(record);
      start();
      return done;
    },
    appendLazily(record) {
      push(record);
      if (!flushing) lazy ??= setTimeout(start, LAZY_MS);
    },
    async settled() {
      if (pending.length > 0) {
        const { promise } = pendingDone;
        start();
        await promise;
      } else await flushing;
      if (failed) throw failed;
    },
    bytes: () => size,
    failure: () => failed,
    async close() {
      if (pending.length > 0) start();
      await flushing;
      await file.close();
    },
  };
}

/** The same without a disk. */
export function memoryLog(): Log {
  const done = Promise.resolve();
  return {
    append: () => done,
    appendLazily: () => {},
    settled: () => done,
    bytes: () => 0,
    failure: () => null,
    close: () => done,
  };
}

async function writeSynced(file: FileHandle, bytes: Buffer, expected: number): Promise<number> {
  const before = (await file.stat()).size;
  if (before !== expected) {
    throw new Error("Another program writes into the playground's log: stop one of the two and start again.");
  }
  await file.appendFile(bytes);
  await file.datasync();
  return expected + bytes.length;
}

async function readRecords(path: string, take: (record: LogRecord) => void): Promise<number> {
  const there = await stat(path).catch(() => null);
  if (!there) return 0;
  const bytes = await readFile(path);
  let start = 0;
  for (let n = 1; start < bytes.length; n++) {
    const end = bytes.indexOf(10, start);
    const record = end < 0 ? null : parseRecord(bytes.toString("utf8", start, end), n);
    if (!record) {
      const isLast = end < 0 || end === bytes.length - 1;
      if (!isLast) throw new Error(`The log ${path} is damaged in line ${n}: restore it from a copy, or move it away.`);
      await truncate(path, start); // torn by a kill: it was never acknowledged
      return start;
    }
    take(record);
    start = end + 1;
  }
  return start;
}

function parseRecord(line: string, n: number): LogRecord | null {
  try {
    const record = JSON.parse(line) as LogRecord;
    return record?.n === n && typeof record.fact?.type === "string" ? record : null;
  } catch {
    return null;
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  await folder.sync().finally(() => folder.close());
}
