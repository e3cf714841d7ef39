import type { Plugin } from "vite";

/** Adds a preload for the one font file every page needs; the others come when their script is met. */
export function preloadFont(stem: string): Plugin {
  return {
    name: "hubbub-preload-font",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        const file = Object.keys(bundle ?? {}).find((name) => name.includes(stem) && name.endsWith(".woff2"));
        if (!file) throw new Error(`No font file named ${stem} in the build.`);
        return [
          {
            tag: "link",
            injectTo: "head",
            attrs: { rel: "preload", as: "font", type: "font/woff2", href: `/${file}`, crossorigin: "" },
          },
        ];
      },
    },
  };
}
