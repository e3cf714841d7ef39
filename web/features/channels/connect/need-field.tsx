import { useLingui } from "@lingui/react/macro";
import type { ConnectNeed } from "#contracts/channels";
import { Checkbox, Select, TextArea, TextField } from "../../../shared/ui/field.tsx";
import { useNeedWords } from "./use-need-words.ts";

type NeedFieldProps = {
  network: string;
  need: ConnectNeed;
  value: string;
  fault: string | undefined;
  onChange: (value: string) => void;
};

/** One answer. A secret is typed blind, goes out once and is never shown again. */
export function NeedField({ network, need, value, fault, onChange }: NeedFieldProps) {
  const { t } = useLingui();
  const { label, hint } = useNeedWords()(network, need.name);
  const words = { label: need.required ? label : t`${label} (may be left out)`, hint, fault };
  const common = { name: need.name, required: need.required, value };
  switch (need.kind) {
    case "switch":
      return (
        <Checkbox checked={value === "true"} onChange={(on) => onChange(on ? "true" : "")}>
          {label}
        </Checkbox>
      );
    case "choice":
      return (
        <Select
          {...words}
          name={need.name}
          value={value}
          options={[...(need.required ? [] : [""]), ...(need.choices ?? [])].map((one) => ({
            value: one,
            label: one || t`as usual`,
          }))}
          onChange={onChange}
        />
      );
    case "list":
      return <TextArea {...words} {...common} rows={3} onChange={(event) => onChange(event.target.value)} />;
    case "secret":
      return (
        <TextField
          {...words}
          {...common}
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    default:
      return (
        <TextField
          {...words}
          {...common}
          placeholder={need.fallback ?? undefined}
          inputMode={need.kind === "number" ? "numeric" : need.kind === "url" ? "url" : "text"}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
