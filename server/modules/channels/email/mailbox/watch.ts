import type { ImapFlow } from "imapflow";

/** Waits with IDLE until the open folder tells of something, the time is over, or the line is closed. */
export async function waitForNews(client: ImapFlow, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || !client.usable) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      client.off("exists", done);
      client.off("close", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    client.on("exists", done);
    client.on("close", done);
    signal.addEventListener("abort", done, { once: true });
    // The next command ends it. A server without IDLE is asked again when the time is over.
    if (client.capabilities.has("IDLE")) client.idle().catch(() => {});
  });
}
