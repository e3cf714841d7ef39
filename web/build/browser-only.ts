import type { Plugin } from "vite";

const KEPT_OUT = [/\/node_modules\/zod\//, /\/contracts\/[^/]+\.ts$/, /\/server\//, /\/playground\//];

/**
 * Stops the build when server code, a contract's values or zod reach the browser.
 * Of `#contracts/*` the web may import types only; `import type` leaves no trace here.
 */
export function browserOnly(): Plugin {
  const root = new URL("../..", import.meta.url).pathname;
  return {
    name: "hubbub-browser-only",
    apply: "build",
    load(id) {
      const inside = id.startsWith(root) ? id.slice(root.length - 1) : id;
      if (KEPT_OUT.some((kept) => kept.test(inside))) {
        this.error(
          `${inside} does not belong in the browser. Import its types with "import type", or move the value to shared/.`,
        );
      }
      return null;
    },
  };
}
