import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isAlive } from "../../server/platform/process-identity.ts";
import { type Checkout, makeCheckout } from "./support/checkout.ts";

let checkout: Checkout;

beforeEach(() => {
  checkout = makeCheckout();
});

afterEach(() => checkout.remove());

const SERVER = `
const alive = setInterval(() => {}, 1000);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => {
  console.log("server got", signal);
  clearInterval(alive);
  process.exitCode = 7;
});
console.log("server", process.pid, JSON.stringify(process.argv.slice(2)), process.cwd());
`;

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(10);
}

function serverPid(output: string): number {
  return Number(/server (\d+)/.exec(output)?.[1]);
}

it("installs once, hands arguments on, passes signals on, and ends with the server's exit code", async () => {
  checkout.write("server/main.ts", SERVER);
  const first = checkout.launch(["start", "--role", "web worker"]);
  await first.said("server ");
  expect(first.output()).toContain('["--role","web worker"]');
  expect(first.output()).toContain(checkout.root);
  first.child.kill("SIGTERM");
  const { code, output } = await first.ended;
  expect(code).toBe(7);
  expect(output).toContain("server got SIGTERM");
  expect(checkout.read("npm.log")).toMatch(/^ci .*--include=dev/);

  const second = checkout.launch(["start"]);
  await second.said("server ");
  second.child.kill("SIGINT");
  expect((await second.ended).output).toContain("server got SIGINT");
  expect(checkout.read("npm.log").trim().split("\n")).toHaveLength(1);
});

it("leaves no server behind when it is killed by force", async () => {
  checkout.write("server/main.ts", SERVER);
  const launched = checkout.launch(["start"]);
  await launched.said("server ");
  launched.child.kill("SIGKILL");
  // The server holds the pipes open until it ends too, in order.
  expect((await launched.ended).output).toContain("server got SIGTERM");
  await until(() => !isAlive(serverPid(launched.output())));
});

it("installs once for two starts at the same time, and takes over from an install that was killed", async () => {
  checkout.write("server/cli.ts", "console.log('command', process.argv[2])");
  const go = join(checkout.root, "go");
  const killed = checkout.launch(["hello"], { FAKE_NPM_WAITS: go });
  await killed.said("installing packages");
  await until(() => checkout.read("npm.log") !== "");
  killed.child.kill("SIGKILL");
  // Its npm holds the pipes open; that they close says that no npm goes on writing under the next one.
  await killed.ended;

  const first = checkout.launch(["hello"], { FAKE_NPM_WAITS: go });
  await first.said("installing packages");
  const second = checkout.launch(["hello"], { FAKE_NPM_WAITS: go });
  await second.said(`waiting for another start (process ${first.child.pid})`);
  checkout.write("go", "");
  for (const { code, output } of [await first.ended, await second.ended]) {
    expect(output).toContain("command hello");
    expect(code).toBe(0);
  }
  expect(checkout.read("npm.log").trim().split("\n")).toHaveLength(2);
});

it("takes an install made by hand, if nothing that this machine needs is missing", async () => {
  checkout.write("server/cli.ts", "console.log('command')");
  const other = process.platform === "win32" ? "linux" : "win32";
  const packages = {
    "node_modules/a": { version: "1.0.0" },
    "node_modules/elsewhere": { version: "1.0.0", optional: true, os: [other] },
    "node_modules/of-elsewhere": { version: "1.0.0", optional: true },
  };
  checkout.write("package-lock.json", JSON.stringify({ packages: { "": {}, ...packages } }));
  checkout.write(
    "node_modules/.package-lock.json",
    JSON.stringify({ packages: { "node_modules/a": { version: "1.0.0" } } }),
  );
  mkdirSync(join(checkout.root, "node_modules", "a"));
  expect((await checkout.launch(["hello"]).ended).code).toBe(0);
  expect(checkout.read("npm.log")).toBe("");

  const here = { version: "1.0.0", optional: true, os: [process.platform], cpu: [process.arch] };
  checkout.write("package-lock.json", JSON.stringify({ packages: { "": {}, ...packages, "node_modules/here": here } }));
  await checkout.launch(["hello"]).ended;
  expect(checkout.read("npm.log")).toContain("ci ");
});

it("says in a sentence why packages could not be installed, and tries again the next time", async () => {
  checkout.write("server/cli.ts", "console.log('command')");
  const says = "npm error code EAI_AGAIN\nnpm error request failed";
  const failed = await checkout.launch(["hello"], { FAKE_NPM_SAYS: says, FAKE_NPM_CODE: "1" }).ended;
  expect(failed.code).toBe(17);
  expect(failed.output).toContain("npm's registry cannot be reached");
  expect(failed.output).not.toContain("    at ");
  expect((await checkout.launch(["hello"]).ended).code).toBe(0);
});

it("builds the web app when a source has changed, and only then", async () => {
  checkout.write("server/main.ts", "console.log('main')");
  checkout.write("web/vite.config.ts", "");
  checkout.write("web/page.ts", "one");
  checkout.write("node_modules/vite/package.json", "{}");
  checkout.write(
    "node_modules/vite/bin/vite.js",
    `const fs = require("fs"); const out = process.argv[process.argv.indexOf("--outDir") + 1];
     fs.mkdirSync(out); fs.writeFileSync(out + "/index.html", fs.readFileSync("web/page.ts"));`,
  );
  const start = async () => (await checkout.launch(["start"]).ended).output;
  expect(await start()).toContain("web app built");
  expect(await start()).not.toContain("web app");
  checkout.write("web/page.test.ts", "a test is no source");
  expect(await start()).not.toContain("web app");
  checkout.write("web/page.ts", "two");
  expect(await start()).toContain("web app built");
  expect(checkout.read("dist/web/index.html")).toBe("two");

  checkout.write("web/page.ts", "three");
  checkout.write("node_modules/vite/bin/vite.js", "console.error('a word is missing'); process.exit(1)");
  const { code, output } = await checkout.launch(["start"]).ended;
  expect(code).toBe(18);
  expect(output).toContain("a word is missing");
  expect(checkout.read("dist/web/index.html")).toBe("two");
});

it("builds the chat widget beside the web app, each for its own sources", async () => {
  checkout.write("server/main.ts", "console.log('main')");
  for (const app of ["web", "widget"]) checkout.write(`${app}/vite.config.ts`, "");
  checkout.write("node_modules/vite/package.json", "{}");
  checkout.write(
    "node_modules/vite/bin/vite.js",
    `const fs = require("fs"); const out = process.argv[process.argv.indexOf("--outDir") + 1];
     for (const page of ["/index.html", "/frame/index.html"]) {
       fs.mkdirSync(require("path").dirname(out + page), { recursive: true }); fs.writeFileSync(out + page, "built");
     }`,
  );
  const start = async () => (await checkout.launch(["start"]).ended).output;
  expect(await start()).toMatch(/web app built.*chat widget built/su);
  expect(await start()).not.toContain("built");
  checkout.write("widget/loader/widget.ts", "another");
  const again = await start();
  expect(again).toContain("chat widget built");
  expect(again).not.toContain("web app built");
  expect(checkout.read("dist/widget/frame/index.html")).toBe("built");
});

it("runs the checks in order beside the tests, stops at the first failure, and ends with counted tests", async () => {
  const tool = (path: string, script: string) => {
    checkout.write(`node_modules/${path}`, script);
    checkout.write(`node_modules/${path.split("/bin")[0]}/package.json`, "{}");
  };
  checkout.write("server/a.ts", "");
  tool("typescript-native/bin/tsc", "console.log('tsc', process.argv.slice(2).join(' '))");
  tool("@biomejs/biome/bin/biome", "console.log('biome', process.argv.slice(2).join(' '))");
  const cruise = "dependency-cruiser/bin/dependency-cruiser.mjs";
  tool(cruise, "console.log('no dependency violations found (3 modules, 2 dependencies cruised)')");
  const report = {
    testResults: [
      {
        name: "a.test.ts",
        status: "failed",
        assertionResults: [{ status: "passed" }, { status: "passed" }, { status: "failed" }],
      },
      { name: "b.test.ts", status: "failed", assertionResults: [] },
    ],
  };
  const vitest = (script: string) => checkout.write("node_modules/vitest/vitest.mjs", script);
  vitest(
    `import { writeFileSync } from "node:fs";
     const args = process.argv.slice(2); console.log("vitest", args.at(-1));
     writeFileSync(args.find((arg) => arg.startsWith("--outputFile.json=")).split("=")[1], process.env.REPORT ?? ${JSON.stringify(JSON.stringify(report))});
     process.exitCode = process.env.REPORT ? 0 : 3;`,
  );
  const all = await checkout.launch(["test", "shared"]).ended;
  expect(all.code).toBe(3);
  expect(all.output).toMatch(
    /tsc -p \.[\s\S]*types ok[\s\S]*biome ci \.[\s\S]*lint ok[\s\S]*3 modules[\s\S]*borders ok[\s\S]*\n2 passed, 2 failed\n$/,
  );
  expect(all.output).toContain("vitest shared");

  const none = await checkout.launch(["test"], { REPORT: '{ "testResults": [] }' }).ended;
  expect(none.code).toBe(1);
  expect(none.output).toMatch(/\n0 passed, 0 failed\n/);

  // Tests that would go on for ever end with the first check that fails; its words are the last.
  vitest("console.log('vitest began'); process.on('SIGTERM', () => process.exit(143)); setInterval(() => {}, 1000);");
  tool(cruise, "console.log('no dependency violations found (0 modules, 0 dependencies cruised)')");
  const blind = await checkout.launch(["test"]).ended;
  expect(blind.code).toBe(1);
  expect(blind.output).toMatch(/lint ok[\s\S]*read no module at all[^\n]*\nhubbub {2}borders failed \([^\n]*\n$/);
  expect(blind.output).not.toContain(" passed");

  tool("typescript-native/bin/tsc", "console.log('a.ts(1,1): error'); process.exitCode = 2");
  const faulty = await checkout.launch(["test"]).ended;
  expect(faulty.code).toBe(2);
  expect(faulty.output).toMatch(/a\.ts\(1,1\): error\nhubbub {2}types failed \([^\n]*\n$/);
  expect(faulty.output).not.toContain("biome");

  const broken = await checkout.launch(["check"]).ended;
  expect(broken.code).toBe(2);
  expect(broken.output).not.toContain("biome");
});

it("runs the few red files of a whole run once more by themselves, and names what is green then as unsteady", async () => {
  checkout.write("server/a.ts", "");
  for (const path of ["typescript-native/bin/tsc", "@biomejs/biome/bin/biome"])
    checkout.write(`node_modules/${path}`, "");
  const cruise = "console.log('no dependency violations found (3 modules, 2 dependencies cruised)')";
  checkout.write("node_modules/dependency-cruiser/bin/dependency-cruiser.mjs", cruise);
  const file = (name: string, ...statuses: string[]) => ({
    name: join(checkout.root, name),
    status: statuses.includes("failed") || statuses.length === 0 ? "failed" : "passed",
    assertionResults: statuses.map((status) => ({ status })),
  });
  // What the first run reports, what the run of the red ones does, and whether an error belonged to no test.
  checkout.write(
    "node_modules/vitest/vitest.mjs",
    `import { existsSync, writeFileSync } from "node:fs";
     const args = process.argv.slice(2);
     const names = args.filter((arg) => arg.endsWith(".test.ts"));
     console.log("vitest of", names.join(" ") || "all", args.includes("--maxWorkers=1"));
     const testResults = JSON.parse(names.length > 0 ? process.env.SECOND : process.env.FIRST);
     if (process.env.STRAY) writeFileSync(process.env.HUBBUB_TEST_STRAYS, "1");
     writeFileSync(args.find((arg) => arg.startsWith("--outputFile.json=")).split("=")[1], JSON.stringify({ testResults }));
     process.exitCode = testResults.some(({ status }) => status === "failed") ? 1 : 0;`,
  );
  const [good, red, broken] = [file("a.test.ts", "passed"), file("b.test.ts", "passed", "failed"), file("c.test.ts")];
  const [bNow, cNow] = [file("b.test.ts", "passed", "passed"), file("c.test.ts", "passed")];
  const play = async (first: object[], second: object[], more: Record<string, string> = {}) =>
    checkout.launch(["test"], { FIRST: JSON.stringify(first), SECOND: JSON.stringify(second), ...more }).ended;

  const mended = await play([good, red, broken], [bNow, cNow]);
  expect(mended.code).toBe(0);
  expect(mended.output).toContain("vitest of all false");
  expect(mended.output).toContain("vitest of b.test.ts c.test.ts true");
  expect(mended.output).toMatch(/unsteady: b\.test\.ts[\s\S]*unsteady: c\.test\.ts[\s\S]*\n4 passed, 0 failed\n$/);

  const half = await play([good, red, broken], [bNow, broken]);
  expect([half.code, half.output]).toEqual([1, expect.stringMatching(/unsteady: b\.[\s\S]*\n3 passed, 1 failed\n$/)]);
  const forgotten = await play([good, red, broken], [bNow]);
  expect([forgotten.code, forgotten.output]).toEqual([1, expect.stringMatching(/\n3 passed, 1 failed\n$/)]);
  const stray = await play([good, red], [bNow], { STRAY: "yes" });
  expect([stray.code, stray.output]).toEqual([1, expect.stringMatching(/\n2 passed, 1 failed\n$/)]);
  const many = await play(
    ["b", "c", "d", "e", "f"].map((name) => file(`${name}.test.ts`)),
    [],
  );
  expect([many.code, many.output]).toEqual([1, expect.not.stringContaining("unsteady")]);
  expect(many.output).toMatch(/\n0 passed, 5 failed\n$/);
});

it("gives every word after -- to the command line program, its own words as well", async () => {
  checkout.write("server/cli.ts", "console.log('program', JSON.stringify(process.argv.slice(2)));");
  const said = async (...args: string[]) => (await checkout.launch(args).ended).output;
  expect(await said("--", "check", "--account", "x")).toContain('program ["check","--account","x"]');
  expect(await said("trace", "C-1")).toContain('program ["trace","C-1"]');
  expect(await said("--")).toContain("program []");
});

it("explains itself", async () => {
  const { code, output } = await checkout.launch(["--help"]).ended;
  expect(code).toBe(0);
  for (const word of [
    "npm start",
    "npm run dev",
    "npm test",
    "test:peers",
    "npm run check",
    "npm run bench",
    "HUBBUB_DATA_DIR",
  ]) {
    expect(output).toContain(word);
  }
  expect(checkout.read("npm.log")).toBe("");
  const unknown = await checkout.launch(["nonsense"]).ended;
  expect(unknown.code).toBe(64);
});
