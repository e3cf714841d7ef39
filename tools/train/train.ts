/**
 * Trains the text models that ship with the product.
 *
 *   node tools/train/train.ts --sets <folder> --emotions <folder> [--only noise,intent] [--out <folder>]
 *
 * `--sets`: holds `intent/banking77.learn.jsonl.gz` and `intent/clinc150.learn.jsonl.gz` (rows {text,label}). `--emotions`: holds `train.tsv` (text, numbers of labels, id)
 * and `labels.txt` of GoEmotions. Where both come from and under which licence: server/modules/listening/models/NOTICE.md.
 * The same input gives the same files, byte for byte.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bestThreshold, calibrationError, heldOut, maker } from "../../server/modules/listening/domain/calibrate.ts";
import type { Marked } from "../../server/modules/listening/domain/learn.ts";
import { SHIPPED, type ShippedModel } from "../../server/modules/listening/models/load-models.ts";
import { packModel } from "../../server/modules/listening/models/model-file.ts";
import { RECIPES, type Recipe } from "./recipes.ts";
import { readSources } from "./sources.ts";

const here = import.meta.dirname;
const { values: args } = parseArgs({
  options: {
    sets: { type: "string" },
    emotions: { type: "string" },
    only: { type: "string" },
    out: { type: "string", default: join(here, "../../server/modules/listening/models") },
  },
});
if (!args.sets || !args.emotions) {
  console.error("Say where the data lie: --sets <folder> --emotions <folder> (see the head of this file).");
  process.exit(2);
}

const sources = readSources(args.sets, args.emotions);
const authoredTexts = new Set(sources.authored.map((a) => a.text));

for (const name of SHIPPED) {
  if (args.only && !args.only.split(",").includes(name)) continue;
  train(name, RECIPES[name]);
}

function train(name: ShippedModel, recipe: Recipe): void {
  const began = performance.now();
  const marks = recipe.marks(sources);
  const make = maker(name, recipe.kind, recipe.spec, recipe.labels, recipe.options);
  const answers = heldOut(marks, make, recipe.goal || name === "noise" ? 5 : 3);
  const model = make(marks);
  const own = marks.map((m, i) => ({ m, p: answers[i]! })).filter(({ m }) => authoredTexts.has(m.text));
  if (recipe.kind === "softmax") {
    const service = new Set([...sources.authored, ...sources.told].map((p) => p.text));
    const at = marks.flatMap((m, i) => (service.has(m.text) ? [i] : []));
    console.log(
      `${name}: expected calibration error on ${at.length} posts of ours, held out: ${errorOf(at).toFixed(3)}`,
    );
  }
  if (recipe.goal) {
    const judged = name === "gratitude" ? marks.map((m, i) => ({ m, p: answers[i]! })) : own;
    model.thresholds = model.labels.map((label, c) =>
      bestThreshold(
        judged.map(({ p }) => p[c]!),
        judged.map(({ m }) => m.labels.includes(label)),
        recipe.goal!,
      ),
    );
  }
  if (name === "noise") {
    // Threshold on the share of noise: at most 2 in 100 customers are taken for noise by the model alone.
    const noise = (p: Float32Array) => 1 - p[0]!;
    const cut = bestThreshold(
      own.map(({ p }) => noise(p)),
      own.map(({ m }) => !m.labels.includes("signal")),
      { falseAlarms: 0.02 },
    );
    model.thresholds[0] = cut;
    const hit = own.filter(({ m, p }) => !m.labels.includes("signal") && noise(p) >= cut).length;
    console.log(
      `noise against signal, held out: cut ${cut.toFixed(3)}, recall ${(hit / own.filter(({ m }) => !m.labels.includes("signal")).length).toFixed(3)} at 2 % of customers lost`,
    );
  }
  /** Of the likeliest label, over some of the marks. */
  function errorOf(at: readonly number[]): number {
    const tops = at.map((i) => answers[i]!.indexOf(Math.max(...answers[i]!)));
    return calibrationError(
      at.map((i, n) => answers[i]![tops[n]!]!),
      at.map((i, n) => marks[i]!.labels.includes(model.labels[tops[n]!]!)),
    );
  }
  const text = packModel(model);
  writeFileSync(join(args.out!, `${name}.model.json`), text);
  console.log(
    `\n${name}: ${marks.length} rows (${own.length} authored), ${(text.length / 1000).toFixed(0)} kB, ${((performance.now() - began) / 1000).toFixed(1)} s`,
  );
  console.log(
    "  held out, all:     ",
    summary(
      recipe,
      marks.map((m, i) => ({ m, p: answers[i]! })),
      model.thresholds,
    ),
  );
  console.log("  held out, authored:", summary(recipe, own, model.thresholds));
}

function summary(recipe: Recipe, rows: { m: Marked; p: Float32Array }[], thresholds: number[]): string {
  const fires = (p: Float32Array, c: number) =>
    recipe.kind === "sigmoid" ? p[c]! >= thresholds[c]! : p.every((x, k) => k === c || x < p[c]!);
  const f1 = recipe.labels.map((label, c) => {
    let hit = 0;
    let said = 0;
    let is = 0;
    for (const { m, p } of rows) {
      const truth = m.labels.includes(label);
      const given = fires(p, c);
      if (truth) is++;
      if (given) said++;
      if (truth && given) hit++;
    }
    return { label, f1: said + is ? (2 * hit) / (said + is) : 0, hit };
  });
  const right = f1.reduce((sum, l) => sum + l.hit, 0) / rows.length;
  const macro = f1.reduce((sum, l) => sum + l.f1, 0) / f1.length;
  return `${recipe.kind === "softmax" ? `accuracy ${right.toFixed(3)} ` : ""}macro F1 ${macro.toFixed(3)} · ${f1.map((l) => `${l.label} ${l.f1.toFixed(2)}`).join(" ")}`;
}
