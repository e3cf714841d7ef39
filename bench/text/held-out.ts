/**
 * How well rules and models together label our own posts they had not learnt from (four folds).
 *
 *   node bench/text/held-out.ts --sets <folder> --emotions <folder>      the same folders as tools/train/train.ts
 */
import { parseArgs } from "node:util";
import { maker } from "../../server/modules/listening/domain/calibrate.ts";
import { seeded, shuffle } from "../../server/modules/listening/domain/learn.ts";
import { type Understanding, understand } from "../../server/modules/listening/domain/understand.ts";
import { loadModels, SHIPPED } from "../../server/modules/listening/models/load-models.ts";
import { type AuthoredPost, RECIPES } from "../../tools/train/recipes.ts";
import { readSources } from "../../tools/train/sources.ts";

const { values } = parseArgs({ options: { sets: { type: "string" }, emotions: { type: "string" } } });
if (!values.sets || !values.emotions) {
  console.error("Say where the data lie: --sets <folder> --emotions <folder>.");
  process.exit(2);
}
const FOLDS = 4;
const sources = readSources(values.sets, values.emotions);
const shipped = await loadModels();
const order = shuffle([...sources.authored], seeded(3));
const read: { post: AuthoredPost; u: Understanding }[] = [];

for (let fold = 0; fold < FOLDS; fold++) {
  const authored = order.filter((_, i) => i % FOLDS !== fold);
  const models = { ...shipped };
  for (const name of SHIPPED) {
    const recipe = RECIPES[name];
    const model = maker(
      name,
      recipe.kind,
      recipe.spec,
      recipe.labels,
      recipe.options,
    )(recipe.marks({ ...sources, authored }));
    // Thresholds are those that ship: they were found on held-out folds of all our posts.
    models[name] = { ...model, thresholds: shipped[name].thresholds };
  }
  for (const post of order.filter((_, i) => i % FOLDS === fold)) {
    const brand = { names: [], handles: [], terms: [] };
    const u = understand(
      {
        text: post.text,
        network: "bench",
        visibility: "public",
        kind: "post",
        author: { handle: "a" },
        mentions: [],
        why: [],
        brand,
      },
      models,
    );
    read.push({ post, u });
  }
}

console.log("| label | precision | recall | posts |\n|---|---|---|---|");
for (const risk of RECIPES.urgency.labels)
  row(
    risk,
    (p) => p.risks.includes(risk),
    (u) => u.urgency.risks.some((r) => r.value === risk),
  );
row(
  "any danger",
  (p) => p.risks.length > 0,
  (u) => u.urgency.risks.length > 0,
);
row(
  "noise",
  (p) => p.noise !== "signal",
  (u) => u.noise.value === "noise",
);
for (const signal of RECIPES.signals.labels)
  row(
    signal,
    (p) => p.signals.includes(signal),
    (u) => u.signals.some((s) => s.value === signal),
  );
row(
  "gratitude",
  (p) => p.signals.includes("gratitude"),
  (u) => u.gratitude.gratitude,
);
for (const intent of RECIPES.intent.labels)
  row(
    `intent ${intent}`,
    (p) => p.intent === intent,
    (u) => u.intent.value === intent,
  );
for (const s of RECIPES.sentiment.labels)
  row(
    `sentiment ${s}`,
    (p) => p.sentiment === s,
    (u) => u.sentiment.value === s,
  );

function row(label: string, is: (p: AuthoredPost) => boolean, said: (u: Understanding) => boolean): void {
  const truth = read.filter(({ post }) => is(post));
  const given = read.filter(({ u }) => said(u));
  const both = truth.filter(({ u }) => said(u)).length;
  const share = (n: number, of: number) => (of ? (n / of).toFixed(2).replace(/^0/, "") : "–");
  console.log(`| ${label} | ${share(both, given.length)} | ${share(both, truth.length)} | ${truth.length} |`);
}
