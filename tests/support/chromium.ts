import { spawn } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Quiet and without calls home. Tests open our own pages only, so the sandbox, which root and many containers lack, is off. */
const FLAGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--no-first-run",
];

interface Candidate {
  program: string;
  env?: Record<string, string>;
}

/**
 * Starts a headless Chromium: the one npm brought, else the first one on PATH that starts. Throws a sentence when none
 * does: a browser test fails then, it is never skipped. The caller closes the browser. npm's is the "headless shell",
 * without windows, menus and start page: a page in it costs a fifth of the work, and it is the same on every machine
 * (docs/decisions/0015). `HUBBUB_CHROMIUM=path` turns the order about.
 */
export async function launchBrowser(
  path: string = process.env.PATH ?? "",
  first: string | undefined = process.env.HUBBUB_CHROMIUM,
): Promise<Browser> {
  const failures: string[] = [];
  const ways = [() => startBrought(failures), () => startFrom(path, failures)];
  for (const way of first === "path" ? ways.toReversed() : ways) {
    const browser = await way();
    if (browser) return browser;
  }
  throw new Error(
    `No Chromium starts here, and the browser tests need one. Install Chromium, or mend what is said here: ${failures.join("; ")}`,
  );
}

async function startFrom(path: string, failures: string[]): Promise<Browser | undefined> {
  for (const candidate of onPath(path)) {
    const browser = await attempt(candidate, failures);
    if (browser) return browser;
  }
  return undefined;
}

async function startBrought(failures: string[]): Promise<Browser | undefined> {
  try {
    const folder = await unpackedChromium();
    const program = join(folder, "chromium");
    // The machine's own libraries first; a bare machine has none, then those of the package.
    const font = { FONTCONFIG_FILE: join(folder, "fonts.conf") };
    const own = { ...font, LD_LIBRARY_PATH: join(folder, "al2023", "lib") };
    for (const env of [font, own]) {
      const browser = await attempt({ program, env }, failures);
      if (browser) return browser;
    }
  } catch (error) {
    failures.push(`the one from npm could not be unpacked: ${firstLine(error)}`);
  }
  return undefined;
}

function onPath(path: string): Candidate[] {
  const folders = path.split(delimiter).filter(Boolean);
  const programs = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isExecutable);
  return [...new Set(programs)].map((program) => ({ program }));
}

function isExecutable(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return statSync(program).isFile();
  } catch {
    return false;
  }
}

async function attempt({ program, env }: Candidate, failures: string[]): Promise<Browser | undefined> {
  try {
    return await chromium.launch({ executablePath: program, args: FLAGS, env: { ...process.env, ...home(), ...env } });
  } catch (error) {
    failures.push(`${program}: ${firstLine(error)}`);
    return undefined;
  }
}

/** Chromium wants to write to its home; users of services have none. */
function home(): Record<string, string> {
  try {
    accessSync(process.env.HOME ?? "", constants.W_OK);
    return {};
  } catch {
    return { HOME: tmpdir() };
  }
}

function firstLine(error: unknown): string {
  const lines = String((error as Error).message ?? error).split("\n");
  const telling = lines.find((line) => /error while loading|FATAL|No such file|EACCES|ENOSPC|ENOENT/.test(line));
  return (telling ?? lines[0] ?? "").trim();
}

/** The folder with npm's Chromium, unpacked once per version: below node_modules, or in the temporary folder if that is read-only. */
async function unpackedChromium(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const cache = fileURLToPath(new URL("../../node_modules/.cache/", import.meta.url));
  const name = `hubbub-chromium-${version}`;
  const places = [join(cache, name), join(tmpdir(), `${name}-${process.getuid?.() ?? "user"}`)];
  for (const place of places) if (existsSync(join(place, "chromium")) && isOurs(place)) return place;
  const place = places.find((path) => canMake(dirname(path))) ?? places[1] ?? "";
  await unpack(root, place);
  return place;
}

/** Another user's folder of that name in the shared temporary folder is not run from. */
function isOurs(place: string): boolean {
  const { uid } = statSync(place);
  return uid === process.getuid?.() || uid === 0;
}

function canMake(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Unpacks beside and moves in place, so that two test runs at once do not see half a browser. */
async function unpack(root: string, place: string): Promise<void> {
  const draft = `${place}.new-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o755 });
  try {
    await inflate(root, draft);
    chmodSync(join(draft, "chromium"), 0o755);
    writeFileSync(join(draft, "fonts.conf"), fontSettings(join(place, "fonts")));
    renameSync(draft, place);
  } catch (error) {
    if (!existsSync(join(place, "chromium"))) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The package unpacks into the temporary folder of its process, so it gets a process whose temporary folder is ours. */
function inflate(root: string, folder: string): Promise<void> {
  const script = `
    const { inflate } = await import(process.argv[1]);
    for (const file of ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"]) await inflate(process.argv[2] + file);`;
  const args = [pathToFileURL(join(root, "build", "lambdafs.js")).href, join(root, "bin", "/")];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", script, ...args], {
      env: { PATH: process.env.PATH, TMPDIR: folder },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let text = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(text.trim().slice(-500)))));
  });
}

function fontSettings(fonts: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${fonts.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</dir>
  <cachedir>${tmpdir()}/hubbub-font-cache</cachedir>
</fontconfig>
`;
}
