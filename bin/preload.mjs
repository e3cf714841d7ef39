/**
 * Loaded before programs of ours (`node --import`): the guard, and compiled code kept between starts, in the checkout and
 * not in a shared temporary folder where another user of the machine could plant some.
 */
import module from "node:module";
import { fileURLToPath } from "node:url";
import "./guard.mjs";

module.enableCompileCache?.(fileURLToPath(new URL("../node_modules/.cache/hubbub-compile", import.meta.url)));
