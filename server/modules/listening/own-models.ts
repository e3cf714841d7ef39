import type { Tx } from "#platform/db";
import type { LinearModel } from "./domain/linear-model.ts";
import type { UnderstandModels } from "./domain/understand.ts";
import { loadModels } from "./models/load-models.ts";
import { unpackModel } from "./models/model-file.ts";
import { findModel, modelVersions } from "./store/model-store.ts";

/** Labels an account's own marks can teach. `actionable` has no model that ships. */
export const TAUGHT = ["noise", "sentiment", "intent", "gratitude"] as const;
export type Taught = (typeof TAUGHT)[number];

export interface AccountModels {
  models: UnderstandModels;
  actionable: LinearModel | null;
}

/** Unpacked models of accounts, newest versions only; a model is some megabytes, so only the last few stay in memory. */
const cache = new Map<string, LinearModel>();
const CACHED = 40;

/** What ships, with the account's own models in the place of those it has taught. One statement when nothing is new. */
export async function modelsOf(tx: Tx): Promise<AccountModels> {
  const shipped = await loadModels();
  const versions = await modelVersions(tx);
  if (versions.size === 0) return { models: shipped, actionable: null };
  const models = { ...shipped };
  for (const task of TAUGHT) {
    const version = versions.get(task);
    const own = version === undefined ? null : await ownModel(tx, task, version);
    if (!own) continue;
    models[task] = own;
    models.version += `+${task}.${version}`;
  }
  const taught = versions.get("actionable");
  return { models, actionable: taught === undefined ? null : await ownModel(tx, "actionable", taught) };
}

/** A version of a task's model; 0: what ships. Null where there is none. */
export async function modelOf(tx: Tx, task: string, version: number): Promise<LinearModel | null> {
  if (version > 0) return ownModel(tx, task, version);
  const shipped = await loadModels();
  return TAUGHT.includes(task as Taught) ? shipped[task as Taught] : null;
}

async function ownModel(tx: Tx, task: string, version: number): Promise<LinearModel | null> {
  const key = `${tx.accountId}/${task}/${version}`;
  const known = cache.get(key);
  if (known) return known;
  const packed = await findModel(tx, task, version);
  if (packed === null) return null;
  const model = unpackModel(packed);
  for (const oldest of cache.keys()) {
    if (cache.size < CACHED) break;
    cache.delete(oldest);
  }
  cache.set(key, model);
  return model;
}
