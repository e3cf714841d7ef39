import type { ComponentProps, ReactNode } from "react";
import css from "./button.module.css";
import { Icon, type IconName } from "./icon.tsx";
import { KeyHint } from "./key-hint.tsx";

/**
 * primary: ink, one per view · quiet: outlined · soft: hairline outline · bare: no outline
 * public, private, note: sends to that audience · stop: what cannot be undone
 */
export type ButtonLook = "primary" | "quiet" | "soft" | "bare" | "public" | "private" | "note" | "stop";

export type ButtonProps = Omit<ComponentProps<"button">, "children"> & {
  look?: ButtonLook;
  size?: "regular" | "small";
  icon?: IconName;
  /** The key that does the same, in the form of the key registry: "t", "shift+t", "mod+enter". */
  keys?: string;
  /** Shows a turning mark, says "busy" and takes no second press; the width stays. */
  busy?: boolean;
  /** Looks and acts disabled but stays reachable, so that the reason (title) can be read. */
  refused?: string | null;
  children?: ReactNode;
  /** Icon alone; `aria-label` is then required. */
  iconOnly?: boolean;
};

const ARIA_KEYS: Record<string, string> = { mod: "Control", shift: "Shift", alt: "Alt", enter: "Enter" };

function ariaKeys(keys: string): string {
  return keys
    .split("+")
    .map((part) => ARIA_KEYS[part] ?? part.toUpperCase())
    .join("+");
}

export function buttonClass(
  look: ButtonLook = "quiet",
  size: "regular" | "small" = "regular",
  iconOnly = false,
): string {
  return [css.button, css[look], size === "small" ? css.small : "", iconOnly ? css.iconOnly : ""].join(" ");
}

export function Button({
  look = "quiet",
  size = "regular",
  icon,
  keys,
  busy = false,
  refused = null,
  iconOnly = false,
  children,
  className = "",
  type = "button",
  onClick,
  title,
  ...rest
}: ButtonProps) {
  const still = busy || refused !== null;
  return (
    <button
      {...rest}
      type={type}
      className={`${buttonClass(look, size, iconOnly)} ${className}`}
      aria-disabled={still || undefined}
      aria-busy={busy || undefined}
      aria-keyshortcuts={keys && !keys.includes(" ") ? ariaKeys(keys) : undefined}
      title={refused ?? title}
      onClick={still ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <span className={css.turning} aria-hidden="true" /> : icon ? <Icon name={icon} /> : null}
      {children}
      {keys ? <KeyHint keys={keys} /> : null}
    </button>
  );
}

/** A button that reads as a word in a sentence. */
export function LinkButton({ className = "", type = "button", ...rest }: ComponentProps<"button">) {
  return <button {...rest} type={type} className={`${css.link} ${className}`} />;
}
