import { expect, it } from "vitest";
import { type Accents, fold } from "#shared/query/fold";
import { UnitFold } from "./fold-units.ts";

const byUnits = (text: string, accents: Accents): string | null => {
  const units = new Uint16Array(text.length * 20 + 2);
  const length = new UnitFold(accents).write(text, units);
  return length < 0 ? null : String.fromCharCode(...units.subarray(0, length));
};

it.each<[string, boolean]>([
  ["Straße, “it’s” fine… Łódź", true],
  ["ＬＵＭＯ ﬁn ½ ™", true],
  ["электричка ОПОЗДАЛА ещё", true],
  ["電車が遅れています。ガ", true],
  ["전철이 늦어요", true],
  ["soft\u00adhyphen", true],
  ["ΛΎΚΟΣ", false],
  ["e\u0301", false],
  ["ﾎﾟ", false],
  ["कंपनी", false],
  ["𝐋umo", false],
  ["\ud800", false],
])("%j is folded unit by unit: %s", (text, can) => {
  for (const accents of ["fold", "keep"] as const) {
    const found = byUnits(text, accents);
    expect(found !== null).toBe(can);
    if (found !== null) expect(found).toBe(fold(text, accents));
  }
});

it("is right for every unit between all kinds of neighbours", () => {
  const around = ["a", "É", "ς", "й", "が", "東", "가", " ", "ß", "…", "İ"];
  for (const accents of ["fold", "keep"] as const) {
    const folds = new UnitFold(accents);
    const units = new Uint16Array(4_000_000);
    const alone: string[] = [];
    for (let unit = 0; unit < 0x10000; unit++) {
      const one = String.fromCharCode(unit);
      if (folds.write(one, units) >= 0) alone.push(one);
    }
    expect(alone.length).toBeGreaterThan(50_000);
    const text = alone.map((one, n) => `${around[n % 10]}${one}${around[(n * 7) % 10]}`).join("");
    const length = folds.write(text, units);
    expect(length).toBeGreaterThan(0);
    let same = "";
    for (let at = 0; at < length; at += 4_096)
      same += String.fromCharCode(...units.subarray(at, Math.min(length, at + 4_096)));
    expect(same === fold(text, accents)).toBe(true);
  }
});
