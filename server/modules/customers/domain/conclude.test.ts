import { describe, expect, test } from "vitest";
import { type Claim, conclude, type Known } from "./conclude.ts";

const handle = (id: string, network: string, name: string, more: Partial<Known> = {}): Known => ({
  ...{ id, network, scope: "*", externalId: `${network}-${id}`, handle: name, name: "", isBot: false, firstSeenAt: 0 },
  ...more,
});
const claim = (handleId: string, kind: Claim["kind"], value: string, more: Partial<Claim> = {}): Claim => ({
  ...{
    handleId,
    kind,
    value,
    network: "",
    messageId: null,
    brandId: null,
    language: "en",
    sure: true,
    public: true,
    saidAt: 100,
  },
  ...more,
});
const yes = () => true;
const codes = (found: ReturnType<typeof conclude>) => ({
  sure: found.sure.map((s) => `${s.a}${s.b} ${s.code}`),
  hunches: found.hunches.map((h) => `${h.a}${h.b} ${h.kind} ${h.reasons.map((r) => r.code).join("+")}`),
});

describe("strong evidence", () => {
  test("who says that he is a handle, an address or a number is joined with it", () => {
    const handles = [
      handle("a", "bluesky", "mo.example"),
      handle("b", "x", "mo_lamp"),
      handle("c", "email", "mo@post.example"),
    ];
    const found = conclude(handles, [claim("a", "handle", "mo_lamp"), claim("a", "contact", "mo@post.example")], yes);
    expect(codes(found)).toEqual({ sure: ["ab stated-handle", "ac stated-contact"], hunches: [] });
  });

  test("the same address on two networks is one person", () => {
    const handles = [handle("a", "email", "mo@post.example"), handle("b", "chat", "Mo@Post.example")];
    expect(codes(conclude(handles, [], yes)).sure).toEqual(["ab same-contact"]);
  });

  test("the network that is named decides among several of the same name; unnamed, who was heard before", () => {
    const handles = [handle("a", "bluesky", "mo.example"), handle("b", "x", "mo"), handle("c", "instagram_dm", "mo")];
    expect(codes(conclude(handles, [claim("a", "handle", "mo", { network: "instagram" })], yes)).sure).toEqual([
      "ac stated-handle",
    ]);
    expect(codes(conclude(handles, [claim("a", "handle", "mo")], yes)).sure).toEqual([]);
    const later = [handles[0]!, handles[1]!, { ...handles[2]!, firstSeenAt: 200 }];
    expect(codes(conclude(later, [claim("a", "handle", "mo")], yes)).sure).toEqual(["ab stated-handle"]);
  });
});

describe("what a network has verified", () => {
  const mo = handle("a", "bluesky", "mo-lamps.example");
  test("is one customer where it names the account elsewhere", () => {
    const handles = [mo, handle("b", "mastodon", "mo@social.example"), handle("c", "x", "mo@social.example")];
    const said = claim("a", "account", "mo@social.example", { network: "mastodon", public: false });
    expect(codes(conclude(handles, [said], yes))).toEqual({ sure: ["ab network"], hunches: [] });
    // Of two of that name on the network, or of none named, nothing follows.
    const two = [...handles, handle("d", "mastodon", "mo@social.example", { scope: "other" })];
    expect(codes(conclude(two, [said], yes)).sure).toEqual([]);
    expect(codes(conclude(handles, [{ ...said, network: "" }], yes)).sure).toEqual([]);
  });

  test("a site of theirs asks about the addresses of it, and about who else has it; never by itself", () => {
    const site = claim("a", "site", "mo-lamps.example", { public: false });
    const mails = ["mo", "sales", "help", "post", "info"].map((name, i) =>
      handle(`m${i}`, "email", `${name}@mo-lamps.example`),
    );
    const near = handle("n", "email", "mo@my-mo-lamps.example");
    expect(codes(conclude([mo, mails[0]!, near], [site], yes))).toEqual({
      ...{ sure: [], hunches: ["am0 same verified-site"] },
    });
    expect(codes(conclude([mo, ...mails], [site], yes))).toEqual({ sure: [], hunches: [] });
    const other = handle("b", "mastodon", "lamps@social.example");
    const both = [site, claim("b", "site", "mo-lamps.example", { public: false })];
    expect(codes(conclude([mo, other], both, yes))).toEqual({
      ...{ sure: [], hunches: ["ab same same-site+same-language"] },
    });
  });
});

describe("weak evidence asks", () => {
  test("trap: the same name, even with the same language, is nothing", () => {
    const handles = [
      handle("a", "x", "jsmith", { name: "John Smith" }),
      handle("b", "email", "js@post.example", { name: "John Smith" }),
    ];
    expect(codes(conclude(handles, [], yes))).toEqual({ sure: [], hunches: [] });
  });

  test("the same order number, name and language are a suggestion with its reasons", () => {
    const handles = [
      handle("a", "x", "jsmith", { name: "John Smith" }),
      handle("b", "email", "js@post.example", { name: "John Smith" }),
    ];
    const found = conclude(handles, [claim("a", "reference", "a55102"), claim("b", "reference", "a55102")], yes);
    expect(codes(found)).toEqual({ sure: [], hunches: ["ab same same-reference+same-name+same-language"] });
  });

  test("a number that many name is public", () => {
    const handles = ["a", "b", "c", "d", "e"].map((id, i) => handle(id, `n${i}`, id));
    expect(
      codes(
        conclude(
          handles,
          handles.map((h) => claim(h.id, "reference", "5510")),
          yes,
        ),
      ).hunches,
    ).toEqual([]);
  });

  test("an address that two of them give is a suggestion: a family has one, too", () => {
    const handles = [handle("a", "x", "ann"), handle("b", "bluesky", "bob.example")];
    const found = conclude(
      handles,
      [claim("a", "contact", "lee@post.example"), claim("b", "contact", "lee@post.example")],
      yes,
    );
    expect(codes(found)).toEqual({ sure: [], hunches: ["ab same same-contact+same-language"] });
  });

  test("the same handle elsewhere counts only with the same full name", () => {
    const named = (name: string) => [
      handle("a", "x", "mo_lamp", { name }),
      handle("b", "bluesky", "Mo_Lamp", { name }),
    ];
    expect(codes(conclude(named("Mo Lamp"), [], yes)).hunches).toEqual(["ab same same-handle+same-name"]);
    expect(codes(conclude(named("Mo"), [], yes)).hunches).toEqual([]);
  });

  test("said in public where the rule is to ask: a suggestion that asks for consent", () => {
    const handles = [handle("a", "bluesky", "mo.example"), handle("b", "x", "mo_lamp")];
    const ask = (c: Claim, network: string) => !(c.public && network === "bluesky");
    expect(codes(conclude(handles, [claim("a", "handle", "mo_lamp")], ask)).hunches).toEqual([
      "ab consent stated+consent",
    ]);
    expect(codes(conclude(handles, [claim("a", "handle", "mo_lamp", { public: false })], ask)).sure).toHaveLength(1);
  });

  test("words that may be about another are a suggestion", () => {
    const handles = [handle("a", "bluesky", "mo.example"), handle("b", "x", "bob")];
    expect(codes(conclude(handles, [claim("a", "handle", "bob", { sure: false })], yes))).toEqual({
      sure: [],
      hunches: ["ab same stated+unclear"],
    });
  });

  test("a second handle on the same network is asked about", () => {
    const handles = [handle("a", "x", "mo_new"), handle("b", "x", "mo_lamp")];
    expect(codes(conclude(handles, [claim("a", "handle", "mo_lamp")], yes))).toEqual({
      sure: [],
      hunches: ["ab same stated+same-network"],
    });
  });
});

describe("impostors", () => {
  test("trap: a look-alike is a warning, never a join, even when it says who it is", () => {
    const handles = [handle("a", "x", "northwind_anna"), handle("b", "x", "n0rthwind_аnna")];
    const found = conclude(handles, [claim("b", "handle", "northwind_anna")], yes);
    expect(found.sure).toEqual([]);
    expect(codes(found).hunches).toContain("ab impersonator look-alike");
  });

  test("on two networks people may write their name as they like", () => {
    expect(conclude([handle("a", "x", "anna_b"), handle("b", "bluesky", "anna.b")], [], yes).hunches).toEqual([]);
  });
});

test("a machine is nobody", () => {
  const handles = [handle("a", "x", "bot", { isBot: true }), handle("b", "email", "mo@post.example")];
  expect(conclude(handles, [claim("a", "contact", "mo@post.example")], yes).sure).toEqual([]);
});
