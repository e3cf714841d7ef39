import { type ComponentProps, type KeyboardEvent, type ReactNode, useId } from "react";
import css from "./field.module.css";
import { Icon } from "./icon.tsx";

type FieldWords = {
  label: ReactNode;
  /** Seen by screen readers only, where the place makes the meaning plain. */
  labelHidden?: boolean;
  hint?: ReactNode;
  /** What is wrong and what to do; the field is then marked invalid. */
  fault?: ReactNode;
};

type Described = { id: string; describedBy: string | undefined; invalid: true | undefined };

function FieldFrame({ words, children }: { words: FieldWords; children: (described: Described) => ReactNode }) {
  const id = useId();
  const { label, labelHidden, hint, fault } = words;
  const parts = [hint ? `${id}-hint` : "", fault ? `${id}-fault` : ""].filter(Boolean).join(" ");
  return (
    <div className={css.field}>
      <label htmlFor={id} className={labelHidden ? css.hidden : css.label}>
        {label}
      </label>
      {children({ id, describedBy: parts || undefined, invalid: fault ? true : undefined })}
      {hint ? (
        <p id={`${id}-hint`} className={css.hint}>
          {hint}
        </p>
      ) : null}
      {fault ? (
        <p id={`${id}-fault`} className={css.fault}>
          <Icon name="warning" size="small" />
          <span>{fault}</span>
        </p>
      ) : null}
    </div>
  );
}

type TextFieldProps = FieldWords & Omit<ComponentProps<"input">, "id" | "children">;

export function TextField({ label, labelHidden, hint, fault, className = "", ...rest }: TextFieldProps) {
  return (
    <FieldFrame words={{ label, labelHidden, hint, fault }}>
      {(at) => (
        <input
          type="text"
          {...rest}
          id={at.id}
          className={`${css.input} ${className}`}
          aria-describedby={at.describedBy}
          aria-invalid={at.invalid}
        />
      )}
    </FieldFrame>
  );
}

type TextAreaProps = FieldWords & Omit<ComponentProps<"textarea">, "id" | "children">;

/** Enter is a new line in it; Ctrl Enter sends the form it is part of, as it sends a reply. */
function sendByKey(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented || event.repeat) return;
  if (event.nativeEvent.isComposing || event.currentTarget.form === null) return;
  event.preventDefault();
  event.currentTarget.form.requestSubmit();
}

export function TextArea({ label, labelHidden, hint, fault, className = "", onKeyDown, ...rest }: TextAreaProps) {
  return (
    <FieldFrame words={{ label, labelHidden, hint, fault }}>
      {(at) => (
        <textarea
          dir="auto"
          {...rest}
          onKeyDown={(event) => {
            onKeyDown?.(event);
            sendByKey(event);
          }}
          id={at.id}
          className={`${css.input} ${css.area} ${className}`}
          aria-describedby={at.describedBy}
          aria-invalid={at.invalid}
        />
      )}
    </FieldFrame>
  );
}

export type Option<Value extends string> = { value: Value; label: string; disabled?: boolean };

type SelectProps<Value extends string> = FieldWords &
  Omit<ComponentProps<"select">, "id" | "children" | "value" | "onChange"> & {
    options: readonly Option<Value>[];
    value: Value;
    onChange: (value: Value) => void;
  };

/** The browser's own list: it works with every keyboard, phone and screen reader. For acts use a Menu. */
export function Select<Value extends string>({
  label,
  labelHidden,
  hint,
  fault,
  options,
  value,
  onChange,
  className = "",
  ...rest
}: SelectProps<Value>) {
  return (
    <FieldFrame words={{ label, labelHidden, hint, fault }}>
      {(at) => (
        <div className={css.selectBox}>
          <select
            {...rest}
            id={at.id}
            value={value}
            onChange={(event) => onChange(event.target.value as Value)}
            className={`${css.input} ${css.select} ${className}`}
            aria-describedby={at.describedBy}
            aria-invalid={at.invalid}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </div>
      )}
    </FieldFrame>
  );
}

type CheckProps = Omit<ComponentProps<"input">, "type" | "onChange" | "children"> & {
  children: ReactNode;
  /** Some of the rows below it are checked. */
  mixed?: boolean;
  onChange?: (checked: boolean) => void;
};

export function Checkbox({ children, mixed = false, onChange, className = "", ...rest }: CheckProps) {
  return (
    <label className={`${css.check} ${className}`}>
      <input
        {...rest}
        type="checkbox"
        className={css.box}
        ref={(box) => {
          if (box) box.indeterminate = mixed;
        }}
        onChange={(event) => onChange?.(event.target.checked)}
      />
      {children}
    </label>
  );
}

/** For what takes effect at once; a choice that waits for a button is a Checkbox. */
export function Switch({ children, onChange, className = "", ...rest }: Omit<CheckProps, "mixed">) {
  return (
    <label className={`${css.check} ${className}`}>
      <input
        {...rest}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: the box's own checked state is its aria-checked.
        role="switch"
        className={css.switch}
        onChange={(event) => onChange?.(event.target.checked)}
      />
      {children}
    </label>
  );
}
