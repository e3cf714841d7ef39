import { fileURLToPath } from "node:url";
import { getConfig } from "@lingui/conf";
import { linguiTransformerBabelPreset } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import { defineConfig } from "vite";
import { classicScript } from "./build/classic-script.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const configPath = here("./lingui.config.ts");

export default defineConfig({
  root: here("."),
  base: "/widget/",
  publicDir: false,
  plugins: [
    babel({ presets: [linguiTransformerBabelPreset({ linguiConfig: getConfig({ configPath }) }, { configPath })] }),
    classicScript("widget"),
  ],
  build: {
    outDir: "../dist/widget",
    emptyOutDir: true,
    // Visitors bring older browsers than agents do.
    target: ["chrome100", "firefox104", "safari15.4"],
    cssTarget: ["chrome100", "firefox104", "safari15.4"],
    assetsInlineLimit: 0,
    modulePreload: false,
    sourcemap: false,
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: {
      input: { frame: here("./frame/index.html"), widget: here("./loader/widget.ts") },
      output: { entryFileNames: ({ name }) => (name === "widget" ? "widget.js" : "assets/[name]-[hash].js") },
    },
  },
});
