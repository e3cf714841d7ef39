import type { ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import type { Context } from "../context.ts";
import type { FeedEvent } from "../domain/state.ts";
import { Problem } from "../problem.ts";
import { pageFor } from "./page-context.ts";

const HEARTBEAT_MS = 15_000;
const MAX_VIEWERS = 1_000;
const MAX_UNSENT_BYTES = 64 * 1024;

type Viewer = { stream: ServerResponse; me: string | null };

/** Server-Sent Events for the pages: that something changed and where, never what it says. The page then fetches itself anew. */
export function liveRoutes(app: FastifyInstance, context: Context): void {
  const { net } = context;
  const viewers = new Set<Viewer>();
  let told = net.durableEvents();

  const unlisten = net.onDurable(() => {
    const events = net.state.events.slice(told, net.durableEvents());
    told = net.durableEvents();
    if (viewers.size === 0) return;
    for (const event of events) {
      const line = `data: ${JSON.stringify(hint(context, event))}\n\n`;
      for (const viewer of viewers) {
        if (!event.only || (viewer.me && event.only.includes(viewer.me))) send(viewer, line);
      }
    }
  });
  const beat = setInterval(() => {
    for (const viewer of viewers) send(viewer, ": still here\n\n");
  }, HEARTBEAT_MS).unref();
  app.addHook("onClose", async () => {
    unlisten();
    clearInterval(beat);
  });
  app.addHook("preClose", async () => {
    for (const { stream } of viewers) stream.destroy();
  });

  function send(viewer: Viewer, line: string): void {
    if (viewer.stream.writableLength > MAX_UNSENT_BYTES)
      viewer.stream.destroy(); // too slow: it will come back and look
    else viewer.stream.write(line);
  }

  app.get("/live", async (request, reply) => {
    if (viewers.size >= MAX_VIEWERS) throw new Problem("unavailable", "Too many live pages: reload by hand.");
    const { me } = pageFor(context, request, reply);
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    stream.write("retry: 1000\n\n");
    const viewer = { stream, me: me?.id ?? null };
    viewers.add(viewer);
    stream.on("close", () => viewers.delete(viewer));
    return reply;
  });
}

/** Where on the site an event shows. */
function hint({ net }: Context, event: FeedEvent) {
  const post = event.post ? net.state.posts.get(event.post) : undefined;
  return {
    type: event.type,
    post: post?.id,
    root: post?.rootId,
    by: post?.author ?? event.by,
    profile: event.profile,
    dms: event.dm !== undefined || undefined,
  };
}
