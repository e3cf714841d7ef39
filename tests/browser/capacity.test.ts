import { expect, it } from "vitest";
import { shoot } from "./shoot.ts";
import { signIn, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();

it("a supervisor says how much a team takes on, by keyboard; it counts at once, is in the audit log, and is taken back", {
  timeout: 240_000,
}, async () => {
  const { desk, surf } = here;
  const marek = await desk.as("marek");
  const page = await surf.window();
  await signIn(page, desk.url, "marek");
  await page.goto(`${desk.url}/team?tab=capacity`);
  await page.getByText("There is no profile yet").waitFor();
  await page.getByRole("button", { name: "Add a profile" }).press("Enter");
  await page.getByRole("button", { name: "Add it" }).press("Enter");
  await page.getByText("Name it, as people would call it.").waitFor();
  await page.getByLabel("Name", { exact: true }).fill("Social only");
  for (const kind of ["Calls", "Chats", "Mails and topics"]) await page.getByLabel(kind, { exact: true }).fill("0");
  await page.getByLabel("Private messages", { exact: true }).fill("2");
  await page.getByLabel("Private messages and Public posts").press("Space");
  await shoot(page, "capacity-form");
  await page.getByRole("button", { name: "Add it" }).press("Enter");
  await page.getByLabel("To", { exact: true }).selectOption({ label: "Team Care" });
  await page.getByRole("button", { name: "Give it" }).press("Enter");
  await page.getByText("2 agents have it now").waitFor();
  await shoot(page, "capacity");
  const book = await marek.get("/api/capacity");
  expect(book.profiles[0]).toMatchObject({ limits: { phone: 0, chat: 0, dm: 2, email: 0 }, apart: [["dm", "public"]] });
  await page.getByRole("button", { name: "Take it back from Care" }).press("Enter");
  await until("nobody has it", async () => (await marek.get("/api/capacity")).given.length === 0);
  await page.getByText("0 agents have it now").waitFor();
  const acts = (await marek.get("/api/audit?limit=20")).items.map((row: { act: string }) => row.act);
  expect(acts.filter((act: string) => act.startsWith("capacity."))).toEqual([
    "capacity.taken-back",
    "capacity.given",
    "capacity.added",
  ]);

  // In a peak the supervisors help out.
  await page.goto(`${desk.url}/queues?tab=peaks`);
  await page.getByLabel(/^Supervisors/).press("Space");
  await page.getByLabel("When somebody has waited, minutes").fill("");
  await page.getByLabel("Or it clears later than in, minutes").fill("");
  await page.getByRole("alert").filter({ hasText: "Set at least one limit" }).waitFor();
  await page.getByLabel("When somebody has waited, minutes").fill("25");
  await shoot(page, "peaks");
  await page.getByRole("button", { name: "Save Care" }).press("Enter");
  await page.getByText("The rules of Care count from now on.").waitFor();
  const { settings } = await marek.get("/api/settings");
  const { queues } = settings.find((one: { key: string }) => one.key === "routing.peaks").value;
  expect(queues[0].overflow).toMatchObject({ oldestMinutes: 25, clearMinutes: null, calmMinutes: 10 });
});
