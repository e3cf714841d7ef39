// The borders of Hubbub, one sentence each; ARCHITECTURE.md has the picture. A new module is one word in `order`.
// TypeScript 7 makes this tool read no modules and pass, so tests/house/borders.test.ts counts what was read and plants
// one wrong import for every rule.
const order = [
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
const M = "^server/modules/";
// The conformance kit is what adapters are tried with: test code that stands beside what it tries.
const test = "([.](test|bench)[.]tsx?$|^server/modules/channels/conformance/)";
const product = "^(server|web|widget|contracts|shared|playground|scenarios)/";

const callsGoLeft = order.slice(0, -1).map((name, i) => ({
  name: `calls-go-left/${name}`,
  severity: "error",
  comment: `${name} may not know what stands to its right; announce an event instead.`,
  from: { path: `${M}${name}/` },
  to: { path: `${M}(${order.slice(i + 1).join("|")})/` },
}));

const rule = (name, comment, from, to) => ({ name, severity: "error", comment, from, to });

module.exports = {
  forbidden: [
    ...callsGoLeft,
    rule(
      "module-is-placed",
      "Every module has its place in `order` above.",
      {},
      { path: M, pathNot: `${M}(${order.join("|")})/` },
    ),
    rule(
      "front-door",
      "Other modules are used through their index.ts or events.ts only.",
      { path: `${M}([^/]+)/` },
      { path: M, pathNot: [`${M}$1/`, `${M}[^/]+/(index|events)[.]ts$`] },
    ),
    rule(
      "domain-is-pure",
      "A decision takes values and does no I/O: domain/ may run nothing but domain/, shared/ and the pure parts of the platform.",
      { path: `${M}[^/]+/domain/`, pathNot: test },
      {
        dependencyTypesNot: ["type-only"],
        pathNot: [
          `${M}[^/]+/domain/`,
          `${M}[^/]+/[^/]+[.]model[.]json$`,
          "^server/platform/(ids|result|clock)[.]ts$",
          "^contracts/",
          "^shared/",
          "node_modules/(temporal-polyfill|libphonenumber-js|tldts)/",
        ],
      },
    ),
    rule(
      "domain-stays-home",
      "Not even types come from inside a neighbour's domain/.",
      { path: `${M}([^/]+)/domain/` },
      { path: `${M}[^/]+/domain/`, pathNot: `${M}$1/domain/` },
    ),
    rule(
      "platform-knows-no-module",
      "The platform's tools know no customer, so they know no module and no composition.",
      { path: "^server/platform/", pathNot: test },
      { path: [M, "^server/app/"] },
    ),
    rule(
      "only-main-imports-app",
      "server/app/ puts everything together, so nothing it puts together may know it.",
      { pathNot: ["^(server/app|tests|bench|bin|tools)/", "^server/(main|cli)[.]ts$"] },
      { path: "^server/app/" },
    ),
    rule(
      "only-stores-know-sql",
      "Tables are known in store/ alone: kysely and pg are imported there and in the platform.",
      { path: "^server/", pathNot: ["^server/platform/", `${M}[^/]+/store/`, test] },
      { path: "node_modules/(kysely|pg|pg-[^/]+)/" },
    ),
    rule(
      "only-platform-and-app-start-processes",
      "A process that is started must be stopped by somebody who knows it: only the platform and the composition do.",
      { path: product, pathNot: ["^server/(platform|app)/", test] },
      { path: "^(node:)?(child_process|cluster)$" },
    ),
    rule(
      "playground-stands-alone",
      "The playground plays a network nobody of us runs: it uses nothing of ours but shared/.",
      { path: "^playground/", pathNot: test },
      { path: "^(server|web|widget|contracts|scenarios)/" },
    ),
    rule(
      "playground-is-reached-by-wire",
      "The product speaks to the playground by its wire alone; only server/app/ and tests start it.",
      { path: product, pathNot: ["^(server/app|playground)/", test] },
      { path: "^playground/" },
    ),
    rule(
      "scenarios-only-through-app",
      "Scenarios are stories told to the product: only its composition, tests and benches tell them.",
      { pathNot: ["^(server/app|scenarios|tests|bench|tools)/", test] },
      { path: "^scenarios/" },
    ),
    rule(
      "web-knows-no-server",
      "The browser sees shared/ and the types of contracts/, never the server.",
      { path: "^(web|widget)/" },
      { path: "^server/" },
    ),
    rule(
      "web-takes-types-of-contracts",
      "zod stays out of the bundle: of contracts/ the browser takes types.",
      { path: "^(web|widget)/", pathNot: test },
      { path: "^contracts/", dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "web-runs-in-a-browser",
      "What is shipped to a browser uses nothing of Node.",
      { path: "^(web/(app|features|shared)|widget/(loader|frame))/", pathNot: test },
      { dependencyTypes: ["core"] },
    ),
    rule(
      "features-apart",
      "Features know nothing of each other; web/app/ puts them on a page.",
      { path: "^web/features/([^/]+)/" },
      { path: "^web/features/", pathNot: "^web/features/$1/" },
    ),
    rule(
      "web-shared-knows-no-feature",
      "The web's shared parts know neither a feature nor the pages.",
      { path: "^web/shared/" },
      { path: "^web/(features|app)/" },
    ),
    rule(
      "features-know-no-page",
      "A feature does not know on which page it stands.",
      { path: "^web/features/" },
      { path: "^web/app/" },
    ),
    rule(
      "contracts-import-nothing",
      "What crosses a wire depends on nobody at either end.",
      { path: "^contracts/" },
      { path: "^(server|web|widget|playground|scenarios)/" },
    ),
    rule(
      "shared-is-pure",
      "shared/ runs the same in server and browser: it imports itself and nothing else.",
      { path: "^shared/", pathNot: test },
      { pathNot: "^shared/" },
    ),
    rule(
      "no-test-kit-in-product",
      "Test support does not ship.",
      { path: product, pathNot: test },
      { path: ["^tests/", test] },
    ),
    rule(
      "no-tools-in-product",
      "What serves development only does not ship.",
      { path: product, pathNot: [test, "^(web|widget)/(vite|lingui)[.]config[.]ts$"] },
      { path: "^(tools|bench)/" },
    ),
    rule(
      "no-dev-package-in-product",
      "What ships runs on `dependencies` alone.",
      { path: product, pathNot: [test, "^(web|widget)/(build/|vite[.]config|lingui[.]config)"] },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/@types/" },
    ),
    rule(
      "imports-resolve",
      "An import that leads nowhere hides from every other rule; a counterpart with a lock file of its own is installed when it runs.",
      { path: "^(server|contracts|shared|playground|scenarios|tests)/", pathNot: "^tests/peers/[^/]+/" },
      { couldNotResolve: true },
    ),
    rule("no-cycles", "A ring of files has no first one to read.", {}, { circular: true }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|[.]data)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
    skipAnalysisNotInRules: true,
  },
};
