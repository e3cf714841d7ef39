import type { ApiClient, Json } from "./api-client.ts";

export interface Heard {
  event: string;
  id: number;
  data: Json;
}
export interface LiveStream {
  readonly heard: Heard[];
  /** Comments of the server: its heartbeats. */
  readonly beats: string[];
  /** The stream has ended, by whomever. */
  readonly ended: Promise<void>;
  cut(): void;
}

/** One live stream as a browser opens it. `onHeard` may cut it in the middle. */
export async function listen(
  client: ApiClient,
  after: number | null = null,
  onHeard: (heard: Heard, stream: LiveStream) => void = () => {},
): Promise<LiveStream> {
  const cutter = new AbortController();
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const answer = await fetch(`${client.url()}/api/live${after === null ? "" : `?after=${after}`}`, {
    headers: { cookie, accept: "text/event-stream" },
    signal: cutter.signal,
  });
  if (answer.status !== 200 || !answer.body) throw new Error(`live: ${answer.status} ${await answer.text()}`);
  const [heard, beats]: [Heard[], string[]] = [[], []];
  const body = answer.body;
  const ended = (async () => {
    let rest = "";
    try {
      for await (const piece of body.pipeThrough(new TextDecoderStream())) {
        rest += piece;
        for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
          if (cutter.signal.aborted) return;
          take(rest.slice(0, end));
          rest = rest.slice(end + 2);
        }
      }
    } catch (error) {
      if (!cutter.signal.aborted && !/terminated/.test(String(error))) throw error;
    }
  })();
  const stream: LiveStream = { heard, beats, ended, cut: () => cutter.abort() };
  function take(frame: string): void {
    const lines = frame.split("\n").map((line) => /^(\w*): ?(.*)$/.exec(line) ?? ["", "", ""]);
    const value = (name: string) => lines.find(([, n]) => n === name)?.[2];
    const comment = value("");
    if (comment !== undefined) beats.push(comment);
    const data = value("data");
    if (data === undefined) return;
    const one = { event: value("event") ?? "message", id: Number(value("id")), data: JSON.parse(data) };
    heard.push(one);
    onHeard(one, stream);
  }
  return stream;
}
