/** Posts per second of `understand` on one core, against a JSON.parse of the same lines, and the memory that the models take. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const before = process.memoryUsage().rss;
const { understand } = await import("../../server/modules/listening/domain/understand.ts");
const { loadModels } = await import("../../server/modules/listening/models/load-models.ts");
const began = performance.now();
const models = await loadModels();
console.log(
  `models: ${(performance.now() - began).toFixed(0)} ms, ${((process.memoryUsage().rss - before) / 1e6).toFixed(0)} MB of resident memory with the code`,
);

const folder = join(import.meta.dirname, "../../tools/train/authored");
const lines = readdirSync(folder)
  .filter((f) => f.endsWith(".jsonl"))
  .flatMap((f) => readFileSync(join(folder, f), "utf8").trim().split("\n"));
const posts = lines.map((line) => JSON.parse(line) as { text: string });
const brand = { names: ["Lumo", "Northwind"], handles: ["lumo", "northwind"], terms: ["#lumo"] };

const ROUNDS = 7;
const parse: number[] = [];
const read: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  parse.push(time(() => lines.forEach((line) => void JSON.parse(line))));
  read.push(
    time(() => {
      for (const { text } of posts) {
        understand(
          {
            text,
            network: "bench",
            visibility: "public",
            kind: "post",
            author: { handle: "anna" },
            mentions: [],
            why: [],
            brand,
          },
          models,
        );
      }
    }),
  );
}
const perSecond = (ms: number) => Math.round((posts.length / ms) * 1000);
console.log(
  `understand: ${perSecond(median(read))} posts/s; JSON.parse of the same lines: ${perSecond(median(parse))}/s; ratio ${(median(read) / median(parse)).toFixed(1)}`,
);

function time(run: () => void): number {
  const at = performance.now();
  run();
  return performance.now() - at;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
