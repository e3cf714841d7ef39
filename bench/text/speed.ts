/**
 * Posts labelled per second of one core's time: `understand`, and with what is read beside it (kinds, abuse, personal data, things of a list), against a
 * JSON.parse of the same lines; and the memory that the models take. CPU time of the process, as machines are shared; the least of the rounds.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const before = process.memoryUsage().rss;
const { understand } = await import("../../server/modules/listening/domain/understand.ts");
const { readBeside } = await import("../../server/modules/listening/domain/beside.ts");
const { ThingFinder } = await import("../../server/modules/listening/domain/things.ts");
const { tokenise } = await import("../../server/modules/listening/domain/tokens.ts");
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

const things = new ThingFinder(
  Array.from({ length: 200 }, (_, i) => ({
    ...{ id: `t${i}`, kind: "product" as const, name: `Lamp model ${i}`, synonyms: [`#lamp${i}`], brandId: null },
  })),
);
const labelled = (text: string) =>
  understand(
    {
      ...{ text, network: "bench", visibility: "public", kind: "post", author: { handle: "anna" } },
      ...{ mentions: [], why: [], brand },
    },
    models,
  );

const ROUNDS = 9;
const parse: number[] = [];
const read: number[] = [];
const all: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  parse.push(cpu(() => lines.forEach((line) => void JSON.parse(line))));
  read.push(cpu(() => posts.forEach(({ text }) => void labelled(text))));
  all.push(
    cpu(() => {
      for (const { text } of posts)
        readBeside(tokenise(text), labelled(text), { names: brand.names, things, brandId: null });
    }),
  );
}
const least = (values: number[]) => Math.min(...values) / posts.length;
const say = (us: number) => `${us.toFixed(0)} µs of CPU a post, ${Math.round(1e6 / us)} posts/s of one core`;
console.log(
  `understand: ${say(least(read))}; ${(least(read) / least(parse)).toFixed(1)} times JSON.parse of the same lines`,
);
console.log(`all labels: ${say(least(all))}`);

/** Microseconds of this process. */
function cpu(run: () => void): number {
  const at = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(at);
  return user + system;
}
