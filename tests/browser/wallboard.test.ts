import { expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { OUTAGE } from "../support/story.ts";
import { signIn, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();

it("a supervisor sees what waits, opens a number, gives work away, takes it back, and looks into it, by keys alone", {
  timeout: 240_000,
}, async () => {
  const { desk, surf } = here;
  const marek = await desk.as("marek");
  for (const who of ["marek", "priya", "dana"] as const) await desk.presence(who, "busy");
  const people = Array.from({ length: 4 }, (_, n) => ({ handle: `waits_${n}`, name: `Guest ${n}`, followers: 10 }));
  await desk.network.people(people);
  for (const { handle } of people) await desk.network.post(handle, OUTAGE);
  await desk.quiet();
  const board = () => marek.get("/api/wallboard");
  await eventually("four wait", async () => (await board()).waiting === 4);
  const owners = async () =>
    (await marek.get("/api/wallboard/items?of=open")).items.map(
      (row: { owner: { name: string } | null }) => row.owner?.name ?? null,
    );

  const page = await surf.window();
  await signIn(page, desk.url, "marek");
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await page.getByRole("heading", { name: "Waiting, and when it clears" }).waitFor();
  const tile = page.getByRole("definition").filter({ hasText: "in 10 min" });
  await tile.getByRole("button", { name: "4", exact: true }).waitFor();
  await page.getByRole("img", { name: /4 wait at .* It does not clear/ }).waitFor();

  // A queue by the arrow, its items by Enter.
  await page.keyboard.press("ArrowDown");
  await page.getByRole("heading", { name: "How long they have waited" }).waitFor();
  await page.keyboard.press("Enter");
  const pane = page.getByRole("complementary", { name: "Close up" });
  await pane.getByRole("heading", { name: "Care: Waiting" }).waitFor();
  await until("four items", async () => (await pane.getByRole("button", { name: /Guest/ }).count()) === 4);

  // Two are checked and given to Dana; the act is taken back by Z.
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await pane.getByText("2 checked").waitFor();
  await page.keyboard.press("a");
  await page.getByRole("dialog").getByLabel("Find").fill("Dana");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("2 items given to Dana Okafor.").waitFor();
  expect((await owners()).filter((name: string | null) => name === "Dana Okafor")).toHaveLength(2);
  await page.keyboard.press("z");
  await page.getByText("Taken back.").waitFor();
  expect(await owners()).toEqual([null, null, null, null]);

  // A word of help, sent as a reply is.
  await page.keyboard.press("n");
  const note = page.getByRole("dialog", { name: /^Note on / });
  await note.getByRole("textbox").and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Control+Enter");
  await note.getByText("Say it in a few words.").waitFor();
  await page.keyboard.type("The mast is being mended.");
  await page.keyboard.press("Control+Enter");
  await page.getByText("The note stands in the conversation.").waitFor();
  await note.waitFor({ state: "detached" });

  // Taken over, and looked into: the look is on record.
  await until("four wait again", async () => (await pane.getByRole("button", { name: /Guest/ }).count()) === 4);
  await page.keyboard.press("t");
  await page.getByText("1 item given to Marek Wolski.").waitFor();
  await page.keyboard.press("o");
  await page.waitForURL("**/desk/*");
  await eventually("the look is on record", async () =>
    (await marek.get("/api/audit?limit=20")).items.some((row: { act: string }) => row.act === "conversation.opened"),
  );

  // Nobody's name on the wall.
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await page.getByRole("heading", { name: "Queues" }).waitFor();
  await page.keyboard.press("f");
  const wall = page.getByRole("region", { name: "Big screen" });
  await wall.waitFor();
  expect(await wall.innerText()).not.toMatch(/Guest/);
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "People" }).waitFor();

  // A queue's targets are made longer for an hour, and as usual again.
  await page.goto(`${desk.url}/wallboard?queue=${desk.company.queueId}`);
  await pane.getByRole("button", { name: /^Lend people to it/ }).waitFor();
  await page.keyboard.press("l");
  const lend = page.getByRole("dialog", { name: /^Lend/ });
  await lend.getByLabel("Reason").and(page.locator(":focus")).waitFor();
  await lend.getByLabel("Colleague").waitFor();
  await page.keyboard.press("Escape");
  await lend.waitFor({ state: "detached" });
  await pane.getByRole("button", { name: "Ease it for a time…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Ease / });
  await dialog.getByText("Danger to people is never stretched.").waitFor();
  await dialog.getByLabel("Reason").press("Enter");
  await dialog.getByText("Say why, in a few words.").waitFor();
  await dialog.getByLabel("Reason").fill("A storm in the north");
  await page.keyboard.press("Enter");
  await page.getByText("Eased. It is as before by itself.").waitFor();
  await pane.getByText("A storm in the north").waitFor();
  const eased = async () => (await board()).easings;
  expect(await eased()).toMatchObject([{ target: { percent: 150 }, byName: "Marek Wolski" }]);
  await page.getByRole("row", { name: /Targets 150/ }).waitFor();
  await pane.getByRole("button", { name: "End it now" }).press("Enter");
  await pane.getByRole("heading", { name: "Eased for a time" }).waitFor({ state: "detached" });
  expect(await eased()).toEqual([]);
  expect(surf.complaints()).toEqual([]);
});
