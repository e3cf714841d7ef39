import type { ReactNode } from "react";
import { ActsSection } from "./acts-section.tsx";
import css from "./book.module.css";
import { FieldsSection } from "./fields-section.tsx";
import { FiguresSection } from "./figures-section.tsx";
import { HardStatesSection } from "./hard-states-section.tsx";
import { MarksSection } from "./marks-section.tsx";
import { ProblemsSection } from "./problems-section.tsx";

/**
 * Every primitive with its states, for the people who build the desk: open in development and in the demo.
 * Its sentences are samples of data, so they stand outside of the catalogue.
 */
export function ComponentBookPage() {
  return (
    <div className={css.page}>
      <Column>
        <MarksSection />
        <FieldsSection />
      </Column>
      <Column>
        <ActsSection />
        <ProblemsSection />
      </Column>
      <Column>
        <HardStatesSection />
        <FiguresSection />
      </Column>
    </div>
  );
}

function Column({ children }: { children: ReactNode }) {
  return <div className={css.column}>{children}</div>;
}
