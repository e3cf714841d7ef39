import { openStream, type Stream, type StreamHandlers } from "./stream.ts";

async function* decode(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  if (!body) return;
  const words = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield words.decode(value, { stream: true });
  }
}

/** The stream over fetch, in a page or in a worker. */
export function openBrowserStream(handlers: StreamHandlers): Stream {
  return openStream(
    {
      async open(after, signal) {
        const address = after === null ? "/api/live" : `/api/live?after=${after}`;
        const answer = await fetch(address, {
          signal,
          credentials: "same-origin",
          cache: "no-store",
          headers: { accept: "text/event-stream" },
        });
        return { status: answer.status, pieces: decode(answer.body) };
      },
      now: () => Date.now(),
      chance: () => Math.random(),
      after(ms, run) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    },
    handlers,
  );
}
