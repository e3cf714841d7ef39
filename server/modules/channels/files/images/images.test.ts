import { deflateSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { imageSize } from "../../domain/image-size.ts";
import { animatedGif, jpegTurned, pngOf, SVG_SCRIPT, svgBehindPng } from "./fixtures/pictures.ts";
import { createImages } from "./images.ts";

const images = createImages();
afterAll(() => images.close());
const made = async (bytes: Uint8Array, options = {}) => {
  const done = await images.redraw(bytes, options);
  if (!done.ok) throw new Error(done.why);
  return done.made;
};

describe("a picture", () => {
  it("is drawn anew in its form, with a small one beside it", async () => {
    const { full, thumb } = await made(pngOf(900, 600));
    expect(full).toMatchObject({ mime: "image/png", width: 900, height: 600 });
    expect(imageSize(full.bytes)).toEqual({ format: "png", width: 900, height: 600 });
    expect(imageSize(thumb.bytes)).toEqual({ format: "jpeg", width: 480, height: 320 });
  });
  it("keeps what is clear in it", async () => {
    const { full, thumb } = await made(pngOf(40, 30, { clear: true }));
    expect([full.mime, thumb.mime]).toEqual(["image/png", "image/png"]);
  });
  it("loses the words, places and second files that lay in it", async () => {
    for (const bytes of [pngOf(20, 20, { text: "GPS 53.34N 6.26W" }), svgBehindPng()]) {
      const { full } = await made(bytes);
      const said = Buffer.from(full.bytes).toString("latin1");
      expect(said).not.toContain("GPS");
      expect(said).not.toContain("<script");
    }
  });
  it("stands upright, as its camera said, and does not say it any more", async () => {
    const { full } = await made(await jpegTurned(40, 20));
    expect(full).toMatchObject({ mime: "image/jpeg", width: 20, height: 40 });
    expect(Buffer.from(full.bytes).toString("latin1")).not.toContain("Exif");
  });
  it("shows the first frame of a film of pictures", async () => {
    expect((await made(animatedGif())).full).toMatchObject({ mime: "image/png", width: 2, height: 2 });
  });
  it("is made as small as a network wants it", async () => {
    const { full } = await made(pngOf(1_200, 900, { noise: true }), { maxBytes: 60_000 });
    expect(full.bytes.length).toBeLessThanOrEqual(60_000);
  });
});

describe("what is no picture, or too much of one", () => {
  it.each([
    ["SVG with a script", "no-picture", Buffer.from(SVG_SCRIPT)],
    ["HTML that says it is one", "no-picture", Buffer.from("<html><script>alert(1)</script>")],
    ["nothing", "no-picture", Buffer.alloc(0)],
    ["a PNG of two billion pixels", "too-many-pixels", pngHeader(50_000, 50_000)],
    ["a PNG of one endless line", "too-many-pixels", pngHeader(4_000_000, 1)],
    ["a GIF of the largest size", "too-many-pixels", Buffer.from("GIF89a\xff\xff\xff\xff\x00\x00\x00", "latin1")],
    ["a PNG that ends in its head", "unreadable", pngOf(20, 20).subarray(0, 40)],
    ["a PNG that ends in its middle", "unreadable", pngOf(200, 200, { noise: true }).subarray(0, 5_000)],
    ["a PNG whose bytes swell behind the size it says", "unreadable", swollenPng()],
    ["a GIF whose frame lies outside", "unreadable", gifOutside()],
  ])("%s: %s", async (_name, why, bytes) => {
    const done = await images.redraw(bytes);
    if (why === "unreadable" && done.ok) expect(imageSize(done.made.full.bytes)!.width).toBeLessThanOrEqual(200);
    else expect(done).toEqual({ ok: false, why });
  });
  it("leaves the next one unharmed", async () => {
    await Promise.all([images.redraw(pngOf(20, 20).subarray(0, 40)), images.redraw(Buffer.from("x"))]);
    expect((await made(pngOf(10, 10))).full.width).toBe(10);
  });
  it("has only so much time", async () => {
    const hurried = createImages({ timeMs: 1 });
    expect(await hurried.redraw(pngOf(2_000, 2_000, { noise: true }))).toEqual({ ok: false, why: "too-slow" });
    await hurried.close();
  });
});

function pngHeader(width: number, height: number): Buffer {
  const head = Buffer.from(pngOf(1, 1));
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

/** Its head says 8 × 8; 50 MB of zeros lie packed in its body. */
function swollenPng(): Buffer {
  return Buffer.from(pngOf(8, 8, { body: deflateSync(Buffer.alloc(50_000_000)) }));
}

function gifOutside(): Buffer {
  const [screen, colours] = ["\x02\x00\x02\x00\x80\x00\x00", "\x00\x00\x00\xff\xff\xff"];
  return Buffer.from(`GIF89a${screen}${colours},\x00\x00\x00\x00\x40\x00\x40\x00\x00\x02\x02D\x01\x00;`, "latin1");
}
