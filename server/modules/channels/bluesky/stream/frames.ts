import { POST } from "../at-uri.ts";

/** What one frame of com.atproto.sync.subscribeRepos brings, in the form of a Jetstream line; records stay unread until asked for. */
export type RepoEvent =
  | { kind: "commit"; seq: number; did: string; at: string; ops: PostOp[]; blocks: Uint8Array }
  | { kind: "identity"; seq: number; did: string; at: string; handle: string }
  | { kind: "account"; seq: number; did: string; at: string; active: boolean; status: string }
  /** `outdated`: what lies between our cursor and the next event is lost. */
  | { kind: "info"; outdated: boolean; name: string }
  /** The other side ends the line. */
  | { kind: "error"; name: string; message: string }
  /** Of a kind that says nothing to us, or one that cannot be read (`seq` 0). */
  | { kind: "other"; seq: number; what: string };

export interface PostOp {
  action: "create" | "update" | "delete";
  rkey: string;
  cid: string;
}

type Codec = Pick<typeof import("@atproto/lex-cbor"), "decodeAll">;

const PREFIX = `${POST}/`;

/** A frame is two CBOR values one behind the other: `{op, t}` and the body (event stream specification). Never throws. */
export function readFrame(codec: Codec, frame: Uint8Array): RepoEvent {
  try {
    const [header, body, ...rest] = [...codec.decodeAll(frame)] as Fields[];
    if (!isFields(header) || !isFields(body) || rest.length > 0) return UNREADABLE;
    if (header.op === -1) return { kind: "error", name: string(body.error), message: string(body.message) };
    return header.op === 1 ? readBody(string(header.t), body) : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

type Fields = Record<string, unknown>;
const UNREADABLE = { kind: "other", seq: 0, what: "unreadable-frame" } as const;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const string = (value: unknown): string => (typeof value === "string" ? value : "");

function readBody(type: string, body: Fields): RepoEvent {
  if (type === "#info") return { kind: "info", name: string(body.name), outdated: body.name === "OutdatedCursor" };
  const seq = typeof body.seq === "number" && Number.isSafeInteger(body.seq) && body.seq >= 0 ? body.seq : 0;
  const did = string(body.did ?? body.repo);
  const at = string(body.time);
  if (!did.startsWith("did:") || did.length > 300) return { ...UNREADABLE, seq };
  if (type === "#identity") return { kind: "identity", seq, did, at, handle: string(body.handle) };
  if (type === "#account")
    return { kind: "account", seq, did, at, active: body.active !== false, status: string(body.status) };
  if (type !== "#commit") return { kind: "other", seq, what: type === "#sync" ? "sync" : "unknown-frame" };
  const blocks = body.blocks instanceof Uint8Array ? body.blocks : new Uint8Array();
  return { kind: "commit", seq, did, at, blocks, ops: (Array.isArray(body.ops) ? body.ops : []).flatMap(readOp) };
}

function readOp(op: unknown): PostOp[] {
  if (!isFields(op)) return [];
  const path = string(op.path);
  const { action } = op;
  if (!path.startsWith(PREFIX) || (action !== "create" && action !== "update" && action !== "delete")) return [];
  const rkey = path.slice(PREFIX.length);
  // A CID prints itself as its own text form.
  return /^[A-Za-z0-9._:~-]{1,512}$/.test(rkey) ? [{ action, rkey, cid: op.cid ? String(op.cid) : "" }] : [];
}
