import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { learnYesNo, loadModels, understand } from "#modules/listening";
import { judge, type PolicyFacts } from "../domain/policy.ts";
import { BadInput, guarded, readJsonl, writeJsonl } from "./jsonl.ts";
import { rulesOf, type WrittenPolicy } from "./short-names.ts";

const USAGE =
  "backtest actionable --policies policies.json --in posts.jsonl --out answers.jsonl [--learn marked.jsonl]";
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
      },
    });
    if (!values.in || !values.out || !values.policies) {
      console.error(USAGE);
      return 2;
    }
    const policies = await readPolicies(values.policies);
    const rows = await readJsonl<Row>(values.in, faultOf);
    const marks = values.learn
      ? await readJsonl<Row>(
          values.learn,
          (r) => faultOf(r) ?? (typeof r.actionable === "boolean" ? null : 'needs "actionable": true or false.'),
        )
      : [];
    const learned = new Map(
      [...Map.groupBy(marks, (m) => m.policy)].map(([policy, of]) => [
        policy,
        { count: of.length, sure: learnYesNo(of.map((m) => ({ text: m.text, yes: m.actionable === true }))) },
      ]),
    );
    const models = await loadModels();
    const mapped = new Map(policies.map((p) => [p.policy, rulesOf(p)]));
    for (const [policy, { unknown }] of mapped)
      if (unknown.length > 0) console.error(`${policy}: no rule stands for ${unknown.join(", ")}.`);
    const answers = rows.map((row) => {
      const rules = mapped.get(row.policy)?.rules;
      if (!rules) throw new BadInput(`There is no policy "${row.policy}" in ${values.policies}.`);
      const verdict = judge(rules, factsOf(row, models));
      const own = learned.get(row.policy);
      const rule = verdict.actionable ? 0.75 : 0.25;
      const weight = own ? Math.min(1, Math.max(0, own.count - FEW_MARKS) / FEW_MARKS) : 0;
      const score = own ? weight * own.sure(row.text) + (1 - weight) * rule : rule;
      return {
        id: row.id,
        policy: row.policy,
        actionable: score >= 0.5,
        score: Math.round(score * 1e4) / 1e4,
        reason: weight >= 0.5 ? "Learned from marked posts." : verdict.says,
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

function factsOf(row: Row, models: Awaited<ReturnType<typeof loadModels>>): PolicyFacts {
  const followers = typeof row.followers === "number" ? row.followers : null;
  const u = understand(
    {
      text: row.text,
      network: row.network ?? "x",
      visibility: "public",
      kind: "post",
      author: { handle: "", ...(followers !== null && { followers }) },
      mentions: [],
      why: [],
      brand: { names: row.company ? [row.company] : [], handles: row.company ? [row.company] : [], terms: [] },
      ...(row.lang && { lang: row.lang }),
    },
    models,
  );
  return {
    text: row.text,
    addressed: u.addressed.value,
    noise: u.noise.value === "noise",
    thanksOnly: u.gratitude.thanksOnly,
    intent: u.intent.value,
    sentiment: u.sentiment.value,
    risks: u.urgency.risks.map((r) => r.value),
    visibility: "public",
    language: u.language.code,
    followers,
    author: "stranger",
    episode: "none",
  };
}
