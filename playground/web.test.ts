import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Kit, startKit } from "./test-support.ts";

let kit: Kit;
let visitors = 0;
beforeAll(async () => {
  kit = await startKit();
});
afterAll(() => kit.close());

type Page = { status: number; text: string; location: string | null; headers: Headers };

/** A browser without script: keeps cookies, sends forms. */
function browser() {
  const cookies = new Map<string, string>();
  async function go(path: string, form?: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> {
    const response = await fetch(kit.url + path, {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers: { cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join("; "), ...headers },
      body: form && new URLSearchParams(form),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name as string, value as string);
    }
    const { status } = response;
    return {
      status,
      text: await response.text(),
      location: response.headers.get("location"),
      headers: response.headers,
    };
  }
  const token = (page: Page) => /name="token" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
  const command = (page: Page) => /name="command" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
  return { cookies, go, token, command };
}

/** A browser that speaks as a new person of this handle. */
async function newcomer(handle: string) {
  const b = browser();
  const token = b.token(await b.go("/"));
  const made = await b.go("/web/people", { token, name: handle.toUpperCase(), handle });
  expect(made.status).toBe(303);
  return { ...b, token };
}

describe("a newcomer", () => {
  test("posts with one form, sees it, and a second sending of the same form changes nothing", async () => {
    const b = browser();
    const home = await b.go("/");
    const form = {
      token: b.token(home),
      command: b.command(home),
      text: "@acme hello",
      name: "New Comer",
      handle: "newcomer",
    };
    const posted = await b.go("/web/posts", form);
    expect(posted.status).toBe(303);
    expect((await b.go("/web/posts", form)).location).toBe(posted.location);
    const page = await b.go(posted.location as string);
    expect(page.text).toContain("New Comer");
    expect(page.text).toContain(`<a href="/@acme">@acme</a> hello`);
    expect((await kit.acme("GET", "/search/posts?q=from:newcomer")).body.posts).toHaveLength(1);
  });

  test("is told what is wrong, and the text is not lost", async () => {
    const b = browser();
    const home = await b.go("/");
    const form = { token: b.token(home), text: "my long story", name: "A", handle: "acme" };
    const refused = await b.go("/web/posts", form);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain("@acme is taken");
    expect(refused.text).toContain(">my long story</textarea>");
  });
});

describe("forms of another site", () => {
  test.each([
    ["no token", { token: "" }, {}],
    ["somebody else's token", { token: "x".repeat(43) }, {}],
    ["a foreign origin", {}, { origin: "https://evil.example" }],
    ["an opaque origin", {}, { origin: "null" }],
    ["a cross-site request", {}, { "sec-fetch-site": "cross-site" }],
  ])("are refused: %s", async (_name, fields, headers) => {
    const b = await newcomer(`csrf_${visitors++}`);
    const form = { token: b.token, text: "forged", command: "command-1", ...fields };
    const reply = await b.go("/web/posts", form, headers as Record<string, string>);
    expect(reply.status).toBe(403);
    expect((await b.go("/web/posts", { ...form, token: b.token })).status).toBe(303); // the same form from here is taken
  });

  test("JSON is no form", async () => {
    const b = await newcomer("jsonform");
    const reply = await fetch(`${kit.url}/web/posts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: b.token, text: "x" }),
    });
    expect(reply.status).toBe(415);
  });
});

describe("who may", () => {
  test("nobody plays a company or somebody else's person, edits others' posts or reads their messages", async () => {
    const anna = await newcomer("anna");
    const berta = await newcomer("berta");
    const post = await anna.go("/web/posts", { token: anna.token, text: "mine", command: "command-a" });
    const id = (post.location as string).slice("/posts/".length);
    await anna.go("/web/messages/acme", { token: anna.token, text: "secret words", command: "command-b" });
    const { dms } = (await kit.acme("GET", "/dms/events")).body.events.reduce(
      (all: { dms: string[] }, e: { dm: { id: string } }) => ({ dms: [...all.dms, e.dm.id] }),
      { dms: [] },
    );
    const dm = dms.at(-1);
    const tries: [string, Record<string, string>?][] = [
      ["/web/people/acme/choose", {}],
      ["/web/people/anna/choose", {}],
      [`/web/posts/${id}/edit`, { text: "stolen" }],
      [`/web/posts/${id}/delete`, {}],
      [`/web/dms/${dm}/edit`, { text: "stolen" }],
      [`/web/dms/${dm}/delete`, {}],
      [`/messages/edit/${dm}`],
      [`/posts/${id}/edit`],
    ];
    for (const [path, form] of tries) {
      const reply = await berta.go(path, form && { token: berta.token, ...form });
      expect([path, reply.status]).toEqual([path, expect.toBeOneOf([403, 404])]);
      expect(reply.text).not.toContain("secret words");
    }
    berta.cookies.set("pg_as", "anna"); // a forged choice
    expect((await berta.go("/messages/acme")).text).not.toContain("secret words");
    berta.cookies.set("pg_as", "acme");
    expect((await berta.go("/web/posts", { token: berta.token, text: "as acme" })).status).not.toBe(303);
    expect((await anna.go("/messages/acme")).text).toContain("secret words");
  });
});

describe("hostile words", () => {
  const EVIL = `<img src=x onerror=alert(1)>"'><script>alert(1)</script>`;
  test("never become markup, on any page", async () => {
    await kit.as("alice", "PUT", "/people", { people: [{ handle: "mallory", name: EVIL.slice(0, 45), bio: EVIL }] });
    const { id } = await kit.post("mallory", `${EVIL} javascript:alert(1) https://example.org/"onmouseover="x #evil`);
    const raw = await kit.post("mallory", `\u0000\ud800${EVIL}`, { raw: true });
    await kit.as("mallory", "POST", "/dms", { to: "alice", text: EVIL });
    const b = browser();
    const { text } = await b.go("/people");
    await b.go("/web/people/alice/choose", { token: /name="token" value="([^"]+)"/.exec(text)?.[1] ?? "" });
    const paths = [
      "/",
      "/people",
      `/posts/${id}`,
      `/posts/${raw.id}`,
      "/@mallory",
      "/messages",
      "/messages/mallory",
      `/search?q=${encodeURIComponent(EVIL)}`,
      `/search?q=evil`,
      `/?before=${encodeURIComponent(EVIL)}`,
    ];
    for (const path of paths) {
      const page = await b.go(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(page.text).not.toMatch(/<img|<script>|onerror=alert\(1\)>"|href="javascript|\son\w+="/);
      expect(page.text).not.toContain("\u0000");
    }
    expect((await b.go(`/posts/${id}`)).text).toContain("&lt;script&gt;");
  });

  test("pages allow no inline script and no framing", async () => {
    const page = await browser().go("/");
    const csp = page.headers.get("content-security-policy") ?? "";
    expect(csp).toContain("default-src 'self'");
    expect(csp).not.toContain("unsafe");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(page.text).not.toMatch(/<script(?![^>]*\ssrc=)|\sstyle="|\son[a-z]+="/);
    expect(page.headers.getSetCookie().every((c) => /HttpOnly/i.test(c) && /SameSite=Lax/i.test(c))).toBe(true);
  });

  test("an unknown address has a page, an unknown call a problem", async () => {
    const page = await browser().go("/nowhere/<script>alert(1)</script>");
    expect([page.status, page.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
    expect(page.text).not.toContain("<script>");
    expect((await kit.call("GET", "/api/v1/nowhere")).body.code).toBe("not-found");
  });

  test("redirects stay on this site", async () => {
    const b = await newcomer("redirects");
    const { id } = await kit.post("alice", "like me");
    for (const back of ["https://evil.example/", "//evil.example", "/\\evil.example", "/\r\nset-cookie: a=b"]) {
      expect((await b.go(`/web/posts/${id}/like`, { token: b.token, on: "1", back })).location).toBe(`/posts/${id}`);
    }
    expect((await b.go(`/web/posts/${id}/like`, { token: b.token, on: "0", back: "/?tab=following" })).location).toBe(
      "/?tab=following",
    );
  });

  test("a form of 5 MB is refused in a sentence", async () => {
    const b = await newcomer("bigform");
    const reply = await b.go("/web/posts", { token: b.token, text: "x".repeat(5_000_000) });
    expect(reply.status).toBe(413);
    expect(reply.text).toContain("larger than 64 KiB");
  });
});

test("the live stream tells that, not what, and private things only to those who take part", async () => {
  const anna = await newcomer("live_anna");
  const read = (cookie: string) =>
    new Promise<{ next(): Promise<string>; close(): void }>((resolve) => {
      const call = request(`${kit.url}/live`, { headers: { cookie } }, (response) => {
        const chunks = response.setEncoding("utf8")[Symbol.asyncIterator]();
        resolve({ next: async () => String((await chunks.next()).value), close: () => call.destroy() });
      }).end();
    });
  const cookie = [...anna.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
  const [mine, others] = await Promise.all([read(cookie), read("")]);
  expect([await mine.next(), await others.next()]).toEqual(["retry: 1000\n\n", "retry: 1000\n\n"]);
  await anna.go("/web/messages/acme", { token: anna.token, text: "secret words", command: "command-live" });
  const post = await kit.post("alice", "public words");
  expect(await mine.next()).toContain('"dms":true');
  const heard = await others.next();
  expect(JSON.parse(heard.slice("data: ".length))).toMatchObject({ type: "post.created", post: post.id });
  expect(heard).not.toContain("public words");
  mine.close();
  others.close();
});

test("faults can be switched on the page", async () => {
  const b = await newcomer("faulter");
  const form = { token: b.token, do: "on", next: "2", percent: "30", ms: "50" };
  expect((await b.go("/web/faults/webhook-delay", form)).status).toBe(303);
  expect((await kit.admin("GET", "/faults")).body.faults).toMatchObject([{ kind: "webhook-delay", next: 2, ms: 50 }]);
  expect((await b.go("/web/faults/webhook-delay", { ...form, next: "-1" })).status).toBe(422);
  await b.go("/web/faults/clear", { token: b.token });
  expect((await kit.admin("GET", "/faults")).body.faults).toEqual([]);
});
