import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { AppError } from "#platform/errors";

const ROOT = fileURLToPath(new URL("../../../dist/web/", import.meta.url));

/** The built web app: hashed files for a year, the page itself never cached; addresses without a file are the app's own. */
export async function webFiles(app: FastifyInstance, root = ROOT): Promise<void> {
  const built = existsSync(root);
  if (built)
    await app.register(fastifyStatic, {
      root,
      index: false,
      wildcard: true,
      prefix: "/",
      decorateReply: false,
      immutable: true,
      maxAge: "365d",
      setHeaders: (reply, path) => {
        if (!/[/\\]assets[/\\]/.test(path)) reply.header("cache-control", "no-cache");
      },
    });
  const page = async (reply: FastifyReply) =>
    reply
      .header("cache-control", "no-cache")
      .type("text/html; charset=utf-8")
      .send(await readFile(join(root, "index.html")));
  if (built) app.get("/", { schema: { hide: true } }, (_request, reply) => page(reply));
  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage =
      built &&
      (request.method === "GET" || request.method === "HEAD") &&
      !/^\/(api|hooks|assets|metrics|healthz|widget|chat)(\/|$|\?)/.test(request.url) &&
      (request.headers.accept ?? "").includes("text/html");
    if (!wantsPage)
      throw new AppError("not-found", "There is nothing at this address. The addresses are listed at /api/docs.");
    return page(reply);
  });
}
