import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "#platform/clock";

export interface Entry {
  n: number;
  kind: "entry";
  by: { id: string; name: string };
  words: string;
  at: string;
  under?: number;
  key?: string;
}

/** The network itself, as its makers would run it: one book, kept in memory. */
export async function startGuestbook(clock: Clock) {
  const entries: Entry[] = [];
  const tokens = new Map<string, { id: string; name: string }>();
  const book = "harbour-view";

  function write(by: Entry["by"], words: string, more: { under?: number; key?: string } = {}): Entry {
    const made: Entry = {
      n: entries.length + 1,
      kind: "entry",
      by,
      words,
      at: new Date(clock.now()).toISOString(),
      ...more,
    };
    entries.push(made);
    return made;
  }

  async function answer(request: IncomingMessage): Promise<[status: number, body: object]> {
    const us = tokens.get((request.headers.authorization ?? "").replace("Bearer ", ""));
    if (!us) return [401, { code: "who-are-you", says: "The token is not known." }];
    const { searchParams } = new URL(request.url ?? "/", "http://x");
    if (request.method === "GET") {
      const key = searchParams.get("key");
      const after = Number(searchParams.get("after") ?? 0);
      const found = key === null ? entries.filter((e) => e.n > after) : entries.filter((e) => e.key === key);
      return [200, { book, last: entries.length, entries: found.slice(0, Number(searchParams.get("limit") ?? 100)) }];
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { words, under, key } = JSON.parse(Buffer.concat(chunks).toString()) as Entry;
    if ([...words].length > 400) return [422, { code: "too-long", says: "At most 400 signs." }];
    return [
      201,
      entries.find((e) => e.key === key) ?? write(us, words, { ...(under && { under }), ...(key && { key }) }),
    ];
  }

  const server = createServer((request, response) => {
    answer(request)
      .catch((error): [number, object] => [500, { says: String(error) }])
      .then(([status, body]) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ...{ book, entries, write, tokens },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
export type Guestbook = Awaited<ReturnType<typeof startGuestbook>>;
