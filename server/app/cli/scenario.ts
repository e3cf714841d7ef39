import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { systemClock } from "#platform/clock";
import { sql } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { seeded } from "../../../scenarios/random.ts";
import { stories } from "../../../scenarios/stories/index.ts";
import type { Step, Story } from "../../../scenarios/stories/story.ts";
import { playStory } from "../demo/play-story.ts";
import { importRows } from "../import/import-rows.ts";
import { type Command, CommandError, EXIT, type Io, UsageError } from "./command.ts";
import { type OpenDatabase, withDatabase } from "./open-database.ts";
import { runningPlayground } from "./running-playground.ts";

const SPEED = 60;
const FASTEST = 100_000;

export const scenario: Command = {
  usage: `npm run hubbub -- scenario
npm run hubbub -- scenario NAME [--speed N] [--seed WORD]

Without a name: the stories there are. With one: plays it on the playground of the demo that runs, where the desk hears it.

  --speed   story minutes in a minute (${SPEED}: an hour of the story takes a minute)
  --seed    another choice of people and words`,

  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { speed: { type: "string" }, seed: { type: "string" } },
    });
    if (positionals.length === 0) return list(io);
    const story = stories.find((s) => s.name === positionals[0]);
    if (!story || positionals.length > 1)
      throw new UsageError(
        `There is no story "${positionals.join(" ")}". There are: ${stories.map((s) => s.name).join(", ")}.`,
      );
    const speed = values.speed === undefined ? SPEED : Number(values.speed);
    if (!(speed > 0 && speed <= FASTEST)) throw new UsageError(`--speed is a number above 0, at most ${FASTEST}.`);
    await play(io, story, story.steps(seeded(values.seed ?? story.name)), speed);
    return EXIT.ok;
  },
};

function list(io: Io): number {
  for (const s of stories) {
    io.out(`${s.name.padEnd(26)}${s.summary}`);
    if (s.missing) io.out(`${" ".repeat(26)}not yet: ${s.missing}`);
  }
  return EXIT.ok;
}

async function play(io: Io, story: Story, steps: readonly Step[], speed: number): Promise<void> {
  const client = await runningPlayground(io);
  const needsImport = steps.some((s) => s.do === "call" || s.do === "mail");
  io.out(`${story.name}: ${steps.length} steps in ${clockOf(story.minutes / speed)}.`);
  if (story.missing) io.out(`Not yet: ${story.missing}.`);
  const few = steps.length <= 20;
  let done = 0;
  const say = (step: Step) => {
    done++;
    if (few)
      io.out(
        `  ${time(step.at)}  ${step.ours ? "we" : step.who.name}, ${step.do}: ${step.text.split("\n")[0]!.slice(0, 90)}`,
      );
    else if (done % 50 === 0) io.out(`  ${time(step.at)}  ${done} of ${steps.length}`);
  };
  const run = async (open: OpenDatabase | null) => {
    const played = await playStory({
      ...{ client, story, steps, speed, say, now: systemClock.now, wait: (ms: number) => sleep(ms) },
      async bringIn(lines) {
        if (!open) throw new Error("this story brings lines in and needs the database");
        await importRows(open.db, {
          accountId: await demoAccount(open),
          name: `scenario ${lines[0]!.id}`,
          rows: lines,
        });
      },
    });
    const silent =
      played.unanswered > 0 ? ` ${played.unanswered} steps went on without the answer they waited for.` : "";
    io.out(`Played ${played.steps} steps.${silent}`);
  };
  if (needsImport) await withDatabase(io, {}, run);
  else await run(null);
}

/** The account that the playground speaks to. A named statement of the system role. */
async function demoAccount({ db, where }: OpenDatabase): Promise<AccountId> {
  const rows = await db.asSystem((trx) =>
    sql<{ id: AccountId }>`select account_id as id from account where demo order by created_at limit 1`.execute(trx),
  );
  if (!rows.rows[0])
    throw new CommandError(`There is no demo company in ${where}. Start Hubbub with its demo once: npm start.`);
  return rows.rows[0].id;
}

const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
const time = (minutes: number) => `${two(minutes / 60)}:${two(minutes % 60)}`;
function clockOf(minutes: number): string {
  return minutes < 1.5 ? `${Math.max(1, Math.round(minutes * 60))} s` : `${Math.round(minutes)} min`;
}
