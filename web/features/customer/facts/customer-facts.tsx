import type { CustomerFacts as Facts, InfluencePart } from "#contracts/customer-facts";
import { Consents } from "./consents.tsx";
import { CustomerNotes } from "./customer-notes.tsx";
import { Influence } from "./influence.tsx";
import { Languages } from "./languages.tsx";
import { Organisations } from "./organisations.tsx";
import { OwnFields } from "./own-fields.tsx";

export type FactsProps = {
  customerId: string;
  facts: Facts;
  influence: readonly InfluencePart[];
  languages: readonly { language: string; messages: number }[];
  mayWrite: boolean;
  /** Of the headings. */
  level?: 2 | 3;
};

/** What is noted of a customer: the same beside a reply and on the customer's own page. */
export function CustomerFacts({ customerId, facts, influence, languages, mayWrite, level = 2 }: FactsProps) {
  const of = { customerId, mayWrite, level };
  return (
    <>
      <Organisations {...of} organisations={facts.organisations} />
      <OwnFields {...of} fields={facts.fields} />
      <Influence parts={influence} level={level} />
      <Languages languages={languages} level={level} />
      <Consents {...of} consents={facts.consents} />
      <CustomerNotes {...of} notes={facts.notes} />
    </>
  );
}
