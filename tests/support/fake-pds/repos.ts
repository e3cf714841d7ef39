import { Secp256k1Keypair } from "@atproto/crypto";
import { encode } from "@atproto/lex-cbor";
import { BlockMap, blocksToCarFile, cidForRecord, MemoryBlockstore, Repo, WriteOpAction } from "@atproto/repo";
import type { Clock } from "../../../server/platform/clock.ts";

export const POST = "app.bsky.feed.post";
// biome-ignore lint/suspicious/noExplicitAny: records are JSON of many shapes, and the tests look into them
export type Json = any;

export interface Person {
  did: string;
  handle: string;
  password: string;
  key: Secp256k1Keypair;
  repo: Repo;
  records: Map<string, { cid: string; value: Json; indexedAt: string }>;
  /** As `#account` tells it; null: all is well. */
  status: string | null;
}

export interface Frame {
  seq: number;
  bytes: Uint8Array;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
let dids = 0;
/** A did:plc of the right form, another one each time. */
function nextDid(): string {
  let n = BigInt(++dids) * 0x9e3779b97f4a7c15n;
  let out = "";
  for (let i = 0; i < 24; i++, n = (n * 6364136223846793005n + 1442695040888963407n) % (1n << 120n))
    out += LETTERS[Number((n >> 60n) & 31n)];
  return `did:plc:${out}`;
}

const TID = "234567abcdefghijklmnopqrstuvwxyz";
let lastMicros = 0n;
/** A record key made of time, always greater than the last one. */
export function nextTid(now: number): string {
  const micros = BigInt(now) * 1_000n;
  lastMicros = micros > lastMicros ? micros : lastMicros + 1n;
  let value = lastMicros << 10n;
  let out = "";
  for (let i = 0; i < 13; i++, value >>= 5n) out = TID[Number(value & 31n)] + out;
  return out;
}

/** Signed repositories in memory, and the sequence of everything that happened in them. */
export class Repos {
  readonly people = new Map<string, Person>();
  readonly frames: Frame[] = [];
  onFrame: (frame: Frame) => void = () => {};
  readonly #clock: Clock;
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async add(handle: string, password = "app-pass-0001"): Promise<Person> {
    const key = await Secp256k1Keypair.create();
    const did = nextDid();
    const repo = await Repo.create(new MemoryBlockstore(), did, key);
    const person: Person = { did, handle, password, key, repo, records: new Map(), status: null };
    this.people.set(did, person);
    this.tell("#identity", { did, handle });
    return person;
  }

  find(name: string): Person | undefined {
    return this.people.get(name) ?? [...this.people.values()].find((p) => p.handle === name);
  }

  async put(person: Person, rkey: string, value: Json, collection = POST): Promise<{ uri: string; cid: string }> {
    const path = `${collection}/${rkey}`;
    const before = person.records.get(path);
    const cid = await cidForRecord(value);
    await this.#commit(
      person,
      {
        action: before ? WriteOpAction.Update : WriteOpAction.Create,
        ...{ collection, rkey, record: value },
      },
      cid,
    );
    person.records.set(path, { cid: String(cid), value, indexedAt: new Date(this.#clock.now()).toISOString() });
    return { uri: `at://${person.did}/${path}`, cid: String(cid) };
  }

  async remove(person: Person, rkey: string, collection = POST): Promise<void> {
    await this.#commit(person, { action: WriteOpAction.Delete, collection, rkey }, null);
    person.records.delete(`${collection}/${rkey}`);
  }

  async #commit(person: Person, write: Json, cid: Json): Promise<void> {
    const done = await person.repo.formatCommit(write, person.key);
    person.repo = await person.repo.applyCommit(done);
    const blocks = new BlockMap().addMap(done.newBlocks).addMap(done.relevantBlocks);
    this.tell("#commit", {
      ...{ repo: person.did, commit: done.cid, rev: done.rev, since: done.since, tooBig: false, rebase: false },
      ...{ blocks: await blocksToCarFile(done.cid, blocks), blobs: [] },
      ops: [{ action: write.action, path: `${write.collection}/${write.rkey}`, cid }],
    });
  }

  /** Puts an event into the sequence. */
  tell(type: string, body: Json): Frame {
    const seq = (this.frames.at(-1)?.seq ?? 0) + 1;
    const time = new Date(this.#clock.now()).toISOString();
    const frame = { seq, bytes: frameOf(type, { seq, time, ...body }) };
    this.frames.push(frame);
    this.onFrame(frame);
    return frame;
  }
}

/** Two CBOR values one behind the other. */
export function frameOf(type: string, body: Json): Uint8Array {
  return Buffer.concat([encode({ op: 1, t: type }), encode(body)]);
}
export function errorFrame(error: string, message = ""): Uint8Array {
  return Buffer.concat([encode({ op: -1 }), encode({ error, message })]);
}
