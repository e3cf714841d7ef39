/** Which work a queue takes: everything listed has to fit; what is not listed does not matter. Stored in `queue.accepts`. */
export interface Accepts {
  readonly brands?: readonly string[];
  readonly networks?: readonly string[];
  readonly visibilities?: readonly string[];
  readonly languages?: readonly string[];
  readonly risks?: readonly string[];
}
export interface Arriving {
  readonly brandId: string;
  readonly network: string;
  readonly visibility: string;
  readonly language: string;
  readonly risks: readonly string[];
}

/** The first queue in order that accepts the work; when none does, the last one, so that nothing is lost. Null without queues. */
export function chooseQueue<Q extends { name: string; accepts: Accepts }>(
  queues: readonly Q[],
  work: Arriving,
): { queue: Q; reason: { code: string; text: string } } | null {
  const fits = queues.find((queue) => accepts(queue.accepts, work));
  if (fits)
    return { queue: fits, reason: { code: "queue-accepts", text: `${fits.name} takes ${describe(fits.accepts)}.` } };
  const last = queues.at(-1);
  if (!last) return null;
  return { queue: last, reason: { code: "no-queue-accepts", text: `No queue takes this; it went to ${last.name}.` } };
}

export function accepts(rule: Accepts, work: Arriving): boolean {
  const has = (list: readonly string[] | undefined, value: string) =>
    !list || list.length === 0 || list.includes(value);
  const languages = rule.languages?.map(base);
  return (
    has(rule.brands, work.brandId) &&
    has(rule.networks, work.network) &&
    has(rule.visibilities, work.visibility) &&
    has(languages, base(work.language)) &&
    (!rule.risks || rule.risks.length === 0 || rule.risks.some((risk) => work.risks.includes(risk)))
  );
}

/** `de-AT` is German. */
export function base(language: string): string {
  return (language.split("-")[0] ?? "").toLowerCase();
}

function describe(rule: Accepts): string {
  const parts: string[] = [];
  if (rule.risks?.length) parts.push(`risks (${rule.risks.join(", ")})`);
  if (rule.visibilities?.length) parts.push(`${rule.visibilities.join(" and ")} messages`);
  if (rule.networks?.length) parts.push(`from ${rule.networks.join(", ")}`);
  if (rule.languages?.length) parts.push(`in ${rule.languages.join(", ")}`);
  if (rule.brands?.length) parts.push("of its brands");
  return parts.length === 0 ? "everything" : parts.join(" ");
}
