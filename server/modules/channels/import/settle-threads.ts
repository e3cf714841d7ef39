import type { Tx } from "#platform/db";
import {
  answerLastWords,
  findThreadNodes,
  type ImportRun,
  rowsToDo,
  saveThreads,
  type ThreadFound,
  type ThreadNode,
} from "../store/import-store.ts";
import { TODO } from "./to-item.ts";

const AT_ONCE = 2_000;
/** A tree of answers deeper than this hangs on what was reached. */
const DEEPEST = 1_000;

const keyOf = (n: { channelId: string; externalId: string }) => `${n.channelId}\u0000${n.externalId}`;

/**
 * Finds the threads of answers whose line names only what they answer: the root of the tree, whatever the order of the lines. Returns
 * the last message looked at, to go on behind it; null when all is done.
 */
export async function settleThreads(tx: Tx, run: ImportRun, after: string | null): Promise<string | null> {
  if (after === null) await answerLastWords(tx, run.id, TODO.parent);
  const rows = await rowsToDo(tx, run.id, TODO.thread, after, AT_ONCE);
  if (rows.length === 0) return null;
  const nodes = new Map<string, ThreadNode>(rows.map((r) => [keyOf(r), { ...r, threadKey: "", rootExternalId: null }]));
  const missing = await climb(tx, nodes);
  const found = rows.map((r): ThreadFound => ({ messageId: r.messageId, ...rootOf(nodes, missing, keyOf(r)) }));
  await saveThreads(tx, run.id, found, TODO.thread);
  return rows.at(-1)!.messageId;
}

/** Loads what is answered, level by level, until a thread is known or nothing is here. */
async function climb(tx: Tx, nodes: Map<string, ThreadNode>): Promise<Set<string>> {
  const missing = new Set<string>();
  let wanted = parentsOf(nodes.values(), nodes, missing);
  for (let level = 0; wanted.length > 0 && level < DEEPEST; level++) {
    const found = await findThreadNodes(tx, wanted);
    for (const n of found) nodes.set(keyOf(n), n);
    for (const w of wanted) if (!nodes.has(keyOf(w))) missing.add(keyOf(w));
    wanted = parentsOf(found, nodes, missing);
  }
  return missing;
}

function parentsOf(from: Iterable<ThreadNode>, nodes: ReadonlyMap<string, ThreadNode>, missing: ReadonlySet<string>) {
  const wanted = new Map<string, { channelId: string; externalId: string }>();
  for (const n of from) {
    if (n.threadKey !== "" || n.parentExternalId === null) continue;
    const parent = { channelId: n.channelId, externalId: n.parentExternalId };
    if (!nodes.has(keyOf(parent)) && !missing.has(keyOf(parent))) wanted.set(keyOf(parent), parent);
  }
  return [...wanted.values()];
}

function rootOf(
  nodes: ReadonlyMap<string, ThreadNode>,
  missing: ReadonlySet<string>,
  key: string,
): { threadKey: string; rootExternalId: string | null } {
  const seen: ThreadNode[] = [];
  const met = new Set<string>();
  for (let at = key; ; ) {
    const node = nodes.get(at);
    if (!node || missing.has(at)) {
      const name = at.slice(at.indexOf("\u0000") + 1);
      return { threadKey: name, rootExternalId: name };
    }
    if (node.threadKey !== "")
      return { threadKey: node.threadKey, rootExternalId: node.rootExternalId ?? node.externalId };
    if (met.has(at)) return ringOf(seen.slice(seen.findIndex((n) => keyOf(n) === at)));
    met.add(at);
    seen.push(node);
    if (node.parentExternalId === null) return { threadKey: node.externalId, rootExternalId: node.externalId };
    at = keyOf({ channelId: node.channelId, externalId: node.parentExternalId });
  }
}

/** Messages that answer one another in a ring: the smallest name stands for the thread. */
function ringOf(ring: readonly ThreadNode[]): { threadKey: string; rootExternalId: string | null } {
  const name = ring.map((n) => n.externalId).sort()[0]!;
  return { threadKey: name, rootExternalId: name };
}
