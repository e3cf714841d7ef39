import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { MINUTE, SECOND, systemClock } from "#platform/clock";
import { endlessPosts, type LoadFigures, openLoop } from "../demo/load.ts";
import { type Command, EXIT, UsageError } from "./command.ts";
import { runningPlayground } from "./running-playground.ts";

const MOST = 5_000;
const LONGEST = 24 * 60 * MINUTE;
const UNITS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: 60 * MINUTE };
/** People are made before the clock runs, so that a post is one call. */
const PEOPLE = 400;

export const traffic: Command = {
  usage: `npm run hubbub -- traffic --rate N --for T

Load for the desk that runs: N public posts a second on the playground of the demo, for the time T, whether or not those before
were taken (an open loop). "late" counts posts that this sender began more than 50 ms after their time.

  --rate   posts a second, at most ${MOST}
  --for    how long: 30s, 10m, 1h`,

  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { rate: { type: "string" }, for: { type: "string" } } });
    const rate = Number(values.rate);
    if (!(rate > 0 && rate <= MOST)) throw new UsageError(`--rate is a number above 0, at most ${MOST}.`);
    const duration = durationOf(values.for);
    const client = await runningPlayground(io);
    const posts = endlessPosts(`traffic ${systemClock.now()}`, systemClock.now());
    const authors = posts.take(PEOPLE).toArray();
    await client.people([...new Map(authors.map((a) => [a.handle, a])).values()].map(({ text: _, ...who }) => who));
    const texts = endlessPosts(`words ${systemClock.now()}`, systemClock.now());
    const line = (f: LoadFigures) =>
      `sent ${f.sent}  accepted ${f.accepted}  refused ${f.refused}  late ${f.late}  under way ${f.underWay}`;
    const figures = await openLoop({
      ...{ rate, duration, now: () => performance.now(), wait: (ms: number) => sleep(ms) },
      send: async (n) =>
        void (await client.post(authors[n % authors.length]!.handle, texts.next().value.text, null, null)),
      each: (f, elapsed) => io.out(`${String(Math.round(elapsed / SECOND)).padStart(5)} s  ${line(f)}`),
    });
    io.out(`done     ${line(figures)}`);
    return figures.refused > 0 ? EXIT.findings : EXIT.ok;
  },
};

function durationOf(text: string | undefined): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smh])$/.exec(text ?? "") ?? [];
  const ms = Number(number) * (UNITS[unit ?? ""] ?? 0);
  if (!(ms > 0 && ms <= LONGEST)) throw new UsageError(`--for is a time such as 30s, 10m or 1h, at most 24h.`);
  return ms;
}
