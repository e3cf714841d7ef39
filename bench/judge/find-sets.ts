import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Row, readRows } from "./rows.ts";

/** A labelled set: what is asked, what is true, and what there is to learn from. */
export interface LabelledSet {
  /** Folder and name, as bars name it: "stitch/hard_dev". */
  name: string;
  subject: string;
  /** For `classify`: the name of its task. */
  task: string;
  in: string | null;
  gold: string;
  learn: string | null;
  folds: string | null;
  links: string | null;
  policies: string | null;
  /** Companies that the posts are about: beside the set. */
  companies: string | null;
  /** Listening queries: beside the set under its name, or of the folder. */
  queries: string | null;
  /** House rules of drafts: beside the set under its name, or of the folder. */
  rules: string | null;
}

/** What a person gets to know of a set that is not judged. */
export interface LeftOut {
  name: string;
  why: string;
}

const PART = /^(?<name>.+)\.(?<part>in|gold|learn|folds|links)\.jsonl(?:\.gz)?$/u;
/** Which subject a truth belongs to, by a field it alone has. */
const FIELDS: readonly (readonly [string, string])[] = [
  ["conversation", "stitch"],
  ["actionable", "actionable"],
  ["secrets", "redact"],
  ["must", "risk"],
  ["signals", "signals"],
  ["labels", "labels"],
  ["match", "queries"],
  ["label", "classify"],
  ["rules", "replies"],
  ["from", "alarms"],
];

/**
 * Finds the labelled sets of a folder: `data/<folder>/<name>.in.jsonl` with `.gold.jsonl` (or `.folds.jsonl` alone), beside them
 * `.learn.jsonl` and `.links.jsonl`, each gzipped or not; `examples/<name>.in.jsonl` alike.
 */
export async function findSets(folder: string): Promise<{ sets: LabelledSet[]; leftOut: LeftOut[] }> {
  const places = [join(folder, "examples")];
  if (existsSync(join(folder, "data")))
    for (const entry of (await readdir(join(folder, "data"), { withFileTypes: true })).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    ))
      if (entry.isDirectory()) places.push(join(folder, "data", entry.name));
  const sets: LabelledSet[] = [];
  const leftOut: LeftOut[] = [];
  for (const place of places) {
    if (!existsSync(place)) continue;
    const parts = Map.groupBy(
      (await readdir(place)).sort().flatMap((file) => {
        const groups = PART.exec(file)?.groups;
        return groups ? [{ name: groups.name!, part: groups.part!, path: join(place, file) }] : [];
      }),
      (f) => f.name,
    );
    for (const [name, files] of parts) {
      const path = (part: string) => files.find((f) => f.part === part)?.path ?? null;
      const full = `${basename(place)}/${name}`;
      const gold = path("gold") ?? path("folds");
      if (!gold || (!path("in") && !path("folds"))) {
        leftOut.push({ name: full, why: "only a part to learn from" });
        continue;
      }
      if (/(?:^|_)train$/u.test(name)) {
        leftOut.push({ name: full, why: "a training part" });
        continue;
      }
      const subject = subjectOf((await readRows(gold))[0]);
      if (!subject) {
        leftOut.push({ name: full, why: "no backtest answers it yet" });
        continue;
      }
      const policies = [join(place, "policies.json"), join(dirname(place), "policies.json")].find(existsSync) ?? null;
      sets.push({
        name: full,
        subject,
        task: basename(place) === "examples" ? name : basename(place),
        in: path("in"),
        gold,
        learn: path("learn"),
        folds: path("folds"),
        links: path("links"),
        policies,
        companies: [join(place, "companies.json")].find(existsSync) ?? null,
        queries: [join(place, `${name}.queries.jsonl`), join(place, "queries.jsonl")].find(existsSync) ?? null,
        rules:
          [
            join(place, `${name}.rules.json`),
            join(place, "house-rules.json"),
            join(dirname(place), "house-rules.json"),
          ].find(existsSync) ?? null,
      });
    }
  }
  return { sets, leftOut };
}

function subjectOf(first: Row | undefined): string | null {
  return FIELDS.find(([field]) => first !== undefined && field in first)?.[1] ?? null;
}
