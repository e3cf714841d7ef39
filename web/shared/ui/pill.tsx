import type { ComponentProps } from "react";
import { KeyHint } from "./key-hint.tsx";
import css from "./pill.module.css";

type PillProps = Omit<ComponentProps<"button">, "type"> & { keys?: string };

/** "6 new": new rows wait behind it, so that a list never moves under the pointer or the reading eye. */
export function Pill({ keys, children, className = "", ...rest }: PillProps) {
  return (
    <button {...rest} type="button" className={`${css.pill} ${className}`}>
      {children}
      {keys ? <KeyHint keys={keys} /> : null}
    </button>
  );
}
