import { useQuery } from "@tanstack/react-query";
import { aboutQuery } from "../../api/about";
import { FormSection } from "../../form/EntryForm";
import { bind, type Form } from "../../form/useForm";
import { ComboField } from "../../kit/ComboField";
import { RadioField } from "../../kit/RadioField";
import type { Option } from "../../kit/Select";
import { Switch } from "../../kit/Switch";
import { TagField } from "../../kit/TagField";
import { NumberField, TextArea, TextField } from "../../kit/TextField";
import type { AgentValues, Sampling } from "./agentForm";
import { McpServerPicker, SkillPicker } from "./pickers";

interface Props {
  form: Form<AgentValues>;
}

/** Everything that can be said of an agent. */
export function AgentFields({ form }: Props) {
  return (
    <>
      <Purpose form={form} />
      <Instructions form={form} />
      <Model form={form} />
      <Tools form={form} />
      <Particulars form={form} />
    </>
  );
}

function Purpose({ form }: Props) {
  return (
    <FormSection title="What it is">
      <TextField label="Name" required maxLength={100} {...bind(form, "name")} />
      <TextArea
        label="Description"
        description="Shown in lists, for people. The model doesn't see it."
        rows={2}
        maxLength={2000}
        {...bind(form, "description")}
      />
      <Switch
        label="Switched on"
        description="An agent that is off keeps everything, but can't be run."
        {...bind(form, "enabled")}
      />
    </FormSection>
  );
}

function Instructions({ form }: Props) {
  return (
    <FormSection title="What it does">
      <TextArea
        label="Instructions"
        description="The system prompt: who the model is to be, what it is to do and how."
        required
        rows={8}
        maxLength={50_000}
        {...bind(form, "systemPrompt")}
      />
      <SkillPicker {...bind(form, "skills")} />
    </FormSection>
  );
}

const SAMPLING: Option<Sampling>[] = [
  { id: "default", label: "The model's own" },
  { id: "temperature", label: "Temperature" },
  { id: "topP", label: "Top-p" },
];

function Model({ form }: Props) {
  const models = Object.entries(useQuery(aboutQuery).data?.models ?? {});
  return (
    <FormSection title="The model">
      <ComboField
        label="Model"
        description="A short name of this installation, or a model's full id. Left empty: sonnet, or the first short name."
        options={models.map(([alias, id]) => ({ id: alias, label: alias, description: id }))}
        placeholder="sonnet"
        nothing="No short name fits: it is taken as a model's full id."
        {...bind(form, "model")}
      />
      <div className="field-pair">
        <NumberField
          label="Longest answer, in tokens"
          description="Left empty: 8,192, and the thinking on top."
          placeholder="8,192"
          {...bind(form, "maxTokens")}
        />
        <NumberField
          label="Thinking, in tokens"
          description="From 1,024. Left empty: it answers without thinking first."
          placeholder="Off"
          {...bind(form, "thinkingBudget")}
        />
      </div>
      <RadioField label="How it picks its words" options={SAMPLING} {...bind(form, "sampling")} />
      {form.values.sampling === "temperature" && (
        <NumberField
          label="Temperature"
          description="From 0, the likeliest words, to 1, the most varied."
          decimal
          {...bind(form, "temperature")}
        />
      )}
      {form.values.sampling === "topP" && (
        <NumberField
          label="Top-p"
          description="From 0 to 1: only the likeliest words that together have this probability."
          decimal
          {...bind(form, "topP")}
        />
      )}
      <NumberField
        label="Top-k"
        description="From 1 to 500: only that many of the likeliest words. Left empty: no such limit."
        {...bind(form, "topK")}
      />
      <TagField
        label="Stop sequences"
        description="The answer ends before any of these texts."
        {...bind(form, "stopSequences")}
      />
    </FormSection>
  );
}

function Tools({ form }: Props) {
  return (
    <FormSection
      title="Its tools"
      description="Tools come from MCP servers, and are called by the server's name and their own: files__read."
    >
      <McpServerPicker {...bind(form, "mcpServers")} />
      <TagField
        label="Allowed tools"
        description="Full names, or files__* for all of a server. None named: all are allowed."
        placeholder="files__read"
        {...bind(form, "allowedTools")}
      />
      <TagField
        label="Disallowed tools"
        description="Not used in any case, even where they are allowed above."
        placeholder="files__delete"
        {...bind(form, "disallowedTools")}
      />
    </FormSection>
  );
}

function Particulars({ form }: Props) {
  return (
    <FormSection title="Limits and particulars">
      <NumberField
        label="Time limit of a run, in seconds"
        description="From 1 to 3,600. Left empty: the installation's own limit, which holds in any case."
        decimal
        {...bind(form, "timeoutMs")}
      />
      <NumberField
        label="Most turns of a run"
        description="From 1 to 50: each round of tool calls is followed by one more turn. Left empty: 50."
        {...bind(form, "maxTurns")}
      />
      <TextField
        label="Short name"
        description="For addresses and programs: letters, digits, and . _ ~ -. Left empty: made from the name."
        code
        maxLength={100}
        {...bind(form, "slug")}
      />
      <TextArea
        label="Metadata"
        description="A JSON object of your own, for programs."
        code
        rows={3}
        placeholder={'{"team": "platform"}'}
        {...bind(form, "metadata")}
      />
    </FormSection>
  );
}
