import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A site whose feed the test writes; it remembers each request, and is a hub, too. */
export interface FeedSite {
  url: string;
  posts: { id: string; title: string; text: string; at: number }[];
  requests: IncomingMessage[];
  forms: URLSearchParams[];
  /** Answers instead of the feed, once for each. */
  next: ((request: IncomingMessage, answer: ServerResponse) => void)[];
  withHub: boolean;
  server: Server;
}

export async function openFeedSite(): Promise<FeedSite> {
  const site: FeedSite = {
    url: "",
    posts: [],
    requests: [],
    forms: [],
    next: [],
    withHub: false,
    server: createServer(),
  };
  site.server.on("request", (request, answer) => {
    if (request.url === "/hub") {
      let body = "";
      request.on("data", (piece) => (body += piece));
      request.on("end", () => {
        site.forms.push(new URLSearchParams(body));
        answer.writeHead(202).end();
      });
      return;
    }
    site.requests.push(request);
    const instead = site.next.shift();
    if (instead) return instead(request, answer);
    const words = feedOf(site);
    const etag = `"${words.length}-${site.posts.map((p) => p.text.length).join("-")}"`;
    if (request.headers["if-none-match"] === etag) return answer.writeHead(304).end();
    answer.writeHead(200, { "content-type": "application/rss+xml", etag }).end(words);
  });
  await new Promise<void>((done) => site.server.listen(0, "127.0.0.1", done));
  site.url = `http://127.0.0.1:${(site.server.address() as AddressInfo).port}`;
  return site;
}

/** Its feed as it stands now. */
export const feedOf = (site: FeedSite): string =>
  `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour blog</title><link>${site.url}/</link>${
    site.withHub ? `<atom:link rel="hub" href="${site.url}/hub"/><atom:link rel="self" href="${site.url}/feed"/>` : ""
  }${site.posts
    .map(
      (p) =>
        `<item><guid isPermaLink="false">${p.id}</guid><title>${p.title}</title><link>${site.url}/${p.id}</link><description>${p.text}</description><pubDate>${new Date(p.at).toUTCString()}</pubDate></item>`,
    )
    .join("")}</channel></rss>`;
