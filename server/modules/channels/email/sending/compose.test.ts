import { describe, expect, it } from "vitest";
import type { OutboundDelivery, SaidBefore } from "../../domain/adapter.ts";
import { settingsOf } from "../settings.ts";
import { composeLetter, writeLetter } from "./compose.ts";

const settings = settingsOf({ address: "support@northwind.example", fromName: "Northwind" });
const AT = 1_790_000_000_000;
const carla: SaidBefore = {
  ...{ externalId: "<q1@mail.example>", rootExternalId: null, parentExternalId: null, direction: "in" },
  ...{ authorId: "carla@mail.example", authorName: "Carla", subject: "My parcel", text: "Where?" },
  ...{ sentAt: AT, receivedAt: AT },
};
const letter = (intent: object, before: SaidBefore = carla) =>
  composeLetter(
    settings,
    "",
    {
      ...{ intent: { op: "message", toHandle: "", toAuthorId: "carla@mail.example", ...intent } },
      ...{ before: [before], createdAt: AT + 1 },
    } as unknown as OutboundDelivery,
    { clientId: "0190a0b0-0000-7000-8000-000000000001.1", text: "On its way." },
    AT + 2,
  );

describe("the conversation's number in the subject", () => {
  it.each([
    ["My parcel", "Re: My parcel [C-20481]"],
    ["Re: My parcel [C-20481]", "Re: My parcel [C-20481]"],
    ["AW: Re: [c-20481] My parcel", "Re: [c-20481] My parcel"],
    ["", "Re: (no subject) [C-20481]"],
    ["My parcel [C-1]", "Re: My parcel [C-1] [C-20481]"],
  ])("%s → %s", (subject, wanted) => {
    expect(letter({ subjectMark: "C-20481" }, { ...carla, subject }).subject).toBe(wanted);
  });
  it("stands there however long the subject is, and is left out where the brand wants none", () => {
    const long = letter({ subjectMark: "C-20481" }, { ...carla, subject: "ö".repeat(5_000) }).subject;
    expect(long.endsWith(" [C-20481]")).toBe(true);
    expect(long.length).toBeLessThanOrEqual(900);
    expect(letter({}).subject).toBe("Re: My parcel");
  });
});

describe("copies", () => {
  it("go out openly, each once, not to ourselves and not twice to whom it answers", async () => {
    const made = letter({
      cc: [
        "Lawyer@mail.example",
        "lawyer@mail.example",
        "support@northwind.example",
        "CARLA@mail.example",
        "b@c.example",
      ],
    });
    expect(made.cc).toEqual(["lawyer@mail.example", "b@c.example"]);
    const raw = (await writeLetter(made)).toString();
    expect(raw).toMatch(/^Cc: lawyer@mail\.example, b@c\.example\r$/m);
    expect(raw).not.toMatch(/^Bcc:/im);
  });
  it("bring no line into the head", async () => {
    const made = letter({
      cc: ["a@b.example\r\nBcc: x@evil.example", "a@b.example, x@evil.example", "<x@evil.example>"],
    });
    expect(made.cc).toEqual([]);
    expect((await writeLetter(made)).toString()).not.toMatch(/evil/);
  });
  it("are sent with no answer that a machine gives", () => {
    expect(letter({ automatic: true, cc: ["lawyer@mail.example"] }).cc).toEqual([]);
  });
});
