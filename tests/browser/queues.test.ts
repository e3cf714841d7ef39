import { expect, it } from "vitest";
import { shoot } from "./shoot.ts";
import { signIn, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();
const CAMPAIGN =
  "my internet has been down since yesterday morning and nobody answers, please explain when everything works again!";

it("a supervisor sets how work is handed out; a colleague is asked in and takes it over; a flood waits behind", {
  timeout: 240_000,
}, async () => {
  const { desk, story, surf } = here;
  const marek = await desk.as("marek");
  await desk.presence("marek", "busy");
  const page = await surf.window();
  await signIn(page, desk.url, "marek");

  // How far a queue relaxes, who helps out, and who of equals goes first.
  await page.goto(`${desk.url}/queues`);
  await page.getByRole("heading", { name: "Care", exact: true }).waitFor();
  await page.getByLabel("Opens after, in % of the target").first().fill("70");
  await page.getByText("Each ring opens later than the one before it.").waitFor();
  await page.getByLabel("Opens after, in % of the target").first().fill("20");
  await page.getByLabel("A team that helps out from here on").nth(1).selectOption({ label: "Supervisors" });
  await page.getByText("1 may take it").waitFor();
  await page.getByLabel("Among agents who fit equally well").selectOption("longest-idle");
  await shoot(page, "queues");
  await page.getByRole("button", { name: "Save Care" }).click();
  await until("it is saved", async () => {
    const { queues } = await marek.get("/api/queues");
    return queues[0].ringParts[0] === 0.2 && queues[0].choice === "longest-idle" && queues[0].overflow[1].length === 1;
  });
  await page.getByRole("tab", { name: "For all queues" }).click();
  await page.getByLabel("Of one text by many, in front at a time").fill("2");
  await shoot(page, "queues-rules");
  await page.getByRole("button", { name: "Save the rules" }).click();
  await page.getByText("These rules count from now on.").waitFor();
  await page.getByRole("tab", { name: "Skills and clearances" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Data protection");
  await page.getByRole("button", { name: "Add it" }).click();
  await page.getByLabel("What Data protection stands for").waitFor();
  await shoot(page, "queues-clearances");

  // Asked for advice, handed over warm.
  const { conversationId } = await story.taken();
  await desk.presence("dana", "available");
  const priya = await surf.window();
  await signIn(priya, desk.url, "priya");
  await priya.goto(`${desk.url}/desk/${conversationId}`);
  await priya.getByRole("button", { name: /^More: give back/ }).click();
  await priya.getByRole("menuitem", { name: "Ask a colleague in" }).click();
  const dialog = priya.getByRole("dialog", { name: "Ask a colleague in" });
  await dialog.getByRole("button", { name: /Dana Okafor/ }).waitFor();
  await shoot(priya, "ask-in");
  await dialog.getByRole("button", { name: /Dana Okafor/ }).click();
  await priya.getByText("Dana Okafor advises.").waitFor();
  await shoot(priya, "advised");
  await priya.getByRole("button", { name: "Hand it over" }).click();
  const hand = priya.getByRole("dialog", { name: "Hand it over to Dana Okafor" });
  await hand.getByLabel("What they have to know").fill("She knows the contract.");
  await hand.getByRole("button", { name: "Hand it over" }).click();
  await until("it is Dana's", async () => {
    const { work } = await story.view(conversationId, "marek");
    return work.owner?.name === "Dana Okafor" && work.guests.length === 0;
  });

  // A flood of one text by many: two in front, the others one line.
  await desk.presence("priya", "busy");
  await desk.presence("dana", "busy");
  for (const name of ["Bot A", "Bot B", "Bot C", "Bot D"])
    await desk.network.post(await story.newcomer(name), `@northwind ${CAMPAIGN} ${name}`);
  await desk.quiet();
  await page.goto(`${desk.url}/desk`);
  await page.getByRole("group", { name: "Which work" }).getByRole("button", { name: /Team/ }).click();
  await page.getByText("and 2 more").waitFor();
  await shoot(page, "flood");
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByText("and 1 more").waitFor();
  const { groups } = await marek.get("/api/desk/work?view=all");
  expect(groups).toMatchObject([{ kind: "alike", count: 1 }]);
});
