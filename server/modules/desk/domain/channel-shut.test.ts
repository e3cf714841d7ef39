import { expect, it } from "vitest";
import { channelShut } from "./channel-shut.ts";

it.each([
  ["on", null],
  ["paused", null],
  ["archive", null],
  ["needs-reauth", /wants a new sign-in.*Ask/],
  ["misconfigured", /wrongly set up.*Ask/],
] as const)("a channel that is %s says why nothing can be written", (state, says) => {
  const shut = channelShut({ name: "Bluesky", state });
  if (says === null) expect(shut).toBeNull();
  else expect(shut).toMatch(says);
});
