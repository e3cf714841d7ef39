import { expect, it } from "vitest";
import { faultsOf } from "./axe.ts";
import { shoot } from "./shoot.ts";
import { signIn, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();

it("a supervisor rehearses the week with more people, writes what is told to who waits, and marks helpers", {
  timeout: 240_000,
}, async () => {
  const { desk, story, surf } = here;
  const { conversationId } = await story.taken();
  const marek = await desk.as("marek");
  const page = await surf.window();
  await signIn(page, desk.url, "marek");

  // By the keyboard: more people, another target, then play.
  await page.goto(`${desk.url}/desk`);
  await page.getByRole("link", { name: "Rehearse" }).first().waitFor();
  await page.goto(`${desk.url}/rehearse`);
  const number = page.getByLabel("How many more");
  await number.focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("0");
  await page.getByText("Type a whole number.").waitFor();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("2");
  const add = page.getByRole("button", { name: "Add a change" });
  await add.focus();
  await page.keyboard.press("Enter");
  const second = page.getByRole("group", { name: "Change 2" });
  await second.getByLabel("What", { exact: true }).selectOption({ label: "Another target" });
  await second.getByLabel("Target, minutes it is open").fill("1");
  await shoot(page, "rehearse-form");
  await page.getByRole("button", { name: "Rehearse", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Work by class, as it was and as it would be" }).waitFor();
  await page.getByText(/How near the play comes to what really was/).waitFor();
  await shoot(page, "rehearse-result");
  expect(await faultsOf(page)).toEqual([]);
  await second.getByRole("button", { name: "Take out change 2" }).click();
  await page.getByText("of other changes than stand above now").waitFor();

  // What is told to who has to wait: the rules of wording, and how it reads.
  await page.goto(`${desk.url}/queues?tab=replies`);
  const words = page.getByLabel("Words");
  await words.fill("We are back soon.");
  await page.getByText(/Name the company: write \{company\}/).waitFor();
  await page.getByLabel("Tell customers by itself that they have to wait").check();
  await shoot(page, "replies-fault");
  await words.fill("{company}: this is an automatic reply. Somebody answers by {when}.");
  await page.getByText(/: this is an automatic reply\. Somebody answers by \S+day/).waitFor();
  await shoot(page, "replies");
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole("button", { name: "Save the automatic replies" }).click();
  await page.getByText(/^The automatic replies of .+ are saved\.$/).waitFor();
  const { brands } = await marek.get("/api/brands");
  const { settings } = await marek.get(`/api/settings?brandId=${brands[0].id}`);
  const rule = settings.find((one: { key: string }) => one.key === "desk.acknowledge").value;
  expect(rule).toMatchObject({ on: true, publicToo: false, texts: [{ locale: "en", medium: null }] });

  await page.goto(`${desk.url}/team?tab=helpers`);
  await page.getByLabel("Dana Okafor").check();
  await shoot(page, "helpers");
  await page.getByRole("button", { name: "Save the helpers" }).click();
  await page.getByText("The helpers are saved.").waitFor();

  // The clock in the head says why it stands still.
  await until("its clock runs", async () => (await story.view(conversationId, "marek")).promise !== null);
  await page.goto(`${desk.url}/desk/${conversationId}`);
  const pill = page.getByTitle(/^First answer: /);
  await pill.click();
  await page.getByRole("button", { name: "Another customer has answered" }).click();
  await page.getByRole("button", { name: "That answer did not help" }).waitFor();
  await until("its clock stands still", async () => {
    const { promise } = await story.view(conversationId, "marek");
    return promise?.paused?.cause === "peer-answer";
  });
  await page.keyboard.press("Escape");
  await pill.getByText("another customer's answer stands").waitFor();
  await shoot(page, "clock-stands");
});
