import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type KindShares, kindsOf, learnYesNo, loadModels, understand } from "#modules/listening";
import { keepLearnt, readLearnt } from "#platform/learnt-rows";
import { BadInput, guarded, readJsonl, writeJsonl } from "./jsonl.ts";
import { type WrittenPolicy, weighPolicy, weighPost } from "./weigh-policy.ts";

const USAGE =
  "backtest actionable --policies policies.json --in posts.jsonl --out answers.jsonl [--learn marked.jsonl [--keep]] [--seed 1]";
/** Below this many marked posts of a policy its rules decide alone; from twice as many on the marks do. */
const FEW_MARKS = 20;

interface Row {
  id: string;
  policy: string;
  company?: string;
  text: string;
  lang?: string;
  network?: string;
  followers?: number;
  shares?: number;
  actionable?: boolean;
}

/** `backtest actionable`: does this post need us, by a written policy. Short names become ordered rules; `--learn` rows carry `actionable`. */
export function run(argv: readonly string[]): Promise<number> {
  return guarded(async () => {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        in: { type: "string" },
        out: { type: "string" },
        policies: { type: "string" },
        learn: { type: "string" },
        keep: { type: "boolean" },
        // Nothing is drawn by lot here: every seed gives the same.
        seed: { type: "string", default: "1" },
      },
    });
    if (!values.in || !values.out || !values.policies) {
      console.error(USAGE);
      return 2;
    }
    if (!Number.isInteger(Number(values.seed))) throw new BadInput("--seed is a whole number.");
    if (values.keep && !values.learn) throw new BadInput("--keep needs --learn: there is nothing to keep.");
    const policies = await readPolicies(values.policies);
    const rows = await readJsonl<Row>(values.in, faultOf);
    const given = values.learn
      ? await readJsonl<Row>(
          values.learn,
          (r) => faultOf(r) ?? (typeof r.actionable === "boolean" ? null : 'needs "actionable": true or false.'),
        )
      : [];
    if (values.keep) console.error(`Kept in ${await keepLearnt("actionable", given)}. Remove the file to forget it.`);
    const kept = await readLearnt<Row>("actionable");
    const marks = [
      ...new Map([...kept, ...given].map((row) => [JSON.stringify([row.policy, row.id, row.text]), row])).values(),
    ];
    const learned = new Map(
      [...Map.groupBy(marks, (m) => m.policy)].map(([policy, of]) => [
        policy,
        { count: of.length, sure: learnYesNo(of.map((m) => ({ text: m.text, yes: m.actionable === true }))) },
      ]),
    );
    const models = await loadModels();
    const weighed = new Map(policies.map((p) => [p.policy, weighPolicy(p)]));
    for (const [policy, { unknown }] of weighed)
      if (unknown.length > 0) console.error(`${policy}: no kind of post is known for ${unknown.join(", ")}.`);
    const kinds = kindsOfRows(models);
    const answers = rows.map((row) => {
      const policy = weighed.get(row.policy);
      if (!policy) throw new BadInput(`There is no policy "${row.policy}" in ${values.policies}.`);
      const {
        score: rule,
        kind,
        loud,
      } = weighPost(policy, kinds(row), { followers: number(row.followers), shares: number(row.shares) });
      const own = learned.get(row.policy);
      const weight = own ? Math.min(1, Math.max(0, own.count - FEW_MARKS) / FEW_MARKS) : 0;
      const score = own ? weight * own.sure(row.text) + (1 - weight) * rule : rule;
      return {
        id: row.id,
        policy: row.policy,
        actionable: score >= 0.5,
        score: Math.round(score * 1e4) / 1e4,
        reason: weight >= 0.5 ? "Learned from marked posts." : reasonOf(kind, loud, score >= 0.5),
      };
    });
    await writeJsonl(values.out, answers);
    console.error(`${answers.length} rows answered, written to ${values.out}.`);
    return 0;
  });
}

async function readPolicies(file: string): Promise<WrittenPolicy[]> {
  let list: unknown;
  try {
    list = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new BadInput(`${file} is not JSON.`);
    throw error;
  }
  const strings = (v: unknown) => Array.isArray(v) && v.every((s) => typeof s === "string");
  if (
    !Array.isArray(list) ||
    !list.every((p) => typeof p?.policy === "string" && strings(p.act_on) && strings(p.leave))
  )
    throw new BadInput(`${file} has to be a list of policies with "policy", "act_on" and "leave".`);
  return list as WrittenPolicy[];
}

function faultOf(row: Record<string, unknown>): string | null {
  for (const field of ["id", "policy", "text"])
    if (typeof row[field] !== "string") return `needs "${field}" as a string.`;
  return null;
}

/** The kinds of a post, found once: the same post comes once for each policy. */
function kindsOfRows(models: Awaited<ReturnType<typeof loadModels>>): (row: Row) => KindShares {
  const known = new Map<string, KindShares>();
  return (row) => {
    const key = JSON.stringify([row.text, row.company, row.network, row.lang, row.followers]);
    let kinds = known.get(key);
    if (!kinds) {
      const names = row.company ? [row.company] : [];
      kinds = kindsOf(row.text, understand(inputOf(row, names), models), names);
      known.set(key, kinds);
    }
    return kinds;
  };
}

function inputOf(row: Row, names: string[]): Parameters<typeof understand>[0] {
  return {
    text: row.text,
    network: row.network ?? "x",
    visibility: "public",
    kind: "post",
    author: { handle: "", ...(typeof row.followers === "number" && { followers: row.followers }) },
    mentions: [],
    why: [],
    brand: { names, handles: names, terms: [] },
    ...(row.lang && { lang: row.lang }),
  };
}

const number = (value: unknown): number => (typeof value === "number" && Number.isFinite(value) ? value : 0);

function reasonOf(kind: string, loud: boolean, acts: boolean): string {
  const audience = loud ? ", with a large audience" : "";
  return `Most like ${kind}${audience}: ${acts ? "the policy acts on it" : "the policy leaves it"}.`;
}
