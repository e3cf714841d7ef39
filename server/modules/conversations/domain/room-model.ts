import { ANEW, FEATURES } from "./room-features.ts";

/** A small network over one-hot features: a linear score and one hidden layer, added up. Flat arrays, one row per feature. */
export interface RoomModel {
  hidden: number;
  /** FEATURES × hidden. */
  inner: Float32Array;
  linear: Float32Array;
  outer: Float32Array;
}

export function emptyModel(hidden: number): RoomModel {
  return {
    hidden,
    inner: new Float32Array(FEATURES * hidden),
    linear: new Float32Array(FEATURES),
    outer: new Float32Array(hidden),
  };
}

/** Chances of going on from each candidate, and last of beginning anew; they add up to one. `ofLine`: features all of them share. */
export function chances(model: RoomModel, ofLine: readonly number[], pairs: readonly (readonly number[])[]): number[] {
  const shared = new Float32Array(model.hidden);
  for (const f of ofLine) addRow(model, shared, f);
  const lineScore = linearScore(model, ofLine);
  const scores = [...pairs, [ANEW, ...ofLine]].map((features, i) => {
    const anew = i === pairs.length;
    const sum = Float32Array.from(shared);
    for (const f of anew ? [ANEW] : features) addRow(model, sum, f);
    let score = anew ? model.linear[ANEW]! + lineScore : linearScore(model, features);
    for (let h = 0; h < model.hidden; h++) if (sum[h]! > 0) score += sum[h]! * model.outer[h]!;
    return score;
  });
  const most = Math.max(...scores);
  const raised = scores.map((s) => Math.exp(s - most));
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map((r) => r / sum);
}

function addRow(model: RoomModel, into: Float32Array, feature: number): void {
  const from = feature * model.hidden;
  for (let h = 0; h < model.hidden; h++) into[h]! += model.inner[from + h]!;
}

function linearScore(model: RoomModel, features: readonly number[]): number {
  let score = 0;
  for (const f of features) score += model.linear[f]!;
  return score;
}

/** Weights in sixteen bits each, with one scale per part. */
export function packModel(model: RoomModel): { hidden: number; parts: { scale: number; base64: string }[] } {
  return {
    hidden: model.hidden,
    parts: [model.inner, model.linear, model.outer].map((part) => {
      const most = part.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-9);
      const packed = Int16Array.from(part, (w) => Math.round((w / most) * 32_767));
      return { scale: most / 32_767, base64: Buffer.from(packed.buffer).toString("base64") };
    }),
  };
}

export function unpackModel(packed: {
  hidden: number;
  parts: readonly { scale: number; base64: string }[];
}): RoomModel {
  const [inner, linear, outer] = packed.parts.map(({ scale, base64 }) => {
    const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
    return Float32Array.from(new Int16Array(bytes.buffer), (n) => n * scale);
  });
  const model = { hidden: packed.hidden, inner: inner!, linear: linear!, outer: outer! };
  if (
    model.inner.length !== FEATURES * model.hidden ||
    model.linear.length !== FEATURES ||
    model.outer.length !== model.hidden
  )
    throw new Error("The weights of the room model do not fit its features; train it again with tools/train/rooms.ts.");
  return model;
}
