import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adoptQuery, type QueryTool } from "./adopt.ts";
import { parseQuery } from "./parse.ts";

describe("a query of another tool in our words", () => {
  it.each<[QueryTool, string, string, string[]]>([
    [
      "x",
      '(lumo OR "lumo app") -is:retweet lang:en has:images',
      '(lumo OR "lumo app") -is:retweet lang:en has:images',
      [],
    ],
    ["x", "lumo place_country:GB", "lumo", ["wider place_country:GB"]],
    [
      "x",
      "(lumo OR context:12.3) followers_count:1000..5000",
      "lumo followers:1000..5000",
      ["narrower context:12.3", "changed followers_count:1000..5000"],
    ],
    ["x", "lumo -(is:nullcast OR spam)", "lumo -spam", ["wider is:nullcast"]],
    [
      "brandwatch",
      'raw:Lumo NEAR/5f title:("late" OR lost)',
      '{Lumo} ONEAR/5 ("late" OR lost)',
      ["changed raw:Lumo", "changed NEAR/5f", "wider title:"],
    ],
    [
      "brandwatch",
      "site:(a.com OR b.com) AND author:@ed",
      "(url:a.com OR url:b.com) AND from:@ed",
      ["changed site:", "changed author:@ed"],
    ],
    ["brandwatch", "lumo AND country:(gbr OR usa)", "lumo", ["wider country:(gbr OR usa)"]],
    [
      "brandwatch",
      "<<< names >>> lumo NOT engagementType:RETWEET",
      "lumo NOT is:repost",
      ["changed <<< names >>>", "changed engagementType:RETWEET"],
    ],
    [
      "brandwatch",
      "lumo AND authorFollowers:[1000 TO *]",
      "lumo AND followers:>=1000",
      ["changed authorFollowers:[1000 TO *]"],
    ],
    [
      "meltwater",
      'lumo near/5 (late or "not working") and not recipe',
      'lumo NEAR/5 (late OR "not working") AND NOT recipe',
      ["changed near/5", "changed or", "changed and", "changed not"],
    ],
    ["meltwater", '"lumo late"~4', '"lumo late"~4', []],
    [
      "talkwalker",
      "++Apple AND sourcecountry:us AND hashtag:lumo",
      "{Apple} AND #lumo",
      ["changed ++Apple", "wider sourcecountry:us", "changed hashtag:lumo"],
    ],
    ["talkwalker", "lumo NOT (late AND sentiment:negative)", "lumo NOT late", ["narrower sentiment:negative"]],
    ["any", "lumo and late near/3 lift*", "lumo and late NEAR/3 lift*", ["changed near/3"]],
    ["any", "note:7 lumo", "note:7 lumo", []],
    ["any", "e-mail lumo", "e-mail lumo", []],
  ])("%s: %s", (tool, text, ours, notes) => {
    const adopted = adoptQuery(text, tool);
    expect(adopted.query).toBe(ours);
    expect(adopted.notes.map((n) => `${n.code} ${n.text}`)).toEqual(notes);
    expect(parseQuery(adopted.query), adopted.query).toMatchObject({ ok: true });
  });

  it.each(["lumo (late", "lumo) late", "AND", "", "country:gb", "lumo AND", 'title:"x'])(
    "hands on what is wrong: %s",
    (text) => {
      const { query } = adoptQuery(text);
      const parsed = parseQuery(query);
      if (text !== 'title:"x' && text !== "lumo AND") expect(parsed.ok, query).toBe(false);
    },
  );

  it("leaves our own language as it is, and never throws", () => {
    const bits = fc.constantFrom(
      ...[
        "lumo",
        "(",
        ")",
        '"a b"',
        "-",
        "+x",
        " ",
        " AND ",
        " OR ",
        " NOT ",
        " NEAR/3 ",
        " near/3 ",
        "{A}",
        "title:(",
        "raw:",
        "country:us",
      ],
      ...["<<<", ">>>", "from:", "#a", "@b", "~3", "“c”", "[1 TO 2]", "東京", "\ud800", "\0"],
    );
    fc.assert(
      fc.property(
        fc.array(bits, { maxLength: 25 }),
        fc.constantFrom<QueryTool>("any", "x", "meltwater"),
        (parts, tool) => {
          const text = parts.join("");
          const { query, notes } = adoptQuery(text, tool);
          for (const { at, length } of notes) expect(at + length).toBeLessThanOrEqual(text.length);
          const parsed = parseQuery(query);
          // What can be asked is the same when it is adopted once more.
          if (parsed.ok) expect(parseQuery(adoptQuery(query).query).ok).toBe(true);
        },
      ),
      { numRuns: 1_500 },
    );
  });
});
