import { calibrationError } from "../../server/modules/listening/domain/calibrate.ts";
import { type Figures, type Hits, listOf, mean, type Row, rates } from "./rows.ts";

const NONE = "(none)";
const label = (value: unknown) => (value === null || value === undefined ? NONE : String(value));
/** With more labels than this the figures of each one are not listed. */
const LISTED = 8;

/** One label for each row; `null` in the truth means none of the known ones. */
export function scoreClassify(truth: readonly Row[], found: readonly Row[]): Figures {
  const answers = new Map(found.map((f) => [f.id, f]));
  const pairs = truth.map((t) => ({
    t: label(t.label),
    f: answers.has(t.id) ? label(answers.get(t.id)!.label) : "(missing)",
  }));
  const right = (rows: typeof pairs) => mean(rows.map((p) => Number(p.t === p.f)));
  const labels = [...new Set(pairs.map((p) => p.t))].sort();
  const each = labels.map((l) => {
    const hits = { right: 0, wrong: 0, missed: 0 };
    for (const p of pairs) tally(hits, p.t === l, p.f === l);
    return { l, figures: rates(hits) };
  });
  const out: Figures = { n: pairs.length, accuracy: right(pairs), macro_f1: mean(each.map((e) => e.figures.f1!)) };
  const sure = truth.flatMap((t) => {
    const answer = answers.get(t.id);
    const share = (answer?.scores as Record<string, number> | undefined)?.[String(answer?.label)];
    return typeof share === "number" ? [{ sure: share, right: t.label === answer!.label }] : [];
  });
  if (sure.length)
    out.calibration_error = calibrationError(
      sure.map((s) => s.sure),
      sure.map((s) => s.right),
    );
  if (labels.includes(NONE)) {
    out.in_scope_accuracy = right(pairs.filter((p) => p.t !== NONE));
    out.out_of_scope_recall = each.find((e) => e.l === NONE)!.figures.recall!;
  }
  if (labels.length <= LISTED)
    for (const { l, figures } of each)
      if (l !== NONE) for (const [k, v] of Object.entries(figures)) out[`${k} ${l}`] = v;
  return out;
}

/** Several labels may hold for one row. `must`: what has to be found; `may`: what is not counted wrong. */
export function scoreSets(truth: readonly Row[], found: readonly Row[], kind: "risks" | "signals"): Figures {
  const answers = new Map(found.map((f) => [f.id, listOf(f[kind])]));
  const wanted = (t: Row) => listOf(kind === "risks" ? t.must : t.signals);
  const names = [...new Set(truth.flatMap((t) => [...wanted(t), ...listOf(t.may)]))].sort();
  const out: Figures = { n: truth.length };
  const f1s: number[] = [];
  const given = new Map(found.map((f) => [f.id, (f.scores ?? {}) as Record<string, unknown>]));
  const sure: { sure: number; right: boolean }[] = [];
  for (const name of names) {
    const hits = { right: 0, wrong: 0, missed: 0 };
    for (const t of truth) {
      const yes = answers.get(t.id)?.includes(name) ?? false;
      const share = given.get(t.id)?.[name];
      if (yes && typeof share === "number")
        sure.push({ sure: share, right: wanted(t).includes(name) || listOf(t.may).includes(name) });
      if (!(yes && !wanted(t).includes(name) && listOf(t.may).includes(name)))
        tally(hits, wanted(t).includes(name), yes);
    }
    const figures = rates(hits, name);
    Object.assign(out, figures);
    f1s.push(figures[`f1 ${name}`]!);
  }
  const fired = (t: Row) => (answers.get(t.id) ?? []).filter((n) => kind === "risks" || names.includes(n)).length > 0;
  const quiet = truth.filter((t) => wanted(t).length === 0 && listOf(t.may).length === 0);
  out.macro_f1 = mean(f1s);
  // Of what was said, how far "so sure" lies from "so often right".
  if (sure.length)
    out.calibration_error = calibrationError(
      sure.map((s) => s.sure),
      sure.map((s) => s.right),
    );
  if (kind === "risks") out.recall_any = mean(truth.filter((t) => wanted(t).length > 0).map((t) => Number(fired(t))));
  if (quiet.length > 0)
    out[kind === "risks" ? "false_alarm_rate" : "false_alarms_where_none"] = mean(quiet.map((t) => Number(fired(t))));
  return out;
}

/** Actionable or not under each of several policies. */
export function scoreActionable(truth: readonly Row[], found: readonly Row[]): Figures {
  const key = (r: Row) => JSON.stringify([r.policy, r.id]);
  const answers = new Map(found.map((f) => [key(f), f.actionable === true]));
  const score = (rows: readonly Row[]): Figures => {
    const hits = { right: 0, wrong: 0, missed: 0 };
    for (const t of rows) tally(hits, t.actionable === true, answers.get(key(t)) ?? false);
    return { ...rates(hits), accuracy: mean(rows.map((t) => Number((answers.get(key(t)) ?? false) === t.actionable))) };
  };
  const policies = [...Map.groupBy(truth, (t) => String(t.policy)).values()];
  const differ = [...Map.groupBy(truth, (t) => String(t.id)).values()]
    .filter((rows) => rows.some((t) => t.actionable === true) && rows.some((t) => t.actionable !== true))
    .flat();
  const accuracyWhereTheyDiffer: Figures =
    differ.length === 0 ? {} : { accuracy_where_policies_differ: score(differ).accuracy ?? 0 };
  return {
    n: truth.length,
    ...score(truth),
    mean_f1: mean(policies.map((rows) => score(rows).f1 ?? 0)),
    ...accuracyWhereTheyDiffer,
  };
}

function tally(hits: Hits, wanted: boolean, got: boolean): void {
  if (wanted && got) hits.right += 1;
  else if (got) hits.wrong += 1;
  else if (wanted) hits.missed += 1;
}
