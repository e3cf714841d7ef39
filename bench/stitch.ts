import { readSaid } from "../server/modules/conversations/domain/said.ts";
import { stitch } from "../server/modules/conversations/domain/stitch.ts";
import { emptyWorld, type StitchMessage } from "../server/modules/conversations/domain/stitch-world.ts";
import { loadModels, understand } from "../server/modules/listening/index.ts";
import { MINUTE } from "../server/platform/clock.ts";
import { pleas } from "./house.ts";
import { type Bench, inTurns, parseRate, seconds, throughput } from "./measure.ts";

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
export const stitchBench: Bench = {
  about: `${MANY.toLocaleString("en")} messages of ${Math.round(MANY / EACH).toLocaleString("en")} people read and stitched in memory, one core; baseline: labelling the same texts`,
  async run() {
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
      throughput("read and stitched", "messages/s", stitched, parsed, { what: "labelling alone", rounds: labelled }),
    ];
  },
};
