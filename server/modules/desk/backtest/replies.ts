import { readFile, rename, rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { checkVoice } from "#shared/voice/check";
import { type HouseRules, readHouseRules } from "#shared/voice/read-rules";
import { type Line, linesOf, writeLines } from "./lines.ts";

const row = z.object({
  id: z.union([z.string(), z.number()]),
  network: z.string().default(""),
  public: z.boolean().default(true),
  agent: z
    .object({ name: z.string().default(""), initials: z.string().default("") })
    .nullable()
    .default(null),
  post: z.string().default(""),
  facts: z.array(z.string()).default([]),
  recent: z.array(z.string()).default([]),
  draft: z.string(),
});

/**
 * `backtest replies --rules house-rules.json --in drafts.jsonl --out verdicts.jsonl`: each draft `{id, network, public, agent,
 * post, facts, recent, draft}` against the house rules; out `{id, ok, rules, why}`. Nothing in the installation is touched.
 */
export async function run(args: readonly string[]): Promise<{ rows: number; found: Record<string, number> }> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rules: { type: "string" },
      in: { type: "string" },
      out: { type: "string" },
      seed: { type: "string" },
    },
  });
  if (!values.rules || !values.in || !values.out)
    throw new Error(
      "Say by which rules, which drafts, and where to: --rules house-rules.json --in drafts.jsonl --out verdicts.jsonl",
    );
  const rules = await readRulesFile(values.rules);
  const found: Record<string, number> = {};
  let rows = 0;
  // A run that fails half-way leaves no file that looks whole.
  const partial = `${values.out}.partial`;
  try {
    await writeLines(
      partial,
      (async function* () {
        for await (const line of linesOf(values.in as string)) {
          const verdict = judge(parse(line), rules);
          for (const rule of verdict.rules) found[rule] = (found[rule] ?? 0) + 1;
          rows++;
          yield verdict;
        }
      })(),
    );
    await rename(partial, values.out);
  } finally {
    await rm(partial, { force: true });
  }
  return { rows, found };
}

async function readRulesFile(path: string): Promise<HouseRules> {
  const text = await readFile(path, "utf8");
  let rules: unknown;
  try {
    rules = JSON.parse(text);
  } catch {
    throw new Error(
      `${path} is not JSON. It holds the house rules: {"length": {"x": 280}, "disclosure": "…", "canned": "…", …}.`,
    );
  }
  if (typeof rules !== "object" || rules === null || Array.isArray(rules))
    throw new Error(`${path} holds no house rules: it has to be one JSON object with a text for each rule.`);
  return rules as HouseRules;
}

function parse({ text, number }: Line): z.infer<typeof row> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`Line ${number} of the input is not JSON. Each line holds one draft.`);
  }
  const read = row.safeParse(value);
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  throw new Error(`Line ${number} of the input cannot be read: ${path.join(".") || "row"}: ${message}.`);
}

function judge(
  { id, network, public: isPublic, agent, draft, post, facts, recent }: z.infer<typeof row>,
  rules: HouseRules,
) {
  const voice = readHouseRules(rules, network, isPublic);
  const found = checkVoice({ text: draft, public: isPublic, agent, post, facts, recent }, voice);
  const broken = [...new Set(found.map((f) => f.rule))];
  const why = found.map(({ rule, code, start, end, message }) => ({ rule, code, start, end, message }));
  return { id, ok: broken.length === 0, rules: broken, why };
}
