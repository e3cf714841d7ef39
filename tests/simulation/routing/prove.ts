import { Checks } from "./checks.ts";
import { type Manner, manners } from "./company.ts";
import { type Bent, Story } from "./story.ts";

/** Steps of one company's history. */
const STEPS = 400;
/** How often the process dies between two steps. */
const DEATHS = 0.02;

export interface Proof {
  readonly seed: string;
  readonly companies: number;
  readonly decisions: number;
  readonly checks: Checks;
}
export interface Proving {
  readonly seed: string;
  /** At least so many decisions. */
  readonly decisions: number;
  readonly bent?: Bent;
  /** Ends when this invariant is broken. */
  readonly until?: string;
  tell?(text: string): void;
}

/** Companies one after the other, each in another manner, until so many decisions are made. */
export function prove({ seed, decisions: wanted, bent, until, tell }: Proving): Proof {
  const checks = new Checks();
  let [companies, decisions] = [0, 0];
  while (decisions < wanted) {
    const manner = manners[companies % manners.length] as Manner;
    decisions += company(`${seed} ${companies}`, manner, checks, bent);
    companies++;
    if (tell && companies % 50 === 0)
      tell(`${companies} companies, ${decisions.toLocaleString("en")} decisions, ${checks.faults.size} faults`);
    if (until !== undefined && checks.broken().has(until)) break;
  }
  return { seed, companies, decisions, checks };
}

/** One history, told with deaths and watched; told again the same way (R10) and by a process that never dies (R12). */
function company(seed: string, manner: Manner, checks: Checks, bent?: Bent): number {
  const of = { seed, manner, ...(bent && { bent }) };
  const [story, again, alive] = [
    new Story({ ...of, deaths: DEATHS }),
    new Story({ ...of, deaths: DEATHS, watched: false }),
    new Story({ ...of, watched: false }),
  ];
  for (let n = 0; n < STEPS; n++) {
    for (const one of [story, again, alive]) one.step();
    const told = story.told.at(-1) as string;
    const where = `${seed}, step ${n}`;
    story.checks.expect(
      "R10 determinism",
      told === again.told.at(-1),
      () => `${where}: ${apart(told, again.told.at(-1))}`,
    );
    story.checks.expect("R12 crash", told === alive.told.at(-1), () => `${where}: ${apart(told, alive.told.at(-1))}`);
    for (const one of [story, again, alive]) one.told.length = 0;
    if (story.checks.faults.size > 0) break;
  }
  for (const [check, text] of story.checks.faults) checks.fault(check, `${text} (${manner}, ${seed})`);
  story.checks.faults.clear();
  checks.add(story.checks);
  return story.decisions;
}

/** Where two accounts of a step part. */
function apart(a: string, b = ""): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const from = Math.max(0, at - 200);
  return `…${a.slice(from, at + 200)}… or …${b.slice(from, at + 200)}…`;
}
