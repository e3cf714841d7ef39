import { readFile } from "node:fs/promises";
import type { FastifyInstance, FastifyReply } from "fastify";
import { AppError } from "#platform/errors";
import type { ChatDoors } from "./door.ts";

export interface FrameDeps {
  doors: ChatDoors;
  /** The built window. */
  frameFile: string;
  /** Where browsers reach us. */
  publicUrl: string;
}

/**
 * The window itself: `/widget/frame?chat=<key>` inside of the sites that the channel allows, and `/chat/<key>` as a page of its own (an
 * invite leads there). The browser keeps other sites from framing it.
 */
export function framePage(app: FastifyInstance, { doors, frameFile, publicUrl }: FrameDeps): void {
  const { origin, protocol } = URL.canParse(publicUrl) ? new URL(publicUrl) : { origin: "", protocol: "https:" };

  async function send(reply: FastifyReply, host: string, within: readonly string[] | null) {
    const page = await readFile(frameFile, "utf8").catch(() => null);
    if (page === null)
      throw new AppError("not-ready", "The chat's window is not built yet: start the server by npm start.");
    const named = /^[\w.:[\]-]{1,255}$/.test(host);
    const lines = named ? ` ws://${host} wss://${host}` : "";
    // This desk's own pages (the demo's shop), by whichever of its names it was called.
    const own = [origin, named ? `${protocol}//${host}` : ""].filter((one) => one !== "");
    const sites = within === null ? [] : [...new Set([...within, ...own])];
    return reply
      .headers({
        "cache-control": "no-cache",
        "referrer-policy": "no-referrer",
        "content-security-policy": [
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' blob: data:",
          "font-src 'self'",
          "media-src 'self' data:",
          `connect-src 'self'${lines}`,
          "base-uri 'none'",
          "form-action 'none'",
          `frame-ancestors ${within === null ? "'none'" : ["'self'", ...within].join(" ")}`,
        ].join("; "),
        // Framing is ruled by the line above, which knows several sites; this header knows none.
        "x-frame-options": "",
        "cross-origin-resource-policy": "cross-origin",
      })
      .removeHeader("x-frame-options")
      .type("text/html; charset=utf-8")
      .send(page.replace(/<head>/i, `<head><meta name="hubbub-origins" content="${sites.join(" ")}">`));
  }
  app.get("/widget/frame", { schema: { hide: true } }, async (request, reply) => {
    const key = (request.query as { chat?: unknown }).chat;
    const door = await doors.of(typeof key === "string" ? key : "");
    return send(reply, request.headers.host ?? "", door.settings.origins);
  });
  app.get("/chat/:key", { schema: { hide: true } }, async (request, reply) => {
    await doors.of((request.params as { key: string }).key);
    return send(reply, request.headers.host ?? "", null);
  });
}
