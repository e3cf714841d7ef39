import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { FeatureSpec } from "../domain/features.ts";
import type { LinearModel } from "../domain/linear-model.ts";

/** What a packed model looks like: a JSON head, and base64 of deflated bytes (gaps between buckets as varints, int8 rows). */
type PackedModel = {
  format: "hubbub-linear-1";
  name: string;
  kind: LinearModel["kind"];
  spec: FeatureSpec;
  labels: string[];
  thresholds: number[];
  bias: number[];
  scale: number[];
  count: number;
  buckets: string;
  rows: string;
  /** Inverse document frequencies of the rows in sixteenths, where the model weighs by them. */
  rarity?: string;
};

const SIXTEENTHS = 16;
const UNPACKED_LIMIT = 256 * 1024 * 1024;

/** Packs a model into text of a few ten kilobytes: weights become int8 per label, the faintest are dropped. */
export function packModel(model: LinearModel, faintest = 2): string {
  const k = model.labels.length;
  const scale = columnScales(model);
  const kept: [bucket: number, row: Int8Array][] = [];
  for (let bucket = 0; bucket < model.index.length; bucket++) {
    const row = model.index[bucket]!;
    if (row < 0) continue;
    const packed = new Int8Array(k);
    for (let c = 0; c < k; c++) {
      const q = Math.round((model.weights[row * k + c]! * model.scale[c]!) / scale[c]!);
      packed[c] = Math.abs(q) < faintest ? 0 : q;
    }
    // Where rarity weighs, a row without weight still takes its part of the post's length.
    if (model.rarity || packed.some((q) => q !== 0)) kept.push([bucket, packed]);
  }
  const rows = new Int8Array(kept.length * k);
  // Column after column: values of one label stand together, which deflates better.
  kept.forEach(([, row], i) => {
    for (let c = 0; c < k; c++) rows[c * kept.length + i] = row[c]!;
  });
  const packed: PackedModel = {
    format: "hubbub-linear-1",
    name: model.name,
    kind: model.kind,
    spec: model.spec,
    labels: model.labels,
    thresholds: model.thresholds.map((t) => Math.round(t * 1e4) / 1e4),
    bias: [...model.bias].map((b) => Math.round(b * 1e5) / 1e5),
    scale: [...scale],
    count: kept.length,
    buckets: deflate(varints(kept.map(([bucket], i) => bucket - (i ? kept[i - 1]![0] : 0)))),
    rows: deflate(Buffer.from(rows.buffer)),
    ...(model.rarity
      ? { rarity: deflate(Uint8Array.from(kept, ([b]) => Math.min(255, model.rarity![model.index[b]!]! * SIXTEENTHS))) }
      : {}),
  };
  return `${JSON.stringify(packed)}\n`;
}

/** Reads what `packModel` wrote; throws a clear error for anything else. */
export function unpackModel(text: string): LinearModel {
  const p = JSON.parse(text) as PackedModel;
  if (p?.format !== "hubbub-linear-1") throw new Error("This is no text model of this version: train it anew.");
  const k = p.labels.length;
  const index = new Int32Array(2 ** p.spec.bits).fill(-1);
  let bucket = 0;
  let row = 0;
  for (const gap of readVarints(inflate(p.buckets))) {
    bucket += gap;
    index[bucket] = row++;
  }
  const columns = new Int8Array(inflate(p.rows));
  if (row !== p.count || columns.length !== p.count * k)
    throw new Error(`The text model "${p.name}" is damaged: train it anew.`);
  const weights = new Int8Array(p.count * k);
  for (let i = 0; i < p.count; i++) for (let c = 0; c < k; c++) weights[i * k + c] = columns[c * p.count + i]!;
  const { name, kind, spec, labels, thresholds } = p;
  return {
    name,
    kind,
    spec,
    labels,
    thresholds,
    bias: Float32Array.from(p.bias),
    index,
    weights,
    scale: Float32Array.from(p.scale),
    ...(p.rarity ? { rarity: rarityOf(p.rarity, p) } : {}),
  };
}

function rarityOf(text: string, { name, count }: PackedModel): Float32Array {
  const sixteenths = inflate(text);
  if (sixteenths.length !== count) throw new Error(`The text model "${name}" is damaged: train it anew.`);
  return Float32Array.from(sixteenths, (r) => r / SIXTEENTHS);
}

function columnScales(model: LinearModel): Float32Array {
  const k = model.labels.length;
  const scale = new Float32Array(k).fill(1e-9);
  for (let i = 0; i < model.weights.length; i++) {
    const w = Math.abs(model.weights[i]! * model.scale[i % k]!) / 127;
    if (w > scale[i % k]!) scale[i % k] = w;
  }
  return scale;
}

function deflate(bytes: Uint8Array): string {
  return deflateRawSync(bytes, { level: 9 }).toString("base64");
}

function inflate(text: string): Uint8Array {
  return Uint8Array.from(inflateRawSync(Buffer.from(text, "base64"), { maxOutputLength: UNPACKED_LIMIT }));
}

function varints(values: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (const value of values) {
    let v = value;
    while (v > 127) {
      bytes.push((v & 127) | 128);
      v >>>= 7;
    }
    bytes.push(v);
  }
  return Uint8Array.from(bytes);
}

function* readVarints(bytes: Uint8Array): Generator<number> {
  let value = 0;
  let shift = 0;
  for (const byte of bytes) {
    value |= (byte & 127) << shift;
    shift += 7;
    if (byte > 127) continue;
    yield value;
    value = 0;
    shift = 0;
  }
}
