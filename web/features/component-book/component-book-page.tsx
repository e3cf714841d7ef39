import { type ReactNode, useState } from "react";
import { Segmented } from "../../shared/ui/tabs.tsx";
import { ActsSection } from "./acts-section.tsx";
import css from "./book.module.css";
import { FieldsSection } from "./fields-section.tsx";
import { FiguresSection } from "./figures-section.tsx";
import { HardStatesSection } from "./hard-states-section.tsx";
import { LastingSection } from "./lasting-section.tsx";
import { LongWordsSection } from "./long-words-section.tsx";
import { MarksSection } from "./marks-section.tsx";
import { ProblemsSection } from "./problems-section.tsx";

/**
 * Every primitive with its states, for the people who build the desk: open in development and in the demo.
 * Its sentences are samples of data, so they stand outside of the catalogue.
 */
export function ComponentBookPage() {
  const [dir, setDir] = useState<"ltr" | "rtl">("ltr");
  return (
    <div className={css.page} dir={dir}>
      <div className={css.top}>
        <p className="small mid">
          Tab walks all of it: whatever can be pressed shows the ring. Light and dark, and the density, are in the
          account menu.
        </p>
        <Segmented
          label="Direction"
          chosen={dir}
          onChoose={setDir}
          tabs={[
            { id: "ltr", label: "Left to right" },
            { id: "rtl", label: "Right to left" },
          ]}
        />
      </div>
      <Column>
        <MarksSection />
        <FieldsSection />
      </Column>
      <Column>
        <ActsSection />
        <ProblemsSection />
        <LastingSection />
      </Column>
      <Column>
        <HardStatesSection />
        <FiguresSection />
        <LongWordsSection />
      </Column>
    </div>
  );
}

function Column({ children }: { children: ReactNode }) {
  return <div className={css.column}>{children}</div>;
}
