import { Counter, register } from "prom-client";

function counter(name: string, help: string, labelNames: string[]): Counter {
  return (register.getSingleMetric(name) as Counter | undefined) ?? new Counter({ name, help, labelNames });
}

export const hooksTaken = counter("hubbub_hooks_taken_total", "Webhook requests made durable and acknowledged.", [
  "network",
]);
export const hooksRefused = counter("hubbub_hooks_refused_total", "Webhook requests refused, and why.", [
  "network",
  "reason",
]);
export const eventsIgnored = counter("hubbub_input_ignored_total", "Input events that carry no message.", [
  "network",
  "reason",
]);
export const inputQuarantined = counter("hubbub_input_quarantined_total", "Raw input that could not be read whole.", [
  "network",
]);
export const callsMade = counter("hubbub_network_calls_total", "Calls of the outbox to networks, by outcome.", [
  "network",
  "outcome",
]);
