import type { ChatMembers } from "../../api/chats";
import type { FieldErrors } from "../../form/useForm";
import { TextArea } from "../../kit/TextField";
import { AgentField } from "../agents/AgentField";
import { SkillPicker } from "../agents/pickers";

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

export function ChatAgentField({ choices, errors, onChange }: ChatFieldsProps) {
  return (
    <AgentField
      value={choices.agent}
      error={errors["agent"]}
      onChange={(agent) => onChange({ ...choices, agent })}
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
