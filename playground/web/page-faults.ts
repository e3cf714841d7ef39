import { html } from "#shared/html";
import { DEFAULT_MS, FAULT_KINDS, type Fault, type FaultKind } from "../domain/faults.ts";
import { layout } from "./layout.ts";
import type { Page } from "./page-context.ts";
import { formFields } from "./parts.ts";

const WORDS: Record<FaultKind, [title: string, what: string]> = {
  "webhook-duplicate": ["Duplicate", "An event comes a second time in a delivery of its own."],
  "webhook-delay": ["Delay", "An event comes later than those after it."],
  "webhook-reorder": ["Reorder", "Events come in a shuffled order."],
  "webhook-drop": ["Drop", "An event is never delivered; only the poll finds it."],
  "api-429": ["429 Too many requests", "A call is refused with Retry-After; nothing is written."],
  "api-503": ["503 before the write", "A call is refused; nothing is written."],
  "api-500-after-write": ["500 after the write", "The post or message exists, yet the caller reads an error."],
  "api-hang": ["Hang", "The call is accepted and never answered."],
  "api-reset-after-write": ["Reset after the write", "The post exists, and the connection breaks."],
  "api-slow": ["Slow", "The answer comes late."],
};

/** Switches for what goes wrong on real networks. */
export function faultsPage(page: Page, error?: string): string {
  const { faults } = page.context;
  const group = (
    title: string,
    prefix: string,
    lead: string,
  ) => html`<section><h2>${title}</h2><p class="mute">${lead}</p>
<div class="faults">${FAULT_KINDS.filter((k) => k.startsWith(prefix)).map((kind) =>
    row(
      page,
      kind,
      faults.list.find((f) => f.kind === kind),
    ),
  )}</div></section>`;
  return layout(page, {
    title: "Faults",
    area: "faults",
    side: false,
    body: html`<h1>Faults</h1>
<p>Real networks lose, double and delay. Switch a fault on and see whether the other side keeps its promises.</p>
${error && html`<p class="banner late" role="alert">${error}</p>`}
<div class="row wrap seedrow"><form class="row" method="post" action="/web/faults/seed">${formFields(page)}<label>Seed of the dice <input name="seed" value="${faults.seed}" maxlength="100" required size="12"></label><button class="b">Begin the dice anew</button></form>
<form method="post" action="/web/faults/clear">${formFields(page)}<button class="b stop" ${faults.list.length === 0 && html`disabled`}>Everything off</button></form></div>
${group("Webhooks", "webhook-", "What companies are told about the network.")}
${group("API calls", "api-", "What companies ask of the network.")}`,
  });
}

function row(page: Page, kind: FaultKind, fault: Fault | undefined) {
  const [title, what] = WORDS[kind];
  const hasMs = DEFAULT_MS[kind] !== undefined;
  const state = fault
    ? fault.next === undefined
      ? `On, ${Math.round((fault.rate ?? 1) * 100)} %`
      : `On, next ${fault.next}`
    : "Off";
  return html`<form class="card fault ${fault && "on"}" method="post" action="/web/faults/${kind}" aria-labelledby="${kind}">${formFields(page)}
  <div class="row"><h3 class="grow" id="${kind}">${title}</h3><span class="state">${state}${fault && ` · ${fault.hits} hit`}</span></div>
  <p class="mid">${what}</p>
  <div class="row wrap fields">
    <label>Share, % <input name="percent" type="number" min="0" max="100" step="1" value="${Math.round((fault?.rate ?? (kind.startsWith("api-") ? 1 : 0.3)) * 100)}"></label>
    <label>or next n <input name="next" type="number" min="1" max="1000000" value="${fault?.next ?? ""}" placeholder="–"></label>
    ${hasMs && html`<label>Time, ms <input name="ms" type="number" min="0" max="600000" value="${fault?.ms ?? DEFAULT_MS[kind] ?? 0}"></label>`}
    ${kind.startsWith("api-") && html`<label>Calls <select name="on">${(["write", "read", "all"] as const).map((on) => html`<option ${(fault?.on ?? "write") === on && html`selected`}>${on}</option>`)}</select></label>`}
    <button class="b main-act" name="do" value="on">${fault ? "Change" : "Switch on"}<span class="vh">: ${title}</span></button>
    ${fault && html`<button class="b" name="do" value="off">Switch off<span class="vh">: ${title}</span></button>`}
  </div>
</form>`;
}
