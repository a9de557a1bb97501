import { useId } from "react";
import { Button, IconButton } from "./Button";
import { Icon } from "./Icon";

export interface Pair {
  name: string;
  value: string;
}

/** Secrets as a form has them: `undefined` leaves what is stored as it is. */
export type Secrets = readonly Pair[] | undefined;

export interface PairsFieldProps {
  label: string;
  description: string;
  /** What one of them is called: "header". */
  noun: string;
  /** The names that are stored; their values are told to nobody. */
  stored: readonly string[];
  value: Secrets;
  onChange(value: Secrets): void;
  error?: string | undefined;
  disabled?: boolean;
}

/** Names with secret values. What is stored can be replaced, but never read. */
export function PairsField(props: PairsFieldProps) {
  const { label, description, noun, stored, value, onChange, error, disabled = false } = props;
  const note = useId();
  return (
    <fieldset className="pairs" aria-describedby={note} disabled={disabled}>
      <legend className="field-label">{label}</legend>
      <p id={note} className="field-description">
        {description}
      </p>
      {value === undefined ? (
        <Stored {...props} />
      ) : (
        <>
          {value.map((pair, index) => (
            <PairRow
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity while they are typed
              key={index}
              noun={noun}
              position={index + 1}
              pair={pair}
              onChange={(changed) => onChange(value.with(index, changed))}
              onRemove={() => onChange(value.toSpliced(index, 1))}
            />
          ))}
          <div className="page-actions">
            <Button onPress={() => onChange([...value, { name: "", value: "" }])}>Add a {noun}</Button>
            {stored.length > 0 && (
              <Button tone="quiet" onPress={() => onChange(undefined)}>
                Keep what is stored
              </Button>
            )}
          </div>
        </>
      )}
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function Stored({ noun, stored, onChange, disabled = false }: PairsFieldProps) {
  if (stored.length === 0) {
    if (disabled) return <p className="hint">None</p>;
    return (
      <Button onPress={() => onChange([{ name: "", value: "" }])} className="pairs-begin">
        Add a {noun}
      </Button>
    );
  }
  return (
    <div className="pairs-stored">
      <ul>
        {stored.map((name) => (
          <li key={name}>
            <code>{name}</code> <span className="muted">is set</span>
          </li>
        ))}
      </ul>
      {!disabled && (
        <Button onPress={() => onChange(stored.map((name) => ({ name, value: "" })))}>Set them anew</Button>
      )}
    </div>
  );
}

interface PairRowProps {
  noun: string;
  position: number;
  pair: Pair;
  onChange(pair: Pair): void;
  onRemove(): void;
}

function PairRow({ noun, position, pair, onChange, onRemove }: PairRowProps) {
  const which = pair.name || `${noun} ${position}`;
  return (
    <div className="pair">
      <input
        className="input code"
        aria-label={`Name of ${noun} ${position}`}
        placeholder="Name"
        value={pair.name}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange({ ...pair, name: event.target.value })}
      />
      <input
        className="input code"
        type="password"
        aria-label={`Value of ${which}`}
        placeholder="Value"
        value={pair.value}
        autoComplete="new-password"
        maxLength={8000}
        onChange={(event) => onChange({ ...pair, value: event.target.value })}
      />
      <IconButton label={`Remove ${which}`} onPress={onRemove}>
        <Icon name="cross" />
      </IconButton>
    </div>
  );
}
