import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { FastifyInstance } from "fastify";

const HERE = join(import.meta.dirname, "assets");
const FONT = "@fontsource-variable/source-sans-3";

/** In the order in which they apply. */
export const STYLES = ["base.css", "posts.css", "people.css", "frame.css"] as const;

const FILES: Record<string, { path: () => string; type: string }> = {
  ...Object.fromEntries(
    STYLES.map((name) => [name, { path: () => join(HERE, name), type: "text/css; charset=utf-8" }]),
  ),
  "playground.js": { path: () => join(HERE, "playground.js"), type: "text/javascript; charset=utf-8" },
  "icon.svg": { path: () => join(HERE, "icon.svg"), type: "image/svg+xml" },
  "latin.woff2": { path: () => fontFile("latin"), type: "font/woff2" },
  "latin-ext.woff2": { path: () => fontFile("latin-ext"), type: "font/woff2" },
};

function fontFile(subset: string): string {
  const root = dirname(createRequire(import.meta.url).resolve(`${FONT}/package.json`));
  return join(root, "files", `source-sans-3-${subset}-wght-normal.woff2`);
}

/** The few files the pages need: a closed list, read once, checked by the browser with an ETag. */
export function assetRoutes(app: FastifyInstance): void {
  for (const [name, { path, type }] of Object.entries(FILES)) {
    let kept: Promise<{ bytes: Buffer; etag: string }> | null = null;
    app.get(`/assets/${name}`, async (request, reply) => {
      kept ??= load(path());
      const { bytes, etag } = await kept;
      reply.headers({ etag, "cache-control": "no-cache" });
      if (request.headers["if-none-match"] === etag) return reply.code(304).send();
      return reply.type(type).send(bytes);
    });
  }
}

async function load(path: string): Promise<{ bytes: Buffer; etag: string }> {
  const bytes = await readFile(path);
  return { bytes, etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 20)}"` };
}
