import type { ChatMembers } from "../../api/chats";
import type { FieldErrors } from "../../form/useForm";
import { Select } from "../../kit/Select";
import { TextArea } from "../../kit/TextField";
import { SkillPicker } from "../agents/pickers";
import { useAgents } from "./agentNames";

/** What can be chosen of a chat beside its title. */
export interface ChatChoices {
  agent: string;
  skills: string[];
  customSystemPrompt: string;
}

export function choicesOf(chat: ChatMembers): ChatChoices {
  return {
    agent: chat.agent ?? "",
    skills: chat.skills ?? [],
    customSystemPrompt: chat.customSystemPrompt ?? "",
  };
}

export interface ChatFieldsProps {
  choices: ChatChoices;
  errors: FieldErrors;
  onChange(choices: ChatChoices): void;
}

export function AgentField({ choices, errors, onChange }: ChatFieldsProps) {
  const { agents } = useAgents();
  return (
    <Select
      label="Agent"
      options={agents.map(({ id, name, description, enabled }) => ({
        id,
        label: enabled ? name : `${name} (off)`,
        ...(description && { description }),
      }))}
      value={choices.agent}
      onChange={(agent) => onChange({ ...choices, agent })}
      error={errors["agent"]}
    />
  );
}

export function InstructionFields({ choices, errors, onChange }: ChatFieldsProps) {
  return (
    <>
      <SkillPicker
        value={choices.skills}
        error={errors["skills"]}
        onChange={(skills) => onChange({ ...choices, skills })}
      />
      <TextArea
        label="Instructions for this chat"
        description="They take the place of the agent's own. Empty: the agent's hold."
        rows={4}
        maxLength={50_000}
        value={choices.customSystemPrompt}
        onChange={(customSystemPrompt) => onChange({ ...choices, customSystemPrompt })}
        error={errors["customSystemPrompt"]}
      />
    </>
  );
}
