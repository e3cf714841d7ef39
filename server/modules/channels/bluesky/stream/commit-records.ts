import type { PostOp } from "./frames.ts";

type Repo = Pick<typeof import("@atproto/repo"), "readCar" | "cborToLexRecord" | "verifyProofs">;
type ReadCar = Awaited<ReturnType<Repo["readCar"]>>;

const MAX_DEPTH = 32;

/** Reads the records of a commit's own CAR. A block whose hash is not its name makes the whole unreadable (it throws). */
export async function recordsOf(repo: Repo, blocks: Uint8Array, ops: readonly PostOp[]): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  const car: ReadCar = await repo.readCar(blocks);
  for (const { cid, bytes } of car.blocks.entries()) {
    const op = ops.find((o) => o.cid === String(cid));
    if (op) found.set(op.rkey, asJson(repo.cborToLexRecord(bytes), 0));
  }
  return found;
}

/** Whether the author's own key vouches for this record in this commit. */
export async function isProven(
  repo: Repo,
  blocks: Uint8Array,
  of: { did: string; collection: string; op: PostOp },
  signingKey: string,
): Promise<boolean> {
  try {
    const { readCar } = repo;
    const car = await readCar(blocks);
    const cid = [...car.blocks.cids()].find((c) => String(c) === of.op.cid);
    if (!cid) return false;
    const claims = [{ collection: of.collection, rkey: of.op.rkey, cid }];
    const done = await repo.verifyProofs(blocks, claims as never, of.did, signingKey);
    return done.verified.length === 1;
  } catch {
    return false;
  }
}

/** The data model's JSON form: a link is `{"$link"}`, bytes are `{"$bytes"}`. */
export function asJson(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new Error("the record is nested too deeply");
  if (Array.isArray(value)) return value.map((v) => asJson(v, depth + 1));
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64").replace(/=+$/, "") };
  if ("multihash" in value && "code" in value) return { $link: String(value) };
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, asJson(v, depth + 1)]));
}
