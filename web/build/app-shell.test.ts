import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { shellOf, workerFor } from "./app-shell.ts";

const source = readFileSync(new URL("../app/shell/page-worker.js", import.meta.url), "utf8");
const SHELL = ["/assets/index-1.js", "/look.js"];

test("the shell is what the page starts with, and no other file of the build", () => {
  const chunk = (imports: string[], more: object = {}) => ({ type: "chunk", imports, ...more });
  const bundle = {
    "assets/index-1.js": chunk(["assets/react-1.js"], {
      isEntry: true,
      viteMetadata: { importedCss: new Set(["assets/index-1.css"]) },
    }),
    "assets/react-1.js": chunk(["assets/index-1.js"]),
    "assets/desk-1.js": chunk(["assets/react-1.js"]),
    "assets/sans-latin-1.woff2": { type: "asset" },
    "assets/sans-greek-1.woff2": { type: "asset" },
  };
  expect(shellOf(bundle, "sans-latin")).toEqual([
    ...["/assets/index-1.css", "/assets/index-1.js", "/assets/react-1.js", "/assets/sans-latin-1.woff2"],
    ...["/hubbub.svg", "/look.js"],
  ]);
});

test("another page, shell or worker is another version; the same is the same", () => {
  const version = (...of: Parameters<typeof workerFor>) => /VERSION = "(\w+)"/.exec(workerFor(...of))?.[1];
  const one = version(source, SHELL, "<p>");
  expect(one).toMatch(/^\w{16}$/);
  expect(version(source, SHELL, "<p>")).toBe(one);
  expect(
    new Set([one, version(source, ["/a"], "<p>"), version(source, SHELL, "<b>"), version(`${source} `, SHELL, "<p>")])
      .size,
  ).toBe(4);
  expect(workerFor(source, SHELL)).not.toMatch(/%[A-Z]+%/);
});

describe("the worker", () => {
  type Handler = (event: Record<string, unknown>) => void;
  const ORIGIN = "https://desk.example";

  function worker(windows: { url: string; visibilityState?: string }[] = [], session?: () => Promise<Response>) {
    const handlers = new Map<string, Handler>();
    const did: string[] = [];
    const cache = new Map([["/", "shell"]]);
    const clients = windows.map((one) => ({
      ...one,
      async focus() {
        did.push(`focus ${one.url}`);
        return { postMessage: (said: { open: string }) => did.push(`open ${said.open}`) };
      },
    }));
    const self = {
      location: { origin: ORIGIN },
      addEventListener: (name: string, handler: Handler) => handlers.set(name, handler),
      skipWaiting: () => did.push("take over"),
      registration: {
        showNotification: async (title: string, options: { body: string; data: object }) =>
          did.push(`${title}: ${options.body} ${JSON.stringify(options.data)}`),
      },
      clients: { matchAll: async () => clients, openWindow: async (url: string) => did.push(`window ${url}`) },
    };
    const caches = { match: async (path: string) => cache.get(path), open: async () => ({ addAll: async () => {} }) };
    const fetch = async (url: unknown) =>
      session && url === "/api/session" ? session() : Promise.reject(new TypeError("no line"));
    const world = { self, caches, fetch, URL, Request, Response, Promise, JSON, String, AbortSignal };
    runInNewContext(workerFor(source, SHELL), world);
    /** What the worker answers a request with; undefined: it leaves it to the browser. */
    async function asked(url: string, mode = "cors", method = "GET"): Promise<unknown> {
      let answer: Promise<unknown> | undefined;
      handlers.get("fetch")?.({
        request: { url: new URL(url, ORIGIN).href, mode, method },
        preloadResponse: undefined,
        respondWith: (given: Promise<unknown>) => {
          answer = given;
        },
      });
      return answer === undefined ? undefined : answer.catch(() => "refused");
    }
    async function told(name: string, event: Record<string, unknown>): Promise<readonly string[]> {
      const waits: Promise<unknown>[] = [];
      handlers.get(name)?.({ ...event, waitUntil: (one: Promise<unknown>) => waits.push(one) });
      await Promise.all(waits);
      return did;
    }
    return { asked, told };
  }

  test.each([
    ["an answer of the API", "/api/desk/work", "cors", "GET"],
    ["a page of the API's documents", "/api/docs", "navigate", "GET"],
    ["the chat of a shop", "/widget/frame", "navigate", "GET"],
    ["a command", "/", "navigate", "POST"],
    ["a file of the build that is not the shell", "/assets/desk-1.js", "cors", "GET"],
    ["another origin", "https://elsewhere.example/look.js", "cors", "GET"],
    ["a blob of a customer", "/api/blobs/1", "no-cors", "GET"],
  ])("keeps its hands off %s", async (_name, url, mode, method) => {
    expect(await worker().asked(url, mode, method)).toBeUndefined();
  });

  test("shows its shell where a page cannot be fetched", async () => {
    expect(await worker().asked("/desk/1", "navigate")).toBe("shell");
  });
  test("a file of the shell that it lost is fetched", async () => {
    expect(await worker().asked("/look.js")).toBe("refused");
  });
  test("waits until it is told to take over", async () => {
    const one = worker();
    expect(await one.told("message", { data: "else" })).toEqual([]);
    expect(await one.told("message", { data: "take-over" })).toEqual(["take over"]);
  });

  const clicked = (url: string) => ({ notification: { close() {}, data: { url } } });
  test.each<[string, { url: string; visibilityState?: string }[], string, string[]]>([
    [
      "the desk that is seen",
      [{ url: `${ORIGIN}/desk` }, { url: `${ORIGIN}/team`, visibilityState: "visible" }],
      "/desk/7?x=1",
      [`focus ${ORIGIN}/team`, "open /desk/7?x=1"],
    ],
    [
      "a desk, not the documents",
      [{ url: `${ORIGIN}/api/docs` }, { url: `${ORIGIN}/desk` }],
      "/desk/7",
      [`focus ${ORIGIN}/desk`, "open /desk/7"],
    ],
    [
      "a desk, not what stands before or beside it",
      [
        ...["sign-in?next=/", "page/x", "blobs/1", "demo"].map((path) => ({ url: `${ORIGIN}/${path}` })),
        { url: `${ORIGIN}/pages` },
      ],
      "/desk/7",
      [`focus ${ORIGIN}/pages`, "open /desk/7"],
    ],
    [
      "a new window where only the sign-in is open",
      [{ url: `${ORIGIN}/sign-in` }],
      "/desk/7",
      [`window ${ORIGIN}/desk/7`],
    ],
    ["a new window where none is open", [], "/desk/7", [`window ${ORIGIN}/desk/7`]],
    ["nowhere else", [{ url: `${ORIGIN}/desk` }], "https://elsewhere.example/", []],
  ])("a click leads to %s", async (_name, windows, url, done) => {
    expect(await worker(windows).told("notificationclick", clicked(url))).toEqual(done);
  });
  test("a push without readable words still says that somebody asks", async () => {
    const broken = { data: { json: () => JSON.parse("{") } };
    expect(await worker().told("push", broken)).toEqual(['Hubbub: Somebody asks for you. {"url":"/escalations"}']);
  });
  const signedIn = (id: string) => async () => Response.json({ agent: { id } });
  test.each([
    ["that hides its words says it in the worker's own", {}, "Somebody asks for you.", signedIn("priya")],
    ["that has words shows them to whom they are for", { body: "Smoke." }, "Smoke.", signedIn("priya")],
    ["tells nobody else who is signed in", { body: "Smoke." }, "Somebody asks for you.", signedIn("marek")],
    [
      "tells nothing where nobody is signed in any more",
      { body: "Smoke." },
      "Somebody asks for you.",
      async () => new Response("{}", { status: 401 }),
    ],
    ["tells nothing where it cannot be known", { body: "Smoke." }, "Somebody asks for you.", undefined],
  ])("a push %s", async (_name, more, body, session) => {
    const page = { title: "Severity 3", tag: "e1", url: "/escalations", for: "priya", ...more };
    const shown = await worker([], session).told("push", { data: { json: () => JSON.parse(JSON.stringify(page)) } });
    expect(shown).toEqual([`Severity 3: ${body} {"url":"/escalations"}`]);
  });
});
