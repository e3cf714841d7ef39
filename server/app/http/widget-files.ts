import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

const ROOT = fileURLToPath(new URL("../../../dist/widget/", import.meta.url));

/** The page inside the chat's frame as it was built; who may embed it is said by the address that sends it. */
export const WIDGET_FRAME_FILE = `${ROOT}frame/index.html`;

/** `/widget/widget.js`, which stands in other people's pages, and what the frame needs. Names with a hash stay for a year. */
export async function widgetFiles(app: FastifyInstance, root = ROOT): Promise<void> {
  if (!existsSync(root)) return;
  await app.register(fastifyStatic, {
    root,
    prefix: "/widget/",
    index: false,
    wildcard: true,
    decorateReply: false,
    immutable: true,
    maxAge: "365d",
    allowedPath: (path) => /^\/(?:widget\.js|assets\/[\w.-]+)$/.test(path),
    setHeaders(reply, path) {
      // Shop pages of other origins load it; a host that asks for CORS (integrity, COEP) gets it.
      reply.header("cross-origin-resource-policy", "cross-origin");
      reply.header("access-control-allow-origin", "*");
      if (!/[/\\]assets[/\\]/.test(path))
        reply.header("cache-control", "public, max-age=300, stale-while-revalidate=86400");
    },
  });
}
