/** What the release before may not live through, while both run during an upgrade (DESIGN D18: expand, backfill, contract). */
const FAULTS: readonly [RegExp, string][] = [
  [/^drop table (?:if exists )?"?(\w+)/, "drops the table"],
  [/^alter table (?:if exists )?(?:only )?"?(\w+)"?.*\bdrop column\b/, "drops a column of"],
  [/^alter table (?:if exists )?(?:only )?"?(\w+)"?.*\bdrop (?:constraint|default|not null)\b/, "drops a rule of"],
  [/^alter table (?:if exists )?(?:only )?"?(\w+)"?.*\brename\b/, "renames something of"],
  [/^alter table (?:if exists )?(?:only )?"?(\w+)"?.*\bset not null\b/, "forbids null in"],
  [
    /^alter table (?:if exists )?(?:only )?"?(\w+)"?.*\balter (?:column )?"?\w+"? (?:set data )?type\b/,
    "changes a type in",
  ],
  [
    /^alter table (?:if exists )?(?:only )?"?(\w+)"?.*\badd (?:column )?(?:if not exists )?"?\w+"? [^,]*\bnot null\b(?![^,]*\bdefault\b)(?<!\bdefault\b[^,]*\bnot null)/,
    "wants a new column given in",
  ],
  [
    /^alter table (?:if exists )?(?:only )?"?(\w+)"?.*\badd (?:constraint \w+ )?(?:check|unique|primary key|foreign key|exclude)\b/,
    "adds a rule to",
  ],
  [/^create unique index .*? on (?:only )?"?(\w+)/, "adds a rule to"],
  [/^revoke .*? on (?:table )?"?(\w+)/, "takes rights from"],
  [/^truncate (?:table )?"?(\w+)/, "empties"],
];

/** Statements of a file, comments and bodies of functions left out, each on one line in small letters. */
function statementsOf(sql: string): string[] {
  return sql
    .replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, "''")
    .replace(/--[^\n]*/g, "")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .split(";")
    .map((s) => s.replace(/\s+/g, " ").trim().toLowerCase())
    .filter(Boolean);
}

/** Tables that a migration makes. */
export function tablesMade(sql: string): string[] {
  return statementsOf(sql).flatMap((s) => /^create table (?:if not exists )?"?(\w+)/.exec(s)?.[1] ?? []);
}

/** A file that takes something away says so, and since which release nobody uses it any more: `-- contract: 0.1.0 was the last to read it`. */
const MARK = /^-- contract: \S.{10,}$/m;

/** What a migration does to tables of a release that the release might not live through, one sentence each. */
export function narrowings(name: string, sql: string, released: ReadonlySet<string>): string[] {
  if (MARK.test(sql.split("\n").slice(0, 5).join("\n"))) return [];
  const faults: string[] = [];
  for (const statement of statementsOf(sql)) {
    for (const [pattern, what] of FAULTS) {
      const table = pattern.exec(statement)?.[1];
      if (table && released.has(table)) faults.push(`${name} ${what} ${table}`);
    }
    if (/\block_timeout\b/.test(statement))
      faults.push(`${name} changes lock_timeout, which is 2 s for all migrations`);
  }
  return faults;
}
