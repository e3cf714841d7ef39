/**
 * Decisions and rules: no database, no browser, no process, nothing global changed. Their tests share their workers, which
 * saves a process and its imports for each file: half of their time. What may share them beside these, and what has a process of its own, stands in `vitest.config.ts`.
 */
export const pureFolders: readonly string[] = [
  ...["shared", "contracts", "scenarios", "server/modules/**/domain", "web/{app,features,shared}", "widget/frame"],
];
