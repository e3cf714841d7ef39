import { readFile } from "node:fs/promises";
import { readBeside } from "../domain/beside.ts";
import { THING_KINDS, ThingFinder, type ThingKind } from "../domain/things.ts";
import { type UnderstandInput, type Understanding, understand, wordsOf } from "../domain/understand.ts";
import { loadModels } from "../models/load-models.ts";
import { type BacktestArgs, runSubject } from "./command.ts";
import { BadRow, type InRow, readRows, writeRows } from "./rows.ts";

const USAGE = "backtest labels --in posts.jsonl --out answers.jsonl [--companies companies.json] [--seed 1]";

/** What is known of a post beside its words; all of it may be missing. `company`: which of `--companies` it is about. */
interface PostRow extends InRow {
  company?: string;
  private?: boolean;
  /** post, reply, comment, dm, repost … */
  kind?: string;
  /** Whom it answers: "us", or a handle. */
  repliesTo?: string;
  /** Of its thread: we wrote in it, we began it, its writer is the customer of it. */
  weSpoke?: boolean;
  begunByUs?: boolean;
  authorIsCustomer?: boolean;
}

export interface Company {
  names: readonly string[];
  handles: readonly string[];
  terms: readonly string[];
  finder: ThingFinder | null;
}
const NOBODY: Company = { names: [], handles: [], terms: [], finder: null };

/** `backtest labels`: every label a post gets, each with how sure it is and the words that made it, as `{label, value, score, words}`. */
export function run(argv: readonly string[]): Promise<number> {
  return runSubject(argv, USAGE, ["companies"], answer);
}

async function answer(args: BacktestArgs): Promise<number> {
  const models = await loadModels();
  const companies = args.companies ? await readCompanies(args.companies) : new Map<string, Company>();
  return writeRows(args.out!, answers());

  async function* answers() {
    for await (const row of readRows(args.in!) as AsyncGenerator<PostRow>) {
      const company = companyOf(row);
      const input = inputOf(row, company);
      const post = wordsOf(input);
      const found = understand(input, models, post);
      const beside = readBeside(post, found, {
        names: [...company.names, ...company.handles],
        things: company.finder,
        brandId: null,
      });
      yield { id: row.id, labels: [...told(found), ...besides(beside)] };
    }
  }

  function companyOf(row: PostRow): Company {
    if (row.company === undefined) return NOBODY;
    const found = companies.get(row.company);
    if (!found) throw new BadRow(`Row ${row.id} is about "${row.company}", of which --companies says nothing.`);
    return found;
  }
}

export function inputOf(row: PostRow, { names, handles, terms }: Company): UnderstandInput {
  const us = handles[0] ?? "us";
  return {
    text: row.text,
    network: "backtest",
    visibility: row.private === true ? "private" : "public",
    kind: row.kind ?? "post",
    author: { handle: "writer" },
    mentions: [],
    why: [],
    brand: { names, handles: handles.length > 0 ? handles : [us], terms },
    thread: {
      ...(row.repliesTo !== undefined && { repliesTo: row.repliesTo === "us" ? us : row.repliesTo }),
      weSpoke: row.weSpoke === true,
      begunByUs: row.begunByUs === true,
      authorIsCustomer: row.authorIsCustomer === true,
    },
  };
}

interface Told {
  label: string;
  value: string;
  score: number;
  words: string[];
}
const say = (label: string, value: string, of: { score: number; words: readonly { text: string }[] }): Told => ({
  ...{ label, value, score: Math.round(of.score * 1e4) / 1e4 },
  words: of.words.map((w) => w.text),
});

function told(found: Understanding): Told[] {
  const { language, noise, addressed, intent, sentiment, gratitude } = found;
  return [
    say("language", language.code, { score: language.confidence, words: [] }),
    say("noise", noise.value === "noise" ? (noise.kind ?? "spam") : "signal", noise),
    say("addressed", addressed.value, addressed),
    say("intent", intent.value, intent),
    say("sentiment", sentiment.value, sentiment),
    ...found.urgency.risks.map((r) => say("risk", r.value, r)),
    ...(gratitude.gratitude ? [say("signals", "gratitude", gratitude)] : []),
    ...found.signals.map((s) => say("signals", s.value, s)),
  ];
}

function besides({ told: kinds, abuse, personal, things }: ReturnType<typeof readBeside>): Told[] {
  return [
    ...(kinds ?? []).map((k) => say("kind", k.value, k)),
    ...(abuse ?? []).map((a) => say("abuse", a.value, a)),
    ...(personal ?? []).map((p) => say("personal", p.value, { ...p, words: [] })),
    ...(things ?? []).map((t) => say("things", t.name, t)),
  ];
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((v): v is string => typeof v === "string") : [];

/** `{"Lumo": {"names": [], "handles": [], "terms": [], "things": [{"name": "Lumo Mini", "kind": "product", "synonyms": []}]}}`. */
export async function readCompanies(file: string): Promise<Map<string, Company>> {
  let read: unknown;
  try {
    read = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new BadRow(`${file} is not JSON.`);
    throw error;
  }
  if (typeof read !== "object" || read === null) throw new BadRow(`${file} has to be an object of companies by name.`);
  return new Map(
    Object.entries(read as Record<string, Record<string, unknown> | null>).map(([name, of]) => [
      name,
      {
        names: texts(of?.names),
        handles: texts(of?.handles),
        terms: texts(of?.terms),
        finder: finderOf(of?.things),
      },
    ]),
  );
}

function finderOf(listed: unknown): ThingFinder | null {
  const things = (Array.isArray(listed) ? listed : []).flatMap((thing: Record<string, unknown> | null, i) =>
    typeof thing?.name === "string"
      ? [
          {
            id: String(i),
            name: thing.name,
            kind: THING_KINDS.includes(thing.kind as ThingKind) ? (thing.kind as ThingKind) : "product",
            synonyms: texts(thing.synonyms),
            brandId: null,
          },
        ]
      : [],
  );
  return things.length > 0 ? new ThingFinder(things) : null;
}
