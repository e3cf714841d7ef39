import { readFileSync } from "node:fs";
import fc from "fast-check";
import Parser from "rss-parser";
import { expect, test } from "vitest";
import { decodeFeed } from "./decode.ts";
import { feedAddress, feedsOfPage } from "./discover.ts";
import type { FeedDocument } from "./feed-document.ts";
import { hostileXml } from "./guard.ts";
import { readFeed } from "./read-feed.ts";

const bytesOf = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
function read(name: string, address = "https://notebook.example/feed/"): FeedDocument {
  const done = readFeed(decodeFeed(bytesOf(name)), address);
  if (!done.ok) throw new Error(done.why);
  return done.feed;
}

test("RSS 2.0: the fullest text, without markup and scripts, its own id and an absolute address", () => {
  const feed = read("blog.rss.xml");
  expect(feed).toMatchObject({
    ...{ kind: "rss", title: "Commuter’s Notebook", language: "en-gb", ttlMs: 1_800_000 },
    ...{ self: "https://notebook.example/feed/", hubs: ["https://hub.example/push"] },
  });
  const [first, second, third] = feed.entries;
  expect(first).toMatchObject({
    ...{ id: "notebook-118", title: "Northwind & the lost signal on the 7:42" },
    link: "https://notebook.example/2026/11/lost-signal?utm=rss#top",
    text: "Third morning without a signal between Hill and Bridge.\n\nIs anybody at Northwind reading this?",
    published: Date.UTC(2026, 10, 3, 6, 55),
    author: { name: "Mara Quill", uri: null },
    files: [{ url: "https://notebook.example/img/bars.jpg", mime: "image/jpeg", bytes: 48_123 }],
  });
  expect(second).toMatchObject({
    title: "A bold promise",
    text: 'They said "by Friday".',
    author: { name: "Mara Quill" },
  });
  expect(third!.id).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(third!.text).toBe("No title, no link, no date: still said.");
});

test("Atom: text constructs by their type, languages, replies", () => {
  const feed = read("forum.atom.xml", "https://netzforum.example/technik.atom");
  expect(feed).toMatchObject({ kind: "atom", title: "Netzforum <Technik>", language: "de" });
  expect(feed.entries[0]).toMatchObject({
    ...{ id: "urn:netzforum:post:901", title: "Router rot", link: "https://netzforum.example/technik/901" },
    ...{ text: "Seit gestern blinkt alles rot.", updated: Date.UTC(2026, 10, 5, 9), inReplyTo: null },
    author: { name: "kabelkurt", uri: "https://netzforum.example/u/kabelkurt" },
  });
  expect(feed.entries[1]).toMatchObject({ inReplyTo: "urn:netzforum:post:901", text: "Bei mir auch, 5 < 6 Balken." });
});

test("JSON Feed, RSS 1.0 in Latin-1, and a video channel", () => {
  const json = read("news.json");
  expect(json).toMatchObject({
    kind: "json",
    hubs: ["https://hub.example/push"],
    self: "https://harbour.example/feed.json",
  });
  expect(json.entries[0]).toMatchObject({
    ...{ text: "Northwind confirms an outage.", updated: Date.UTC(2026, 10, 6, 11, 30) },
    author: { name: "Ida Reef", uri: "https://harbour.example/ida" },
  });
  expect(json.entries[1]!.text).toBe("Ferry <back> in service");
  const latin = Buffer.from(bytesOf("old.rdf.xml").toString("utf8"), "latin1");
  const rdf = readFeed(decodeFeed(latin), "https://alt.example/rdf");
  expect(rdf.ok && rdf.feed.entries[0]).toMatchObject({
    ...{ title: "Grüße aus Köln", author: { name: "jürgen" }, published: Date.UTC(2026, 10, 1, 11) },
  });
  const video = read("video.atom.xml");
  expect(video.entries[0]).toMatchObject({
    ...{ id: "yt:video:abcDEF12345", text: "Three weeks with the N5 and its hotline." },
    files: [{ url: "https://video.example/t.jpg" }],
  });
});

test("a reader of another house finds the same entries, addresses and times", async () => {
  for (const [name, address] of [
    ["blog.rss.xml", "https://notebook.example/feed/"],
    ["forum.atom.xml", "https://netzforum.example/technik.atom"],
  ] as const) {
    const theirs = (await new Parser().parseString(bytesOf(name).toString("utf8"))).items;
    const ours = read(name, address).entries;
    expect(ours.length).toBe(theirs.length);
    for (const [i, item] of theirs.entries()) {
      if (item.isoDate && ours[i]!.published !== null) expect(ours[i]!.published).toBe(Date.parse(item.isoDate));
      if (item.link) expect(ours[i]!.link).toBe(new URL(item.link, address).href);
      const id = item.guid ?? (item as { id?: string }).id;
      if (id) expect(ours[i]!.id).toBe(id);
    }
  }
});

test("hostile XML is refused before it is parsed, in time linear in its size", () => {
  expect(hostileXml('<!DOCTYPE x [<!ENTITY a "b">]><rss/>')).toMatch(/entities/);
  expect(hostileXml('<rss><!ENTITY a SYSTEM "file:///etc/passwd"></rss>')).toMatch(/entities/);
  expect(hostileXml(`${"<a>".repeat(5_000)}`)).toMatch(/nested/);
  expect(hostileXml("<a/>".repeat(300_000))).toMatch(/too many/);
  expect(hostileXml(`<rss ${'a="b" '.repeat(20_000)}/>`)).toMatch(/long as a book/);
  expect(hostileXml("<rss><channel")).toMatch(/middle/);
  expect(hostileXml("<rss><![CDATA[ <!DOCTYPE html> ]]><a/></rss>")).toBeNull();
  expect(
    hostileXml('<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd"><rss/>'),
  ).toBeNull();
  expect(hostileXml("<!--".repeat(200_000))).not.toBeNull();
});

test("a name of a megabyte is read like any other, not sign by sign against itself", () => {
  const author = "@".repeat(1_000_000);
  const feed = `<rss version="2.0"><channel><title>a</title><item><guid>1</guid><author>${author}</author></item></channel></rss>`;
  const read = readFeed(feed, "https://x.example/feed");
  expect(read.ok && read.feed.entries[0]!.author).toEqual({ name: "@".repeat(200), uri: null });
});

test("nothing that a stranger writes throws, and no address is one that a page could run", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom("javascript:alert(1)", "//x.example/a", "\u0000", "\ud800", "&lt;script&gt;", "]]>", "__proto__"),
  );
  fc.assert(
    fc.property(piece, piece, piece, fc.constantFrom("rss", "atom", "json"), (a, b, c, kind) => {
      const cdata = (text: string) => `<![CDATA[${text.replaceAll("]]>", "")}]]>`;
      const words =
        kind === "json"
          ? JSON.stringify({
              version: "https://jsonfeed.org/version/1.1",
              title: a,
              items: [{ id: a, url: b, content_html: c, __proto__: { x: 1 } }],
            })
          : kind === "rss"
            ? `<rss version="2.0"><channel><title>${cdata(a)}</title><item><guid>${cdata(a)}</guid><link>${cdata(b)}</link><description>${cdata(c)}</description></item></channel></rss>`
            : `<feed xmlns="http://www.w3.org/2005/Atom"><title>${cdata(a)}</title><entry><id>${cdata(a)}</id><link href="${b.replace(/[<&"]/g, "")}"/><content type="html">${cdata(c)}</content></entry></feed>`;
      const done = readFeed(words, "https://x.example/feed");
      if (!done.ok) return;
      for (const entry of done.feed.entries) {
        if (entry.link !== null) expect(entry.link).toMatch(/^https?:\/\//);
        expect(Buffer.byteLength(entry.id)).toBeLessThanOrEqual(1_000);
      }
    }),
    { numRuns: 200 },
  );
});

test("a page's feeds, and the addresses of places people know", () => {
  const html = `<head><link rel="alternate" type="application/rss+xml" title="All &amp; more" href="/feed/"><link rel=alternate type="text/html" href="/x"><link rel="stylesheet" type="application/rss+xml" href="/y"><link rel="alternate" type="application/atom+xml" href="javascript:x"></head>`;
  expect(feedsOfPage(html, "https://blog.example/about")).toEqual([
    { url: "https://blog.example/feed/", title: "All & more" },
  ]);
  expect(feedAddress("r/northwind")).toBe("https://www.reddit.com/r/northwind/new/.rss");
  expect(feedAddress("https://old.reddit.com/r/northwind/")).toBe("https://www.reddit.com/r/northwind/new/.rss");
  expect(feedAddress("https://www.reddit.com/r/all/search?q=northwind&sort=new")).toBe(
    "https://www.reddit.com/r/all/search/.rss?q=northwind&sort=new",
  );
  expect(feedAddress("https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv")).toBe(
    "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
  );
  expect(feedAddress(" blog.example/feed ")).toBe("https://blog.example/feed");
});
