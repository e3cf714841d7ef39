import { useState } from "react";
import { Checkbox, Select, Switch, TextArea, TextField } from "../../shared/ui/field.tsx";
import { Segmented, Tabs } from "../../shared/ui/tabs.tsx";
import css from "./book.module.css";
import { Sample } from "./sample.tsx";

export function FieldsSection() {
  const [sort, setSort] = useState<"due" | "new">("due");
  const [view, setView] = useState<"mine" | "offers" | "team">("mine");
  const [period, setPeriod] = useState<"today" | "week" | "month">("week");
  const [checked, setChecked] = useState(true);
  return (
    <>
      <Sample name="Fields">
        <div className={css.stack}>
          <TextField label="Name" defaultValue="Northwind Mobile" hint="Shown to customers" />
          <TextField label="E-mail" type="email" defaultValue="ines@" fault="An address needs a place after the @." />
          <TextField label="Locked" defaultValue="cannot be changed here" readOnly />
          <TextArea label="Your mission" rows={3} defaultValue="Nobody who speaks of us in public is left alone." />
          <Select
            label="Sorted by"
            value={sort}
            onChange={setSort}
            options={[
              { value: "due", label: "Due first" },
              { value: "new", label: "Newest first" },
            ]}
          />
          <div className={css.flow}>
            <Checkbox checked={checked} onChange={setChecked}>
              Serve next by itself
            </Checkbox>
            <Checkbox mixed>Some of these</Checkbox>
            <Checkbox disabled>Not for you</Checkbox>
            <Switch checked={checked} onChange={setChecked}>
              Demo traffic
            </Switch>
          </div>
        </div>
      </Sample>
      <Sample name="Tabs" note="arrows, Home, End">
        <Tabs
          label="Which work"
          chosen={view}
          onChoose={setView}
          tabs={[
            { id: "mine", label: "Mine", count: 7 },
            { id: "offers", label: "Offers", count: 2 },
            { id: "team", label: "Team", count: 38 },
          ]}
        >
          <p className="small mid">The panel of {view}.</p>
        </Tabs>
        <div>
          <Segmented
            label="Period"
            chosen={period}
            onChoose={setPeriod}
            tabs={[
              { id: "today", label: "Today" },
              { id: "week", label: "12 to 18 Nov" },
              { id: "month", label: "Month" },
            ]}
          />
        </div>
      </Sample>
    </>
  );
}
