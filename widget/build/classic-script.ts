import type { Plugin } from "vite";

/**
 * The loader stands in other people's pages as a plain script: closed in a function, so that none of its names becomes
 * one of the page's, and alone, so that nothing is loaded behind it.
 */
export function classicScript(entry: string): Plugin {
  return {
    name: "hubbub-classic-script",
    apply: "build",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk" || chunk.name !== entry) continue;
        if (chunk.imports.length + chunk.dynamicImports.length + chunk.exports.length > 0)
          this.error(`${entry} has to be one file by itself; it imports ${chunk.imports.join(", ") || "or exports"}.`);
        chunk.code = `(()=>{"use strict";${chunk.code}})();\n`;
      }
    },
  };
}
