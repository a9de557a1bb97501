import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { deleteSkill, SKILLS, type Skill, skillsQuery } from "../../api/skills";
import { ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { ActionMenu } from "../../kit/Menu";
import { EntryRow } from "../../lists/EntryRow";
import { ListPage } from "../../lists/ListPage";
import { type ListKind, useListState } from "../../lists/listState";
import { useDeleteAction } from "../../lists/useDeleteAction";

const LIST: ListKind = {
  noun: "skills",
  searchable: true,
  sorts: [
    { id: "name:asc", label: "By name" },
    { id: "category:asc", label: "By category" },
    { id: "updatedAt:desc", label: "Last changed first" },
    { id: "createdAt:desc", label: "Newest first" },
  ],
  filters: [],
  ofAgents: false,
};

export function Component() {
  const list = useListState(LIST);
  const skills = useQuery(skillsQuery(list.asked));
  const create = (
    <ButtonLink to="/skills/new" tone="primary">
      New skill
    </ButtonLink>
  );
  return (
    <ListPage
      title="Skills"
      about={<p>Texts that agents share: what one knows how to do, written down once.</p>}
      actions={create}
      list={list}
      query={skills}
      empty={
        <EmptyState title="No skills yet" action={create}>
          <p>
            A skill is a text that follows the instructions of each agent that has it: a house style, a check
            list, how a report is written. Write the first one, then give it to an agent.
          </p>
        </EmptyState>
      }
      row={(skill) => <SkillRow skill={skill} />}
    />
  );
}

function SkillRow({ skill }: { skill: Skill }) {
  const { id, name, displayName, description, category, version } = skill;
  const navigate = useNavigate();
  const title = displayName ?? name;
  const remove = useDeleteAction({ id, name: title, delete: deleteSkill, remembered: SKILLS });
  return (
    <EntryRow
      to={`/skills/${id}`}
      title={title}
      marks={
        <>
          {category && <span className="tag">{category}</span>}
          {version && <span className="row-meta">{version}</span>}
        </>
      }
      actions={
        <ActionMenu
          label={`More for ${title}`}
          actions={[
            { id: "edit", label: "Edit", onAction: () => void navigate(`/skills/${id}`) },
            { id: "duplicate", label: "Duplicate", onAction: () => void navigate(`/skills/new?from=${id}`) },
            remove,
          ]}
        />
      }
    >
      {description && <p className="row-text">{description}</p>}
    </EntryRow>
  );
}
