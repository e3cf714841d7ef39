import { expect, it } from "vitest";
import { ChatClient } from "../support/chat-client.ts";
import { connectChat } from "../support/chat-story.ts";
import { signIn } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const KEY = "web-chat-of-two-who-write";
const here = surfedDesk();

it("agent and visitor see one another write, and nobody is told of a text that only lies there", {
  timeout: 240_000,
}, async () => {
  const { desk, surf } = here;
  await connectChat(desk, KEY);
  const visit = new ChatClient(desk.url, KEY);
  await visit.open();
  const window = await visit.connect();
  await visit.say("My router blinks red, what can I do?");
  const agent = await surf.window();
  await signIn(agent, desk.url, "priya");
  await agent.getByRole("region", { name: /^Offer from/ }).waitFor();
  await agent.keyboard.press("t");
  await agent.getByRole("feed").getByText("My router blinks red").waitFor();
  await agent.keyboard.press("p");
  await agent.getByRole("textbox", { name: /^Private reply/ }).waitFor();
  expect(window.frames.filter((f) => f.type === "typing")).toEqual([]);

  window.send({ type: "typing", on: true });
  await agent.getByText("is writing").waitFor();
  window.send({ type: "typing", on: false });
  await agent.getByText("is writing").waitFor({ state: "detached" });

  await agent.keyboard.type("Hold its button");
  expect(await window.heard("typing")).toEqual({ type: "typing", on: true, name: "Priya Nair" });
  expect(await window.heard("receipt", (f) => f.status === "read")).toMatchObject({ upTo: 1 });
  await agent.keyboard.press("Control+A");
  await agent.keyboard.press("Delete");
  expect(await window.heard("typing", (f) => !f.on)).toMatchObject({ on: false });
  await window.close();
});
