import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const SOURCE = new URL("../app/shell/page-worker.js", import.meta.url);
/** Beside what the build names: files of public/ that the first page needs. */
const BESIDE = ["/look.js", "/hubbub.svg"];

type Built = {
  type: string;
  source?: string | Uint8Array;
  isEntry?: boolean;
  imports?: string[];
  viteMetadata?: { importedCss: Set<string> };
};

/** The paths of a build that the page cannot start without: the entry, what it imports, their styles, and the first font. */
export function shellOf(bundle: Record<string, Built>, font: string): string[] {
  const files = new Set<string>();
  const take = (name: string): void => {
    const chunk = bundle[name];
    if (files.has(name) || chunk?.type !== "chunk") return;
    files.add(name);
    for (const sheet of chunk.viteMetadata?.importedCss ?? []) files.add(sheet);
    for (const other of chunk.imports ?? []) take(other);
  };
  for (const [name, one] of Object.entries(bundle)) if (one.isEntry) take(name);
  for (const name of Object.keys(bundle)) if (name.includes(font) && name.endsWith(".woff2")) files.add(name);
  return [...[...files].map((name) => `/${name}`), ...BESIDE].sort();
}

/** The worker's text for one build: another page or shell is another version, and only then does a browser take the worker for a new one. */
export function workerFor(source: string, shell: readonly string[], page = ""): string {
  const version = createHash("sha256")
    .update(JSON.stringify([shell, page, source]))
    .digest("hex")
    .slice(0, 16);
  return source.replace("%VERSION%", version).replace('["%SHELL%"]', JSON.stringify(shell));
}

/** Writes the desk's worker beside the page, with the app shell of this very build. */
export function appShell(font: string): Plugin {
  const source = () => readFileSync(SOURCE, "utf8");
  return {
    name: "hubbub-app-shell",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const shell = shellOf(bundle as unknown as Record<string, Built>, font);
        const page = String((bundle["index.html"] as Built | undefined)?.source ?? "");
        this.emitFile({ type: "asset", fileName: "page-worker.js", source: workerFor(source(), shell, page) });
      },
    },
    configureServer(server) {
      server.middlewares.use("/page-worker.js", (_request, response) => {
        response.setHeader("content-type", "text/javascript");
        response.end(workerFor(source(), []));
      });
    },
  };
}
