/** One wrong import for each border rule, and some that must pass; used by the border test only. */
export interface Plant {
  rule: string;
  file: string;
  imports: string;
  /** The file the import leads to, where it is one of ours and must exist. */
  target?: string;
  /** What that file imports in its turn. */
  targetImports?: string;
  typeOnly?: boolean;
}

const modules = [
  "company",
  "people",
  "channels",
  "listening",
  "customers",
  "conversations",
  "workforce",
  "actions",
  "routing",
  "knowledge",
  "desk",
  "publishing",
  "voice",
  "community",
  "quality",
  "insights",
];

/** Every module reaches for its right neighbour, the last pair included. */
const rightward: Plant[] = modules.slice(0, -1).map((name, i) => ({
  rule: `calls-go-left/${name}`,
  file: `server/modules/${name}/reach-right.ts`,
  imports: `#modules/${modules[i + 1]}`,
  target: `server/modules/${modules[i + 1]}/index.ts`,
}));

const inModules = (name: string) => `server/modules/${name}`;

export const plants: Plant[] = [
  ...rightward,
  {
    rule: "module-is-placed",
    file: `${inModules("insights")}/use-unplaced.ts`,
    imports: "../gossip/index.ts",
    target: `${inModules("gossip")}/index.ts`,
  },
  {
    rule: "front-door",
    file: `${inModules("desk")}/back-door.ts`,
    imports: "../routing/store/offer-store.ts",
    target: `${inModules("routing")}/store/offer-store.ts`,
  },
  { rule: "domain-is-pure", file: `${inModules("routing")}/domain/reads-file.ts`, imports: "node:fs" },
  {
    rule: "domain-stays-home",
    file: `${inModules("routing")}/domain/peeks.ts`,
    imports: "../../conversations/domain/clock-state.ts",
    target: `${inModules("conversations")}/domain/clock-state.ts`,
    typeOnly: true,
  },
  {
    rule: "platform-knows-no-module",
    file: "server/platform/knows-people.ts",
    imports: "#modules/people",
    target: `${inModules("people")}/index.ts`,
  },
  {
    rule: "only-main-imports-app",
    file: `${inModules("desk")}/knows-app.ts`,
    imports: "../../app/compose.ts",
    target: "server/app/compose.ts",
  },
  { rule: "only-stores-know-sql", file: `${inModules("desk")}/api/asks-tables.ts`, imports: "kysely" },
  {
    rule: "only-platform-and-app-start-processes",
    file: `${inModules("channels")}/spawns.ts`,
    imports: "node:child_process",
  },
  {
    rule: "playground-stands-alone",
    file: "playground/uses-platform.ts",
    imports: "#platform/ids",
    target: "server/platform/ids.ts",
  },
  {
    rule: "playground-is-reached-by-wire",
    file: `${inModules("channels")}/playground/shortcut.ts`,
    imports: "../../../../playground/index.ts",
    target: "playground/index.ts",
  },
  {
    rule: "scenarios-only-through-app",
    file: `${inModules("people")}/tells-story.ts`,
    imports: "../../../scenarios/town.ts",
    target: "scenarios/town.ts",
  },
  {
    rule: "web-knows-no-server",
    file: "web/shared/asks-server.ts",
    imports: "#platform/ids",
    target: "server/platform/ids.ts",
  },
  {
    rule: "web-takes-types-of-contracts",
    file: "web/shared/parses.ts",
    imports: "#contracts/desk",
    target: "contracts/desk.ts",
  },
  { rule: "web-runs-in-a-browser", file: "web/app/reads-file.ts", imports: "node:fs" },
  {
    rule: "features-apart",
    file: "web/features/queue/borrows.ts",
    imports: "../reply/composer.ts",
    target: "web/features/reply/composer.ts",
  },
  {
    rule: "web-shared-knows-no-feature",
    file: "web/shared/knows-queue.ts",
    imports: "../features/queue/list.ts",
    target: "web/features/queue/list.ts",
  },
  {
    rule: "features-know-no-page",
    file: "web/features/queue/knows-page.ts",
    imports: "../../app/page.ts",
    target: "web/app/page.ts",
  },
  {
    rule: "contracts-import-nothing",
    file: "contracts/knows-routing.ts",
    imports: "#modules/routing",
    target: `${inModules("routing")}/index.ts`,
    typeOnly: true,
  },
  { rule: "shared-is-pure", file: "shared/reads-file.ts", imports: "node:fs" },
  {
    rule: "no-test-kit-in-product",
    file: `${inModules("people")}/uses-kit.ts`,
    imports: "../../../tests/support/build.ts",
    target: "tests/support/build.ts",
  },
  {
    rule: "no-test-kit-in-product",
    file: `${inModules("channels")}/uses-conformance.ts`,
    imports: "./conformance/describe-adapter.ts",
    target: `${inModules("channels")}/conformance/describe-adapter.ts`,
  },
  {
    rule: "no-tools-in-product",
    file: "server/app/uses-tool.ts",
    imports: "../../tools/train.ts",
    target: "tools/train.ts",
  },
  { rule: "no-dev-package-in-product", file: `${inModules("people")}/uses-dev.ts`, imports: "fast-check" },
  { rule: "imports-resolve", file: `${inModules("people")}/leads-nowhere.ts`, imports: "./nothing-here.ts" },
  {
    rule: "no-cycles",
    file: `${inModules("people")}/ring-a.ts`,
    imports: "./ring-b.ts",
    target: `${inModules("people")}/ring-b.ts`,
    targetImports: "./ring-a.ts",
  },
];

export const permitted: Omit<Plant, "rule">[] = [
  { file: `${inModules("desk")}/calls-left.ts`, imports: "#modules/routing" },
  {
    file: `${inModules("routing")}/domain/knows-a-type.ts`,
    imports: "../../people/index.ts",
    target: `${inModules("people")}/index.ts`,
    typeOnly: true,
  },
  { file: `${inModules("desk")}/hears.ts`, imports: "#events/routing", target: `${inModules("routing")}/events.ts` },
  { file: `${inModules("desk")}/store/reply-store.ts`, imports: "kysely" },
  { file: "server/platform/postgres-child.ts", imports: "node:child_process" },
  { file: "server/app/starts-playground.ts", imports: "../../playground/index.ts" },
  { file: "playground/uses-shared.ts", imports: "#shared/html", target: "shared/html.ts" },
  { file: "web/shared/knows-a-shape.ts", imports: "#contracts/desk", typeOnly: true },
  { file: "web/features/reply/counts.ts", imports: "#shared/count", target: "shared/count.ts" },
  { file: `${inModules("people")}/build.test.ts`, imports: "../../../tests/support/build.ts" },
  {
    file: `${inModules("channels")}/conformance/uses-support.ts`,
    imports: "../../../../tests/support/build.ts",
    target: "tests/support/build.ts",
  },
  { file: "contracts/uses-zod.ts", imports: "zod" },
];
