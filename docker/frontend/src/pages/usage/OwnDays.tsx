import { useState } from "react";
import { Button } from "../../kit/Button";
import { TextField } from "../../kit/TextField";
import type { Period } from "./period";

export interface OwnDaysProps {
  period: Period;
  onChange(period: Period): void;
}

/** Two days that one types or picks, taken when both are there. */
export function OwnDays({ period, onChange }: OwnDaysProps) {
  const [days, setDays] = useState(period);
  const [tried, setTried] = useState(false);
  const missing = (day: string) => (tried && day === "" ? { error: "Choose a day" } : {});
  return (
    <form
      className="toolbar toolbar-form"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (days.from !== "" && days.to !== "") onChange(days);
      }}
    >
      <TextField
        label="First day"
        type="date"
        value={days.from}
        onChange={(from) => setDays({ ...days, from })}
        {...missing(days.from)}
      />
      <TextField
        label="Last day"
        type="date"
        value={days.to}
        onChange={(to) => setDays({ ...days, to })}
        {...missing(days.to)}
      />
      <Button type="submit">Show</Button>
    </form>
  );
}
