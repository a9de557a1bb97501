import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Stated } from "../../api/client";
import { mcpServerQuery, mcpServersQuery } from "../../api/mcpServers";
import { skillQuery, skillsQuery } from "../../api/skills";
import { MultiComboField } from "../../kit/ComboField";
import type { Option } from "../../kit/Select";
import { ChosenList } from "../../kit/TagField";
import { useSettled } from "../../kit/useSettled";

interface PickerProps {
  value: readonly string[];
  error: string | undefined;
  onChange(ids: string[]): void;
}

const OFFERED = 50;

export function SkillPicker(props: PickerProps) {
  const [text, setText] = useState("");
  const search = useSettled(text.trim());
  const found = useQuery(skillsQuery({ pageSize: OFFERED, ...(search && { search }) }));
  const names = useQueries({ queries: props.value.map(skillQuery) });
  return (
    <EntryPicker
      {...props}
      label="Skills"
      description="Texts that agents share. They follow the instructions, in this order."
      nothing="No skill fits."
      text={text}
      onType={setText}
      offered={(found.data?.data ?? []).map(({ id, name, displayName, description }) => ({
        id,
        label: displayName ?? name,
        ...(description && { description }),
      }))}
      nameOf={(index) => nameOf(names[index], (skill) => skill.displayName ?? skill.name)}
    />
  );
}

export function McpServerPicker(props: PickerProps) {
  const [text, setText] = useState("");
  const search = useSettled(text.trim());
  const found = useQuery(mcpServersQuery({ pageSize: OFFERED, ...(search && { search }) }));
  const names = useQueries({ queries: props.value.map(mcpServerQuery) });
  return (
    <EntryPicker
      {...props}
      label="MCP servers"
      nothing="No MCP server fits."
      text={text}
      onType={setText}
      offered={(found.data?.data ?? []).map(({ id, name, description, disabled }) => ({
        id,
        label: disabled ? `${name} (off)` : name,
        ...(description && { description }),
      }))}
      nameOf={(index) => nameOf(names[index], ({ name, disabled }) => (disabled ? `${name} (off)` : name))}
    />
  );
}

interface Answer<Entry> {
  data?: Stated<Entry> | undefined;
  isError: boolean;
}

function nameOf<Entry>(answer: Answer<Entry> | undefined, name: (entry: Entry) => string): string {
  if (answer?.data) return name(answer.data.value);
  return answer?.isError ? "not found" : "…";
}

interface EntryPickerProps extends PickerProps {
  label: string;
  description?: string;
  nothing: string;
  text: string;
  onType(text: string): void;
  offered: readonly Option[];
  nameOf(index: number): string;
}

function EntryPicker(props: EntryPickerProps) {
  const { label, description, value, onChange, onType } = props;
  return (
    <div className="tag-field">
      <MultiComboField
        label={label}
        {...(description && { description })}
        error={props.error}
        options={props.offered}
        text={props.text}
        onType={onType}
        chosen={value}
        onChange={onChange}
        placeholder="Type to search"
        nothing={props.nothing}
      />
      <ChosenList
        label={`Chosen: ${label}`}
        chosen={value.map((id, index) => ({ id, name: props.nameOf(index) }))}
        onRemove={(id) => onChange(value.filter((other) => other !== id))}
      />
    </div>
  );
}
