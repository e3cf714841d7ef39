import { afterAll, beforeAll } from "vitest";
import { pictures } from "../router/router.ts";

// Every store test of routing once more, with the picture dropped before each act: what is kept in memory may change nothing.
const { most } = pictures;
beforeAll(() => {
  pictures.most = 0;
});
afterAll(() => {
  pictures.most = most;
});
await import("../routing.store.test.ts");
await import("../by-hand.store.test.ts");
await import("../many-at-once.store.test.ts");
