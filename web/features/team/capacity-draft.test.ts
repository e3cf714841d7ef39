import { describe, expect, it } from "vitest";
import { draftOf, type ProfileDraft, profileFrom, toggleApart } from "./capacity-draft.ts";

const KINDS = ["phone", "chat", "dm", "public", "email"] as const;
const draft = (over: Partial<ProfileDraft>): ProfileDraft => ({ ...draftOf(null), name: "Blended", ...over });

describe("a profile as it is typed", () => {
  it("is what was saved, and back", () => {
    const saved = { id: "x", version: 3, name: "Mails", budget: 65, limits: { chat: 0, email: 4 }, apart: [] };
    const { id: _, version: __, ...sent } = saved;
    expect(profileFrom(draftOf(saved), KINDS)).toEqual(sent);
  });
  it("leaves the usual caps where nothing is typed", () => {
    expect(profileFrom(draft({ caps: { chat: " " } }), KINDS)).toMatchObject({ budget: 100, limits: {} });
  });
  it.each([
    [{ name: " " }, "name"],
    [{ budget: "0.5" }, "budget"],
    [{ budget: "21" }, "budget"],
    [{ budget: "ten" }, "budget"],
    [{ caps: { chat: "1.5" } }, "caps"],
    [{ caps: { chat: "-1" } }, "caps"],
    [{ caps: { phone: "0", chat: "0", dm: "0", public: "0", email: "0" } }, "nothing"],
  ] as const)("%j has a fault in %s", (over, fault) => {
    expect(profileFrom(draft(over), KINDS)).toBe(fault);
  });
  it("keeps two kinds apart, whichever is named first, and lets them together again", () => {
    const apart = toggleApart([], "chat", "public");
    expect(apart).toEqual([["chat", "public"]]);
    expect(toggleApart(apart, "public", "chat")).toEqual([]);
  });
});
