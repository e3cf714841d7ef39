import { fileURLToPath } from "node:url";

/** The folder of the web app or the chat's widget as it is served; built only where a source has changed since. */
export async function builtApp(app: "web" | "widget"): Promise<string> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const launcher = (await import(new URL("../../bin/web-build.mjs", import.meta.url).href)) as {
    ensureWebBuilt(root: string, node: string): Promise<void>;
  };
  await launcher.ensureWebBuilt(root, process.execPath);
  return fileURLToPath(new URL(`../../dist/${app}`, import.meta.url));
}
