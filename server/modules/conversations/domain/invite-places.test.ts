import { describe, expect, it } from "vitest";
import { codesIn, spokenCode } from "./invite-code.ts";
import { dmLink, type InvitePlaces, type PlaceChannel, placesFor } from "./invite-places.ts";

const settings: InvitePlaces = {
  ...{ offered: ["dm", "email", "chat", "callback", "call"], email: "", phone: "", chatUrl: "" },
};
const channel = (of: Partial<PlaceChannel>): PlaceChannel => ({
  ...{ id: "c1", brandId: "b1", network: "playground", handle: "northwind", externalId: "u1", state: "on" },
  capabilities: { private: true, canReplyPrivate: { kind: "since-last-inbound" } },
  ...of,
});
const post = { network: "playground", channelId: "c1", permalink: "http://localhost:4000/posts/p1" };
const names = (s: InvitePlaces, channels: PlaceChannel[]) =>
  placesFor("b1", s, channels, post).map((p) => p.destination);

describe("the places a customer can be asked to come to", () => {
  it("are what the settings offer and the channels can", () => {
    expect(names(settings, [channel({})])).toEqual(["dm", "callback"]);
    expect(names({ ...settings, offered: ["callback"] }, [channel({})])).toEqual(["callback"]);
    expect(names(settings, [])).toEqual(["callback"]);
  });

  it.each([
    ["paused", { state: "paused" }],
    ["of another brand", { brandId: "b2" }],
    ["without private messages", { capabilities: { private: false, canReplyPrivate: { kind: "always" as const } } }],
    ["where software may not answer", { capabilities: { private: true, canReplyPrivate: { kind: "never" as const } } }],
    ["other than the one of the post", { id: "c2" }],
  ])("do not name the private messages of a channel %s", (_name, of) => {
    expect(names(settings, [channel(of)])).toEqual(["callback"]);
  });

  it("take the mailbox from the settings, else from a connected one", () => {
    const box = channel({ id: "m", network: "email", handle: "help@northwind.example" });
    expect(placesFor("b1", settings, [box], post)[0]).toEqual({
      ...{
        destination: "email",
        label: "help@northwind.example",
        href: "mailto:help@northwind.example?subject={code}",
      },
    });
    expect(placesFor("b1", { ...settings, email: "care@x.example" }, [box], post)[0]?.label).toBe("care@x.example");
    expect(names({ ...settings, email: "a@b.c?bcc=eve@x" }, [])).toEqual(["callback"]);
  });

  it("take number and chat from the settings, and no address that runs something", () => {
    const all = placesFor("b1", { ...settings, phone: "+44 20 7946 0000", chatUrl: "https://chat.example/" }, [], post);
    expect(all.map((p) => p.href)).toEqual(["https://chat.example/", null, "tel:+442079460000"]);
    expect(names({ ...settings, phone: "call me", chatUrl: "javascript:alert(1)" }, [])).toEqual(["callback"]);
  });

  it.each([
    ["playground", "http://localhost:4000/messages/northwind?text={code}"],
    ["x", null],
    ["telegram", "https://t.me/northwind?start={code}"],
    ["mastodon", null],
  ])("open the messages of %s", (network, href) => expect(dmLink(channel({ network }), post.permalink)).toBe(href));

  // As the networks document their links; never tested live.
  it.each([
    ["x", { externalId: "2244994945" }, "https://x.com/messages/compose?recipient_id=2244994945&text={code}"],
    ["x", { externalId: "northwind" }, null],
    ["telegram", { handle: "@northwind_bot" }, "https://t.me/northwind_bot?start={code}"],
    ["telegram", { handle: "" }, null],
    ["whatsapp", { handle: "+44 20 7946 0000" }, "https://wa.me/442079460000?text={code}"],
    ["wa", { handle: "442079460000" }, "https://wa.me/442079460000?text={code}"],
    ["whatsapp", { handle: "Northwind" }, null],
    ["messenger", { externalId: "108423957" }, "https://m.me/108423957?ref={code}"],
    ["facebook_page", { externalId: "northwind.mobile" }, "https://m.me/northwind.mobile?ref={code}"],
    ["messenger", { externalId: "../evil?x" }, null],
    ["instagram", { handle: "@north.wind" }, "https://ig.me/m/north.wind?ref={code}"],
    ["instagram_dm", { handle: "north.wind" }, "https://ig.me/m/north.wind?ref={code}"],
    ["instagram", { handle: "" }, null],
    ["instagram", { handle: "a/../b" }, "https://ig.me/m/a%2F..%2Fb?ref={code}"],
    ["telegram", { handle: "\ud800" }, "https://t.me/%EF%BF%BD?start={code}"],
    ["bluesky", {}, "https://bsky.app/messages"],
  ] as const)("open the messages of %s by what names us there: %j", (network, of, href) =>
    expect(dmLink(channel({ network, ...of }), null)).toBe(href),
  );

  it("lead to a code that is found again in what the customer then says", () => {
    const code = "0123456789AB";
    for (const said of [`/start ${spokenCode(code)}`, spokenCode(code), `${spokenCode(code)} hello, it is me`])
      expect(codesIn(said)).toEqual([code]);
    // A Telegram parameter: at most 64 of these signs. Source: core.telegram.org/bots/features#deep-linking.
    expect(spokenCode(code)).toMatch(/^[\w-]{1,64}$/);
  });

  it("trust no address of a post that is none", () => {
    expect(dmLink(channel({}), "javascript:alert(1)//")).toBeNull();
    expect(dmLink(channel({}), null)).toBeNull();
  });
});
