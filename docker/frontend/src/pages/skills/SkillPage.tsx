import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { agentsQuery } from "../../api/agents";
import type { Stated } from "../../api/client";
import { deleteSkill, SKILLS, type Skill, skillQuery } from "../../api/skills";
import { PageHeader } from "../../app/PageHeader";
import { PageProblem } from "../../app/PageProblem";
import { EntryForm, FormSection } from "../../form/EntryForm";
import { useEditor } from "../../form/useEditor";
import { bind, type Form } from "../../form/useForm";
import { formatTime } from "../../kit/format";
import { Skeleton } from "../../kit/Loading";
import { ActionMenu } from "../../kit/Menu";
import { TagField } from "../../kit/TagField";
import { TextArea, TextField } from "../../kit/TextField";
import { useDeleteAction } from "../../lists/useDeleteAction";
import { copiedSkill, NEW_SKILL, type SkillValues, skillKind } from "./skillForm";

const pathOf = (id: string) => `/skills/${id}`;

/** A skill that there is: all of it, to be looked at and changed. */
export function Component() {
  const { id = "" } = useParams();
  const skill = useQuery(skillQuery(id));
  if (skill.data) return <EditSkill key={id} skill={skill.data} />;
  if (skill.isError)
    return <PageProblem error={skill.error} noun="skill" retry={() => void skill.refetch()} />;
  return <Skeleton label="Loading the skill…" rows={6} />;
}

function EditSkill({ skill }: { skill: Stated<Skill> }) {
  const editor = useEditor(skillKind, skill, NEW_SKILL);
  const { name, displayName, updatedAt } = skill.value;
  return (
    <>
      <PageHeader title={displayName ?? name} actions={<SkillMenu skill={skill.value} />}>
        <p className="hint">Last changed {formatTime(updatedAt)}</p>
        <UsedBy id={skill.value.id} />
      </PageHeader>
      <EntryForm noun="skill" editor={editor} isNew={false} pathOf={pathOf}>
        <SkillFields form={editor.form} />
      </EntryForm>
    </>
  );
}

/** Whom a change or a deletion reaches. */
function UsedBy({ id }: { id: string }) {
  const agents = useQuery(agentsQuery({ skills: id, pageSize: 10 })).data;
  if (agents === undefined) return null;
  if (agents.meta.total === 0) {
    return <p className="hint">No agent has it yet. Give it to one on the agent's page.</p>;
  }
  return (
    <p className="hint">
      Had by{" "}
      {agents.data.map((agent, index) => (
        <span key={agent.id}>
          {index > 0 && ", "}
          <Link to={`/agents/${agent.id}`}>{agent.name}</Link>
        </span>
      ))}
      {agents.meta.total > agents.data.length && ` and ${agents.meta.total - agents.data.length} more`}
    </p>
  );
}

function SkillMenu({ skill: { id, name, displayName } }: { skill: Skill }) {
  const navigate = useNavigate();
  const title = displayName ?? name;
  const remove = useDeleteAction({
    id,
    name: title,
    delete: deleteSkill,
    remembered: SKILLS,
    leaveFor: "/skills",
  });
  return (
    <ActionMenu
      label={`More for ${title}`}
      actions={[
        { id: "duplicate", label: "Duplicate", onAction: () => void navigate(`/skills/new?from=${id}`) },
        remove,
      ]}
    />
  );
}

/** A skill that is to be: empty, or a copy of another (`?from=`). */
export function NewSkillPage() {
  const from = useSearchParams()[0].get("from");
  const original = useQuery({ ...skillQuery(from ?? ""), enabled: from !== null });
  if (from === null) return <CreateSkill />;
  if (original.data) return <CreateSkill original={original.data.value} />;
  if (original.isError) {
    return <PageProblem error={original.error} noun="skill" retry={() => void original.refetch()} />;
  }
  return <Skeleton label="Loading the skill to copy…" rows={6} />;
}

function CreateSkill({ original }: { original?: Skill }) {
  const editor = useEditor(skillKind, undefined, original ? copiedSkill(original) : NEW_SKILL);
  return (
    <>
      <PageHeader title={original ? `Copy of ${original.displayName ?? original.name}` : "New skill"} />
      <EntryForm noun="skill" editor={editor} isNew pathOf={pathOf}>
        <SkillFields form={editor.form} />
      </EntryForm>
    </>
  );
}

function SkillFields({ form }: { form: Form<SkillValues> }) {
  return (
    <>
      <FormSection title="What it is">
        <div className="field-pair">
          <TextField
            label="Name"
            description="There is one of a name."
            required
            maxLength={100}
            {...bind(form, "name")}
          />
          <TextField
            label="Title"
            description="What people read in place of the name."
            maxLength={100}
            {...bind(form, "displayName")}
          />
        </div>
        <TextArea
          label="Description"
          description="What it is for. The model doesn't see it."
          rows={2}
          maxLength={2000}
          {...bind(form, "description")}
        />
      </FormSection>
      <FormSection title="What the model is told">
        <TextArea
          label="Text"
          description="Follows the instructions of each agent that has the skill. Markdown is understood."
          rows={14}
          maxLength={100_000}
          {...bind(form, "content")}
        />
      </FormSection>
      <FormSection title="Particulars">
        <div className="field-pair">
          <TextField label="Category" maxLength={50} {...bind(form, "category")} />
          <TextField label="Version" maxLength={50} {...bind(form, "version")} />
          <TextField label="License" maxLength={100} {...bind(form, "license")} />
        </div>
        <TagField
          label="Tools that it is made for"
          description="For people: an agent's own lists decide which tools it may use."
          {...bind(form, "allowedTools")}
        />
        <TextArea
          label="Inputs"
          description="A JSON list of objects, for programs: what the skill asks of whoever uses it."
          code
          rows={3}
          {...bind(form, "inputFields")}
        />
      </FormSection>
    </>
  );
}
