import { fileURLToPath } from "node:url";
import { getConfig } from "@lingui/conf";
import { linguiTransformerBabelPreset } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { appShell } from "./build/app-shell.ts";
import { browserOnly } from "./build/browser-only.ts";
import { englishInPlace } from "./build/english-in-place.ts";
import { preloadFont } from "./build/preload-font.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const configPath = fileURLToPath(new URL("./lingui.config.ts", import.meta.url));
const FIRST_FONT = "source-sans-3-latin-wght-normal";

export default defineConfig({
  root: here,
  plugins: [
    browserOnly(),
    react(),
    // Vite 8 runs no Babel of its own: without this the macros reach the browser and throw there.
    babel({
      presets: [
        linguiTransformerBabelPreset(
          { linguiConfig: getConfig({ configPath }), descriptorFields: "message" },
          { configPath },
        ),
      ],
    }),
    babel({ plugins: [englishInPlace], include: /\.tsx?$/ }),
    preloadFont(FIRST_FONT),
    appShell(FIRST_FONT),
  ],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    // The first browsers with light-dark(); older targets would rewrite every colour.
    target: ["chrome123", "firefox120", "safari17.5"],
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // The content policy is 'self': no data: addresses.
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
    manifest: true,
  },
  worker: { format: "es" },
  server: {
    strictPort: false,
    proxy: { "/api": { target: process.env.HUBBUB_ORIGIN ?? "http://127.0.0.1:3000", changeOrigin: false } },
  },
});
