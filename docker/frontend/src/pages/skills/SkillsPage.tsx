import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { deleteSkill, SKILLS, type Skill, skillsQuery } from "../../api/skills";
import { PageHeader } from "../../app/PageHeader";
import { ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { ActionMenu } from "../../kit/Menu";
import type { Option } from "../../kit/Select";
import { deletions } from "../../lists/deletions";
import { EntryList } from "../../lists/EntryList";
import { ListTools } from "../../lists/ListTools";
import { useListState } from "../../lists/listState";

const SORTS: Option[] = [
  { id: "name:asc", label: "By name" },
  { id: "category:asc", label: "By category" },
  { id: "updatedAt:desc", label: "Last changed first" },
  { id: "createdAt:desc", label: "Newest first" },
];
const LIST = { sorts: SORTS.map(({ id }) => id), filters: {} };

export function Component() {
  const list = useListState<never>(LIST);
  const { page, sort, search } = list;
  const skills = useQuery(skillsQuery({ page, sort, ...(search && { search }) }));
  const create = (
    <ButtonLink to="/skills/new" tone="primary">
      New skill
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title="Skills" actions={create}>
        <p>Texts that agents share: what one knows how to do, written down once.</p>
      </PageHeader>
      <ListTools noun="skills" list={list} sorts={SORTS} />
      <EntryList
        noun="skills"
        query={skills}
        narrowed={list.narrowed}
        onClear={list.clear}
        empty={
          <EmptyState title="No skills yet" action={create}>
            <p>
              A skill is a text that follows the instructions of each agent that has it: a house style, a
              check list, how a report is written. Write the first one, then give it to an agent.
            </p>
          </EmptyState>
        }
        row={(skill) => <SkillRow skill={skill} />}
      />
    </>
  );
}

function SkillRow({ skill }: { skill: Skill }) {
  const { id, name, displayName, description, category, version } = skill;
  const client = useQueryClient();
  const navigate = useNavigate();
  const title = displayName ?? name;
  return (
    <>
      <div className="row-main">
        <p className="row-title">
          <Link to={`/skills/${id}`}>{title}</Link>
          {category && <span className="tag">{category}</span>}
          {version && <span className="row-meta">{version}</span>}
        </p>
        {description && <p className="row-text">{description}</p>}
      </div>
      <div className="row-actions">
        <ActionMenu
          label={`More for ${title}`}
          actions={[
            { id: "edit", label: "Edit", onAction: () => void navigate(`/skills/${id}`) },
            { id: "duplicate", label: "Duplicate", onAction: () => void navigate(`/skills/new?from=${id}`) },
            {
              id: "delete",
              label: "Delete",
              danger: true,
              onAction: () =>
                deletions.request({
                  id,
                  name: title,
                  run: (leaving) => deleteSkill(id, leaving),
                  settled: () => void client.invalidateQueries({ queryKey: SKILLS }),
                }),
            },
          ]}
        />
      </div>
    </>
  );
}
