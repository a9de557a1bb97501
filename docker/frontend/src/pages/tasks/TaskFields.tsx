import { FormSection } from "../../form/EntryForm";
import { bind, type Form } from "../../form/useForm";
import { TextArea, TextField } from "../../kit/TextField";
import { AgentField } from "../agents/AgentField";
import { InputFields } from "./InputFields";
import { placeholdersOf } from "./inputs";
import type { TaskValues } from "./taskForm";

export function TaskFields({ form }: { form: Form<TaskValues> }) {
  const { values, errors, set } = form;
  const placeholders = placeholdersOf(values.prompt);
  return (
    <>
      <FormSection title="The task">
        <TextField label="Name" required maxLength={100} {...bind(form, "name")} />
        <TextField label="Description" maxLength={2000} {...bind(form, "description")} />
        <AgentField required {...bind(form, "agent")} />
        <TextArea
          label="Prompt"
          required
          rows={8}
          maxLength={100_000}
          description={
            <>
              What the agent is given. <code>{"{{city}}"}</code> stands for an input called city.
            </>
          }
          {...bind(form, "prompt")}
        />
      </FormSection>
      {placeholders.length > 0 && (
        <FormSection
          title="Usual inputs"
          description="What the placeholders stand for unless somebody says otherwise. What is left empty here is asked for at each run."
        >
          <InputFields
            placeholders={placeholders}
            typed={values.inputs}
            errors={errors["inputValues"] ? { [placeholders[0] ?? ""]: errors["inputValues"] } : {}}
            onChange={(inputs) => set("inputs", inputs)}
          />
        </FormSection>
      )}
    </>
  );
}
