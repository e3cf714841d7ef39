import { useState } from "react";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Card, Facts } from "../../shared/ui/card.tsx";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Checkbox, TextField } from "../../shared/ui/field.tsx";
import { Tabs } from "../../shared/ui/tabs.tsx";
import css from "./book.module.css";
import { Sample } from "./sample.tsx";

/** The longest of each kind that were met, and words without a place to break. */
const DE = {
  act: "Rückrufvereinbarung zurücknehmen",
  chip: "Leistungsbeeinträchtigungsmeldung",
  name: "Dr. Wilhelmina Freifrau von Donaudampfschifffahrt-Elektrizitätenhauptbetrieb",
  title: "Benachrichtigungseinstellungen werden gerade aktualisiert.",
};
const AR = {
  act: "أرسل الرد العام",
  chip: "يقرؤه الجميع",
  name: "ليلى حداد",
  title: "لا اتصال بالخادم منذ 14:51.",
  words: "واصل الكتابة. سترى ما تغير قبل أن يخرج أي شيء.",
  field: "ملاحظة للفريق",
};

type Row = { who: string; what: string; minutes: number };
const columns: Column<Row>[] = [
  { id: "who", heading: "Wer", names: true, cell: (row) => <bdi>{row.who}</bdi> },
  { id: "what", heading: "Was zuletzt geschah", cell: (row) => row.what },
  { id: "minutes", heading: "Min.", number: true, cell: (row) => row.minutes },
];
const rows: Row[] = [
  { who: DE.name, what: DE.chip, minutes: 1_440 },
  { who: `@${"w".repeat(64)}`, what: "https://northwind.example/".padEnd(96, "a"), minutes: 3 },
];

/** What breaks layouts: long words, names without an end, and the other direction. */
export function LongWordsSection() {
  const [tab, setTab] = useState<"a" | "b" | "c">("a");
  return (
    <>
      <Sample name="Long words" note="nothing is cut off without a trace, nothing pushes the page sideways">
        <div className={css.flow}>
          <Button look="primary">{DE.act}</Button>
          <Button refused={DE.title}>{DE.act}</Button>
          <Chip look="soon" icon="warning">
            {DE.chip}
          </Chip>
          <Avatar name={DE.name} />
        </div>
        <Banner look="late" title={DE.title} acts={<Button size="small">{DE.act}</Button>}>
          {rows[1]!.what}
        </Banner>
        <Card title={DE.title} level={3}>
          <Facts rows={[{ name: DE.chip, value: rows[1]!.who }]} />
        </Card>
        <DataTable caption="Lange Wörter" columns={columns} rows={rows} rowKey={(row) => row.who} />
        <DataTable caption="Noch nichts" columns={columns} rows={[]} rowKey={(row) => row.who} empty="Noch nichts." />
        <Tabs
          label="Ansicht"
          chosen={tab}
          onChoose={setTab}
          tabs={[
            { id: "a", label: "Benachrichtigungen", count: 12_408 },
            { id: "b", label: "Öffnungszeiten" },
            { id: "c", label: "Rückrufvereinbarungen", count: 0 },
          ]}
        >
          <EmptyState level={3} title={DE.title}>
            {DE.act}
          </EmptyState>
        </Tabs>
      </Sample>
      <Sample name="The other direction" note="arrows turn, clocks and marks do not">
        <div dir="rtl" lang="ar" className={css.stack}>
          <div className={css.flow}>
            <Button look="public" icon="globe" keys="mod+enter">
              {AR.act}
            </Button>
            <Chip look="public" icon="globe">
              {AR.chip}
            </Chip>
            <Avatar name={AR.name} />
            <ChannelMark network="mastodon" audience="private" />
          </div>
          <Banner look="plain" title={AR.title}>
            {AR.words}
          </Banner>
          <TextField label={AR.field} defaultValue="@northwind" hint={AR.words} />
          <Checkbox checked>{AR.chip}</Checkbox>
        </div>
      </Sample>
    </>
  );
}
