import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type Command, EXIT, type Io, UsageError } from "./command.ts";

type Run = (args: readonly string[]) => Promise<unknown>;
interface Subject {
  asks: string;
  options: string;
  load(): Promise<{ run: Run }>;
}

/** What can be tried on known answers. Each subject lies in its module's backtest/ folder. */
export const subjects: Readonly<Record<string, Subject>> = {
  actionable: {
    asks: "does this post need us, by a written policy",
    options: "--policies policies.json --in posts --out answers [--learn marked [--keep]]",
    load: () => import("../../modules/conversations/backtest/actionable.ts"),
  },
  alarms: {
    asks: "unusual rises in counts of posts, decided interval by interval",
    options: "--in counts --out alarms",
    load: () => import("../../modules/listening/backtest/alarms.ts"),
  },
  classify: {
    asks: "one label for each post: language, sentiment, intent, or labels of your own",
    options:
      "--task NAME (--in posts [--learn marked [--keep]] [--tune marked] [--open] | --folds marked) --out answers",
    load: () => import("../../modules/listening/backtest/classify.ts"),
  },
  labels: {
    asks: "every label a post gets, each with how sure it is",
    options: "--in posts --out answers [--companies companies.json]",
    load: () => import("../../modules/listening/backtest/labels.ts"),
  },
  queries: {
    asks: "which listening queries match each post",
    options: "--queries queries --in posts --out answers",
    load: () => import("../../modules/listening/backtest/queries.ts"),
  },
  redact: {
    asks: "personal data taken out of messages",
    options: "--in rows --out clean",
    load: () => import("../../modules/channels/backtest/redact.ts"),
  },
  replies: {
    asks: "drafts of replies against house rules: length, disclosure, canned, tone, privacy, promise",
    options: "--rules house-rules.json --in drafts --out verdicts",
    load: () => import("../../modules/desk/backtest/replies.ts"),
  },
  risk: {
    asks: "urgency and danger",
    options: "--in posts --out answers [--learn marked [--keep]]",
    load: () => import("../../modules/listening/backtest/risk.ts"),
  },
  route: {
    asks: "a past week handed out anew under another policy, beside the one in force",
    options: "--in history.jsonl --policy new.json [--out result.jsonl] [--items items.jsonl] [--seeds 10]",
    load: () => import("../../modules/routing/backtest/route.ts"),
  },
  signals: {
    asks: "what else a post tells: purchase, feedback, churn, thanks, sarcasm, abuse of staff",
    options: "--in posts --out answers [--learn marked [--keep]]",
    load: () => import("../../modules/listening/backtest/signals.ts"),
  },
  stitch: {
    asks: "messages into conversations, handles into customers",
    options: "--in messages --out threads [--links links]",
    load: () => import("../../modules/conversations/backtest/stitch.ts"),
  },
  windows: {
    asks: "what would be joined or parted under other windows, with the figures beside those of today",
    options: "--in messages --windows windows.json [--present windows.json] --out changes",
    load: () => import("../../modules/conversations/backtest/windows.ts"),
  },
};

export const backtest: Command = {
  usage: [
    "npm run hubbub -- backtest <subject> --in INPUT --out OUTPUT [further files]",
    "",
    ...Object.entries(subjects).flatMap(([name, { asks, options }]) => [
      `  ${name.padEnd(12)}${asks}`,
      `${" ".repeat(14)}${options}`,
    ]),
    "",
    "Every file is JSONL, one JSON object with an id on each line; input may be gzipped, and an output whose name ends in .gz is.",
    "Nothing in the installation is touched: no database is opened, nothing is sent, and what was learnt is forgotten. With --keep the rows of",
    "--learn lie in the data folder (learnt/) afterwards, and the same subject and task begin with them the next time.",
    "Only backtest route --export history.jsonl [--account NAME] [--days 7] reads: the past week of an account, as its history.",
    "The same input gives the same output; --seed changes it where something is learnt.",
  ].join("\n"),

  async run(args, io) {
    const [name, ...rest] = args;
    if (name === undefined) throw new UsageError("Say what to try: a subject is missing.");
    if (!Object.hasOwn(subjects, name))
      throw new UsageError(`There is no subject "${name}". There are: ${Object.keys(subjects).join(", ")}.`);
    standWhereCalled(io);
    if (name === "route" && rest.some((word) => /^--export(?:=|$)/.test(word)))
      return (await import("./export-route-history.ts")).exportRouteHistory(rest, io);
    const { run } = await subjects[name]!.load();
    const { args: plain, finish } = plainOutput(rest);
    const code = await answer(run, plain, io);
    const packed = await finish(code === EXIT.ok);
    if (packed) io.err(`Packed as ${packed}.`);
    return code;
  },
};

/** npm runs us in the checkout; the files are named from where the person stands. */
function standWhereCalled({ env }: Io): void {
  if (env.npm_lifecycle_event === "hubbub" && env.INIT_CWD) process.chdir(env.INIT_CWD);
}

/** Subjects tell of faults by an exit code or by an error with a sentence; some report what they counted. */
async function answer(run: Run, args: readonly string[], io: Io): Promise<number> {
  try {
    const result = await run(args);
    if (typeof result === "number") return result === 2 ? EXIT.usage : result;
    const { rows, found } = result as { rows: number; found: Record<string, number> };
    const kinds = Object.entries(found).map(([kind, n]) => `${n} ${kind}`);
    io.err(`${rows} rows answered${kinds.length > 0 ? ` (${kinds.join(", ")})` : ""}.`);
    return EXIT.ok;
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException;
    if (error instanceof TypeError || error instanceof ReferenceError) throw error;
    if (code === "ENOENT" || code === "EACCES" || code === "EISDIR")
      io.err(`Cannot open ${path}: does it exist, and may it be read or written?`);
    else io.err(message);
    return EXIT.usage;
  }
}

/** Subjects write plain JSONL. For a name that ends in .gz they write beside it, and it is packed when they are done. */
function plainOutput(args: readonly string[]): {
  args: readonly string[];
  finish(done: boolean): Promise<string | null>;
} {
  const at = args.findIndex((a) => a === "--out" || a.startsWith("--out="));
  const inline = args[at]?.startsWith("--out=") ?? false;
  const out = inline ? args[at]!.slice("--out=".length) : args[at + 1];
  if (at < 0 || !out?.endsWith(".gz")) return { args, finish: async () => null };
  const plain = `${out}.plain`;
  return {
    args: args.with(inline ? at : at + 1, inline ? `--out=${plain}` : plain),
    async finish(done) {
      if (done) await pipeline(createReadStream(plain), createGzip(), createWriteStream(out));
      await rm(plain, { force: true });
      return done ? out : null;
    },
  };
}
