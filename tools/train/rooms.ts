/**
 * Trains the model that tells the threads of a chat room apart.
 *
 *   node tools/train/rooms.ts --in room.in.jsonl.gz --gold room.gold.jsonl.gz [--fold 0] [--epochs 6] [--out FILE]
 *
 * `--in`: rows {set,id,at,by,from,text}; `--gold`: rows {set,id,conversation} for the lines people have marked. With `--fold N` every
 * fifth room is held out and scored; without, all are learnt and the weights are written. What was used: the notice beside the
 * weights. The same input gives the same weights.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { clusterScores } from "../../bench/judge/cluster-scores.ts";
import {
  ANEW,
  candidatesOf,
  FEATURES,
  lineFeatures,
  pairFeatures,
} from "../../server/modules/conversations/domain/room-features.ts";
import { emptyRoom, hear, listen, notice, type RoomLine } from "../../server/modules/conversations/domain/room-log.ts";
import { emptyModel, packModel, type RoomModel } from "../../server/modules/conversations/domain/room-model.ts";
import { RoomGroups, roomThreads } from "../../server/modules/conversations/domain/room-threads.ts";

type Room = { set: string; lines: RoomLine[]; gold: Map<string, string> };
/** One marked line: features of the line, of each candidate, and which candidates are right; none right means it begins anew. */
type Example = { ofLine: Uint16Array; pairs: Uint16Array; each: number; right: Uint8Array; anew: boolean };

/** Lines this early in the marked part may go on from lines nobody marked. */
const UNSURE = 30;

const { values } = parseArgs({
  options: {
    in: { type: "string" },
    gold: { type: "string" },
    fold: { type: "string" },
    epochs: { type: "string", default: "6" },
    hidden: { type: "string", default: "16" },
    rate: { type: "string", default: "0.05" },
    seed: { type: "string", default: "1" },
    out: { type: "string" },
  },
});
if (!values.in || !values.gold) {
  console.error("Say where the data lie: --in FILE --gold FILE (see the head of this file).");
  process.exit(2);
}
const read = <T>(file: string): T[] => {
  const bytes = readFileSync(file);
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter(Boolean)
    .map((l) => JSON.parse(l) as T);
};

function readRooms(input: string, goldFile: string): Room[] {
  const rooms = new Map<string, Room>();
  for (const r of read<{ set: string; id: string; at: string; by: string; from: string; text: string }>(input)) {
    let room = rooms.get(r.set);
    if (!room) {
      room = { set: r.set, lines: [], gold: new Map() };
      rooms.set(r.set, room);
    }
    room.lines.push({ id: r.id, at: Date.parse(r.at), from: r.from, text: r.text, notice: r.by === "system" });
  }
  for (const g of read<{ set: string; id: string; conversation: string }>(goldFile))
    rooms.get(g.set)?.gold.set(g.id, g.conversation);
  return [...rooms.values()];
}

/** A small generator of chance, so that the same seed gives the same weights. */
function chance(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Examples of the marked lines; the threads before each are the true ones. */
function examplesOf(room: Room): Example[] {
  const log = emptyRoom();
  const groups = new RoomGroups();
  const examples: Example[] = [];
  let marked = 0;
  for (const line of room.lines.toSorted((a, b) => a.at - b.at)) {
    if (line.notice) {
      notice(log, line);
      continue;
    }
    const heard = listen(log, line);
    const truth = room.gold.get(line.id);
    if (truth !== undefined) {
      const candidates = candidatesOf(log, heard);
      const right = Uint8Array.from(candidates, (c) => (room.gold.get(c.id) === truth ? 1 : 0));
      const anew = !right.includes(1);
      if (!anew || marked >= UNSURE) {
        const pairs = candidates.map((c) => pairFeatures(log, heard, c, groups));
        const each = pairs[0]?.length ?? 0;
        examples.push({
          ofLine: Uint16Array.from(lineFeatures(log, heard)),
          pairs: Uint16Array.from(pairs.flat()),
          each,
          right,
          anew,
        });
      }
      marked++;
    }
    groups.put(heard, truth === undefined ? line.id : `marked ${truth}`);
    hear(log, heard);
  }
  return examples;
}

function learn(examples: Example[], hidden: number, epochs: number, rate: number, seed: number): RoomModel {
  const random = chance(seed);
  const model = emptyModel(hidden);
  for (let i = 0; i < model.inner.length; i++) model.inner[i] = (random() - 0.5) * 0.4;
  for (let h = 0; h < hidden; h++) model.outer[h] = (random() - 0.5) * 0.6;
  const squares = {
    inner: new Float32Array(FEATURES * hidden).fill(1e-2),
    linear: new Float32Array(FEATURES).fill(1e-2),
    outer: new Float32Array(hidden).fill(1),
  };
  const innerStep = new Float32Array(FEATURES * hidden);
  const linearStep = new Float32Array(FEATURES);
  const outerStep = new Float32Array(hidden);
  const touched = new Uint8Array(FEATURES);
  const BATCH = 16;
  const order = examples.map((_, i) => i);
  let inBatch = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    const step = rate * (epoch >= epochs - 1 ? 0.25 : epoch >= epochs - 2 ? 0.5 : 1);
    let loss = 0;
    for (const at of order) {
      loss += backward(model, examples[at]!, innerStep, linearStep, outerStep, touched);
      if (++inBatch === BATCH) {
        apply(step);
        inBatch = 0;
      }
    }
    console.error(`  epoch ${epoch + 1}: ${(loss / examples.length).toFixed(4)}`);
  }
  return model;

  function apply(step: number): void {
    for (let f = 0; f < FEATURES; f++) {
      if (!touched[f]) continue;
      touched[f] = 0;
      const g = linearStep[f]! / BATCH + 1e-6 * model.linear[f]!;
      squares.linear[f]! += g * g;
      model.linear[f]! -= (step * g) / Math.sqrt(squares.linear[f]!);
      linearStep[f] = 0;
      for (let h = 0, k = f * hidden; h < hidden; h++, k++) {
        const gi = innerStep[k]! / BATCH + 1e-6 * model.inner[k]!;
        squares.inner[k]! += gi * gi;
        model.inner[k]! -= (step * gi) / Math.sqrt(squares.inner[k]!);
        innerStep[k] = 0;
      }
    }
    for (let h = 0; h < hidden; h++) {
      const g = outerStep[h]! / BATCH;
      squares.outer[h]! += g * g;
      model.outer[h]! -= (step * g) / Math.sqrt(squares.outer[h]!);
      outerStep[h] = 0;
    }
  }
}

/** Adds the gradient of one example; returns its loss: −log of the summed chances of what is right. */
function backward(
  model: RoomModel,
  e: Example,
  inner: Float32Array,
  linear: Float32Array,
  outer: Float32Array,
  touched: Uint8Array,
): number {
  const H = model.hidden;
  const n = e.right.length;
  const shared = new Float32Array(H);
  let lineScore = 0;
  for (const f of e.ofLine) {
    for (let h = 0; h < H; h++) shared[h]! += model.inner[f * H + h]!;
    lineScore += model.linear[f]!;
  }
  const acts = new Float32Array((n + 1) * H);
  const scores = new Float64Array(n + 1);
  for (let i = 0; i <= n; i++) {
    const base = i * H;
    let s = 0;
    for (let h = 0; h < H; h++) acts[base + h] = shared[h]!;
    const from = i * e.each;
    const to = i === n ? from + 1 : from + e.each;
    for (let k = from; k < to; k++) {
      const f = i === n ? ANEW : e.pairs[k]!;
      s += model.linear[f]!;
      const row = f * H;
      for (let h = 0; h < H; h++) acts[base + h]! += model.inner[row + h]!;
    }
    if (i === n) s += lineScore;
    for (let h = 0; h < H; h++) {
      if (acts[base + h]! > 0) s += acts[base + h]! * model.outer[h]!;
      else acts[base + h] = 0;
    }
    scores[i] = s;
  }
  const most = scores.reduce((a, b) => Math.max(a, b));
  let all = 0;
  let good = 0;
  for (let i = 0; i <= n; i++) {
    scores[i] = Math.exp(scores[i]! - most);
    all += scores[i]!;
    if (i === n ? e.anew : e.right[i]) good += scores[i]!;
  }
  const sharedBack = new Float32Array(H);
  const delta = new Float32Array(H);
  for (let i = 0; i <= n; i++) {
    const isRight = i === n ? e.anew : e.right[i] === 1;
    const g = scores[i]! / all - (isRight ? scores[i]! / good : 0);
    if (Math.abs(g) < 1e-4) continue;
    const base = i * H;
    for (let h = 0; h < H; h++) {
      const a = acts[base + h]!;
      if (a > 0) {
        outer[h]! += g * a;
        delta[h] = g * model.outer[h]!;
        sharedBack[h]! += delta[h]!;
      } else delta[h] = 0;
    }
    const from = i * e.each;
    const to = i === n ? from + 1 : from + e.each;
    for (let k = from; k < to; k++) {
      const f = i === n ? ANEW : e.pairs[k]!;
      touched[f] = 1;
      linear[f]! += g;
      for (let h = 0, r = f * H; h < H; h++, r++) inner[r]! += delta[h]!;
    }
    if (i === n)
      for (const f of e.ofLine) {
        touched[f] = 1;
        linear[f]! += g;
      }
  }
  for (const f of e.ofLine) {
    touched[f] = 1;
    for (let h = 0, r = f * H; h < H; h++, r++) inner[r]! += sharedBack[h]!;
  }
  return -Math.log(good / all);
}

function report(name: string, rooms: Room[], model: RoomModel): void {
  const gold: string[] = [];
  const got: string[] = [];
  for (const room of rooms) {
    const found = roomThreads(room.lines, model);
    for (const [id, c] of room.gold) {
      gold.push(`${room.set}/${c}`);
      got.push(`${room.set}/${found.get(id)}`);
    }
  }
  const s = clusterScores(gold, got);
  console.error(
    `${name}: 1−VI ${s.vi.toFixed(2)}, one-to-one ${s.oneToOne.toFixed(2)}, exact F1 ${s.exactF1.toFixed(2)}, B³ ${s.b3F1.toFixed(2)} pair ${s.pairF1.toFixed(2)} groups ${new Set(gold).size}/${new Set(got).size}`,
  );
}

const rooms = readRooms(values.in, values.gold);
const fold = values.fold === undefined ? null : Number(values.fold);
const held = rooms.filter((_, i) => fold !== null && i % 5 === fold);
const examples = rooms.filter((r) => !held.includes(r)).flatMap(examplesOf);
console.error(`${examples.length} examples`);
const model = learn(examples, Number(values.hidden), Number(values.epochs), Number(values.rate), Number(values.seed));
if (held.length > 0) report("held out", held, model);
if (values.out) writeFileSync(values.out, `${JSON.stringify(packModel(model))}\n`);
