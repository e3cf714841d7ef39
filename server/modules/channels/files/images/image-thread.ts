import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";
import decodeJpeg, { init as initJpegDecoder } from "@jsquash/jpeg/decode.js";
import encodeJpeg, { init as initJpegEncoder } from "@jsquash/jpeg/encode.js";
import decodePng, { init as initPngDecoder } from "@jsquash/png/decode.js";
import encodePng, { init as initPngEncoder } from "@jsquash/png/encode.js";
import resize, { initResize } from "@jsquash/resize";
import decodeWebp, { init as initWebpDecoder } from "@jsquash/webp/decode.js";
import { GifReader } from "omggif";

/** What the thread is asked: a picture's bytes, and the sides and bytes that are wanted. */
export interface ImageJob {
  format: "png" | "jpeg" | "gif" | "webp";
  bytes: Uint8Array;
  /** Longest side of the picture. */
  side: number;
  /** Longest side of the small one. */
  thumb: number;
  /** It is made smaller until it fits. */
  maxBytes: number;
}
export interface Encoded {
  bytes: Uint8Array;
  mime: "image/png" | "image/jpeg";
  width: number;
  height: number;
}
export interface ImageMade {
  full: Encoded;
  thumb: Encoded;
}
export type ImageAnswer = { ok: true; made: ImageMade } | { ok: false; why: string };

/** The codecs were written for browsers and make one of these. */
class Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  readonly colorSpace = "srgb";
  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}
(globalThis as { ImageData?: unknown }).ImageData = Pixels;

const near = createRequire(import.meta.url);
const wasm = async (path: string) => WebAssembly.compile(await readFile(near.resolve(path)));
const once = <T>(make: () => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};
const jpegIn = once(async () => initJpegDecoder(await wasm("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm")));
const jpegOut = once(async () => initJpegEncoder(await wasm("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm")));
const png = once(async () => {
  const module = await wasm("@jsquash/png/codec/pkg/squoosh_png_bg.wasm");
  await Promise.all([initPngDecoder(module), initPngEncoder(module)]);
});
const webpIn = once(async () => initWebpDecoder(await wasm("@jsquash/webp/codec/dec/webp_dec.wasm")));
const resizer = once(async () => initResize(await wasm("@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm")));

async function decode({ format, bytes }: ImageJob): Promise<ImageData> {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  switch (format) {
    case "jpeg":
      await jpegIn();
      // Cameras write which way is up into what is thrown away here.
      return decodeJpeg(buffer, { preserveOrientation: true });
    case "png":
      await png();
      return decodePng(buffer);
    case "webp":
      await webpIn();
      return decodeWebp(buffer);
    case "gif":
      return firstFrame(bytes);
  }
}

function firstFrame(bytes: Uint8Array): ImageData {
  const reader = new GifReader(bytes as Buffer);
  const { width, height } = reader;
  const frame = reader.frameInfo(0);
  if (frame.x + frame.width > width || frame.y + frame.height > height) throw new Error("a frame lies outside");
  const data = new Uint8ClampedArray(width * height * 4);
  reader.decodeAndBlitFrameRGBA(0, data as unknown as number[]);
  return new ImageData(data, width, height);
}

async function fitted(image: ImageData, side: number): Promise<ImageData> {
  const by = side / Math.max(image.width, image.height);
  if (by >= 1) return image;
  await resizer();
  const to = (length: number) => Math.max(1, Math.round(length * by));
  return resize(image, { width: to(image.width), height: to(image.height), method: "lanczos3" });
}

function isOpaque({ data }: ImageData): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}

async function encode(image: ImageData, as: Encoded["mime"], quality: number): Promise<Encoded> {
  const { width, height } = image;
  if (as === "image/png") {
    await png();
    return { bytes: new Uint8Array(await encodePng(image)), mime: as, width, height };
  }
  await jpegOut();
  return { bytes: new Uint8Array(await encodeJpeg(image, { quality })), mime: as, width, height };
}

async function make(job: ImageJob): Promise<ImageMade> {
  const decoded = await decode(job);
  const clear = !isOpaque(decoded);
  // Photographs stay photographs; drawings and screenshots keep their edges, unless that gets too large.
  const kept = job.format === "jpeg" || (job.format === "webp" && !clear) ? "image/jpeg" : "image/png";
  let image = await fitted(decoded, job.side);
  let full = await encode(image, kept, 86);
  if (full.mime === "image/png" && !clear && full.bytes.length > Math.min(job.maxBytes, 3 * 1_048_576))
    full = await encode(image, "image/jpeg", 86);
  for (let n = 0; full.bytes.length > job.maxBytes && n < 6; n++) {
    image = await fitted(image, Math.max(64, Math.round(Math.max(image.width, image.height) * 0.75)));
    full = await encode(image, full.mime, 80);
  }
  if (full.bytes.length > job.maxBytes) throw new Error("it cannot be made small enough");
  const thumb = await encode(await fitted(image, job.thumb), clear ? "image/png" : "image/jpeg", 78);
  return { full, thumb };
}

parentPort?.on("message", (job: ImageJob) => {
  make(job).then(
    (made) => parentPort!.postMessage({ ok: true, made } satisfies ImageAnswer),
    (error: unknown) =>
      parentPort!.postMessage({ ok: false, why: String((error as Error).message ?? error).slice(0, 300) }),
  );
});
