import { describe, expect, it } from "vitest";
import { callNames, mentionable, mentionBegun, mentionsIn } from "./mentions.ts";

const ada = { id: "ada", name: "Ada Byron", email: "ada@northwind.example" };
const zoe = { id: "zoe", name: "Zoë Müller", email: "zoe@northwind.example" };
const tom = { id: "tom", name: "Tom Baker", email: "tom.b@northwind.example" };
const tom2 = { id: "tom2", name: "Tom Baker", email: "t.baker@northwind.example" };
const tomlin = { id: "tomlin", name: "Tomlin Grey", email: "tomlin@northwind.example" };
const all = [ada, zoe, tom, tom2, tomlin];
const who = (text: string, people = all) => mentionsIn(text, people).map((one) => [one.text, ...one.ids]);

describe("whom a note calls", () => {
  it.each([
    ["@@Ada Byron have a look", [["Ada Byron", "ada"]]],
    ["@@ada have a look", [["ada", "ada"]]],
    ["look, @@Ada!", [["Ada", "ada"]]],
    [
      "@@zoe muller and @@ZOË",
      [
        ["zoe muller", "zoe"],
        ["ZOË", "zoe"],
      ],
    ],
    ["@@Tomlin is not Tom", [["Tomlin", "tomlin"]]],
    ["@@Tom Baker knows", [["Tom Baker", "tom", "tom2"]]],
    ["@@Tom Baker (tom.b) knows", [["Tom Baker (tom.b)", "tom"]]],
    ["@@t.baker@northwind.example knows", [["t.baker@northwind.example", "tom2"]]],
    ["@@Nobody", [["Nobody"]]],
    ["@@Adam", [["Adam"]]],
    ["a@@Ada and @@@Ada and @@ Ada and @Ada", []],
    [
      "@@Ada @@Ada",
      [
        ["Ada", "ada"],
        ["Ada", "ada"],
      ],
    ],
    ["", []],
  ])("%s", (text, expected) => expect(who(text)).toEqual(expected));

  it("says where they stand in the text", () => {
    const text = "Please, @@Zoe, look";
    const [one] = mentionsIn(text, all);
    expect(text.slice(one!.start, one!.end)).toBe("@@Zoe");
  });

  it("takes a wall of them, or a broken text, and comes to an end", () => {
    expect(mentionsIn("@@Ada ".repeat(3_000), all)).toHaveLength(50);
    expect(mentionsIn(`${"@".repeat(20_000)}\ud800@@\udc00`, all)).toEqual([]);
    expect(mentionsIn("@@__proto__ @@constructor", all).flatMap((one) => one.ids)).toEqual([]);
  });
});

describe("what they are called by", () => {
  it("tells people of one name apart by their address, and leaves the others alone", () => {
    const twin = { id: "x", name: "Tom Baker", email: "tom.b@agency.example" };
    expect([...callNames([ada, tom, tom2]).values()]).toEqual([
      "Ada Byron",
      "Tom Baker (tom.b)",
      "Tom Baker (t.baker)",
    ]);
    expect(callNames([tom, twin]).get("x")).toBe("Tom Baker (tom.b@agency.example)");
    for (const [id, name] of callNames([...all, twin])) expect(who(`@@${name}.`, [...all, twin])).toEqual([[name, id]]);
  });
});

describe("while it is typed", () => {
  it.each([
    ["hello @@", "", 6],
    ["hello @@ad", "ad", 6],
    ["@@Ada By", "Ada By", 0],
    ["hello @a", null, 0],
    ["mail@@x", null, 0],
    ["@@Ada\n", null, 0],
  ])("%j", (text, typed, from) =>
    expect(mentionBegun(text, text.length)).toEqual(typed === null ? null : { from, typed }),
  );

  it("offers who begins so first, then who is called so otherwise", () => {
    const people = [...callNames(all)].map(([id, callName]) => ({
      callName,
      name: all.find((one) => one.id === id)!.name,
    }));
    expect(mentionable(people, "b").map((one) => one.callName)).toEqual([
      ...["Ada Byron", "Tom Baker (t.baker)", "Tom Baker (tom.b)"],
    ]);
    expect(mentionable(people, "toml").map((one) => one.callName)).toEqual(["Tomlin Grey"]);
    expect(mentionable(people, "")).toHaveLength(5);
    expect(mentionable(people, "q")).toEqual([]);
  });
});
