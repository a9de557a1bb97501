import {
  changeSkill,
  createSkill,
  type NewSkill,
  type Skill,
  type SkillMembers,
  skillQuery,
} from "../../api/skills";
import { given, parseObjects } from "../../form/parse";
import type { EntryKind, Reading } from "../../form/useEditor";

/** A skill as the form has it. */
export interface SkillValues {
  name: string;
  displayName: string;
  description: string;
  content: string;
  category: string;
  version: string;
  license: string;
  allowedTools: string[];
  inputFields: string;
}

export const NEW_SKILL: SkillValues = {
  name: "",
  displayName: "",
  description: "",
  content: "",
  category: "",
  version: "",
  license: "",
  allowedTools: [],
  inputFields: "",
};

export function skillValues(skill: Skill): SkillValues {
  const fields = skill.inputFields ?? [];
  return {
    name: skill.name,
    displayName: skill.displayName ?? "",
    description: skill.description ?? "",
    content: skill.content ?? "",
    category: skill.category ?? "",
    version: skill.version ?? "",
    license: skill.license ?? "",
    allowedTools: skill.allowedTools ?? [],
    inputFields: fields.length > 0 ? JSON.stringify(fields, null, 2) : "",
  };
}

/** A copy to begin another skill with; its name has to be its own. */
export function copiedSkill(skill: Skill): SkillValues {
  const values = skillValues(skill);
  const displayName = values.displayName && `Copy of ${values.displayName}`.slice(0, 100);
  return { ...values, displayName, name: `copy-of-${skill.name}`.slice(0, 100) };
}

export function readSkill(values: SkillValues): Reading<NewSkill> {
  const errors: Record<string, string> = {};
  const name = values.name.trim();
  if (name === "") errors["name"] = "is needed, so that agents can be given the skill";
  const inputFields = parseObjects(values.inputFields);
  if ("error" in inputFields) errors["inputFields"] = inputFields.error;
  const members: NewSkill = {
    name,
    allowedTools: values.allowedTools,
    inputFields: "value" in inputFields ? inputFields.value : [],
    ...given("displayName", values.displayName.trim()),
    ...given("description", values.description.trim()),
    ...given("content", values.content.trim() === "" ? undefined : values.content),
    ...given("category", values.category.trim()),
    ...given("version", values.version.trim()),
    ...given("license", values.license.trim()),
  };
  return Object.keys(errors).length > 0 ? { errors } : { members };
}

export const skillKind: EntryKind<Skill, SkillValues, NewSkill> = {
  noun: "skill",
  remembered: ["skills"],
  labels: {
    name: "name",
    displayName: "title",
    description: "description",
    content: "text",
    category: "category",
    version: "version",
    license: "license",
    allowedTools: "tools",
    inputFields: "inputs",
  },
  values: skillValues,
  read: readSkill,
  find: (client, id) => client.fetchQuery({ ...skillQuery(id), staleTime: 0 }),
  create: createSkill,
  change: (id, changes, etag) => changeSkill(id, changes as SkillMembers, etag),
};
