import { readSaid } from "../server/modules/conversations/domain/said.ts";
import { stitch } from "../server/modules/conversations/domain/stitch.ts";
import { emptyWorld, type StitchMessage } from "../server/modules/conversations/domain/stitch-world.ts";
import { loadModels, understand } from "../server/modules/listening/index.ts";
import { ManualClock, MINUTE } from "../server/platform/clock.ts";
import { TEST_START } from "../tests/support/database.ts";
import { type PlacingCost, placingCosts } from "../tests/support/placing-town.ts";
import { pleas, withFreshDatabase, withPostgres } from "./house.ts";
import { type Bench, counted, type Figure, inTurns, parseRate, seconds, throughput } from "./measure.ts";

const ROUNDS = 5;
const MANY = 20_000;
/** Three messages a person, two of them public. */
const EACH = 3;
const WORDS = ["hums", "flickers", "smells", "broke", "came late", "is the wrong one"];

function said(n: number): StitchMessage {
  const who = `p${(n * 7_919) % (MANY / EACH)}`;
  const hidden = n % EACH === 2;
  const text = `@northwind ${pleas[n % pleas.length]} it ${WORDS[n % WORDS.length]}, order A${10_000 + (n % 9_000)}`;
  return {
    id: `m${n}`,
    at: n * MINUTE,
    key: `m${n}`,
    parentKey: null,
    thread: hidden ? `dm/${who}` : `m${n}`,
    linear: hidden,
    audience: hidden ? "private" : "public",
    by: "customer",
    handleId: who,
    customerId: who,
    deliveredFor: null,
    noise: false,
    addressed: hidden ? "direct" : "mention",
    intent: n % 2 ? "complaint" : "question",
    thanksOnly: n % 17 === 0,
    workAlone: false,
    said: readSaid(text),
  };
}

/** Pure stitching in memory, on one core: the texts read, the evidence weighed, the world kept. */
/** Stored messages among which one is placed. */
const [FEW, VERY_MANY] = [10_000, 1_000_000];

/** What placing one message costs among few and among very many: rows and candidates, counted. */
async function rowsOfPlacing({ folder, say }: Parameters<Bench["run"]>[0]): Promise<Figure[]> {
  return withPostgres(folder, async (postgres) => {
    const at = (messages: number) =>
      withFreshDatabase(postgres, (db) => placingCosts(db, new ManualClock(TEST_START), messages));
    const few = await at(FEW);
    const many = await at(VERY_MANY);
    for (const [i, c] of many.entries())
      say(
        `${c.what}: ${few[i]!.rows} → ${c.rows} rows came back, ${few[i]!.looked} → ${c.looked} looked at, ${c.statements} statements`,
      );
    const figure = (what: string, of: (c: PlacingCost) => number): Figure => {
      const before = Math.max(...few.map(of));
      const value = Math.max(...many.map(of));
      return {
        ...counted(`${what}, at most, at ${VERY_MANY.toLocaleString("en")}`, "a message", many.map(of)),
        value,
        baseline: { what: `at ${FEW.toLocaleString("en")}`, value: before, ratio: value / Math.max(1, before) },
      };
    };
    return [
      figure("conversations weighed", (c) => c.candidates),
      figure("rows that came back", (c) => c.rows),
      figure("own rows looked at", (c) => c.looked),
    ];
  });
}

export const stitchBench: Bench = {
  about: `One message placed among ${FEW.toLocaleString("en")} and ${VERY_MANY.toLocaleString("en")} stored ones: rows and candidates; and ${MANY.toLocaleString("en")} messages of ${Math.round(MANY / EACH).toLocaleString("en")} people read and stitched in memory, one core; baseline: labelling the same texts`,
  async run(round) {
    const rows = await rowsOfPlacing(round);
    const models = await loadModels();
    const stitched: number[] = [];
    const labelled: number[] = [];
    const parsed: number[] = [];
    await inTurns(ROUNDS, [
      async () => {
        const took = await seconds(() =>
          stitch(
            emptyWorld(),
            Array.from({ length: MANY }, (_, n) => said(n)),
          ),
        );
        stitched.push(MANY / took);
      },
      async () => {
        const some = MANY / 10;
        const took = await seconds(() => {
          for (let n = 0; n < some; n++)
            understand(
              {
                text: pleas[n % pleas.length]!,
                network: "x",
                visibility: "public",
                kind: "post",
                author: { handle: "p" },
                mentions: [],
                why: [],
                brand: { names: [], handles: [], terms: [] },
              },
              models,
            );
        });
        labelled.push(some / took);
      },
      async () => void parsed.push(parseRate()),
    ]);
    return [
      ...rows,
      throughput("read and stitched", "messages/s", stitched, parsed, { what: "labelling alone", rounds: labelled }),
    ];
  },
};
