import { parseArgs } from "node:util";
import { invariants } from "./checks.ts";
import { prove } from "./prove.ts";

/** `npm run simulate -- routing`: companies by the thousand, every decision held against R1 to R18. Returns the exit code. */
export function proveRouting(argv: string[], say: (line: string) => void): number {
  const { values } = parseArgs({
    args: argv,
    options: { seed: { type: "string" }, decisions: { type: "string", default: "1000000" } },
  });
  const wanted = Number(values.decisions);
  if (!Number.isInteger(wanted) || wanted <= 0) {
    say("--decisions wants a whole number, such as 1000000.");
    return 2;
  }
  const seed = values.seed ?? `r${Date.now()}`;
  say(`seed ${seed} (again: npm run simulate -- routing --seed ${seed} --decisions ${wanted})`);
  const began = performance.now();
  const { companies, decisions, checks } = prove({ seed, decisions: wanted, tell: (text) => say(`  ${text}`) });
  const n = (of: number) => of.toLocaleString("en");
  say(`${n(decisions)} decisions in ${n(companies)} companies, ${Math.round((performance.now() - began) / 1_000)} s`);
  let bad = false;
  for (const [check, what] of Object.entries(invariants)) {
    const cases = checks.cases.get(check as keyof typeof invariants) ?? 0;
    const fault = checks.faults.get(check as keyof typeof invariants);
    const says = fault !== undefined ? `FAULT ${fault}` : cases === 0 ? "FAULT it never had a case" : "holds";
    bad ||= says !== "holds";
    say(`  ${check.padEnd(38)}${n(cases).padStart(12)} ${what}: ${says}`);
  }
  return bad ? 1 : 0;
}
