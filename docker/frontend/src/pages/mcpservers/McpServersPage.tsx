import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import {
  changeMcpServer,
  deleteMcpServer,
  MCP_SERVERS,
  type McpServer,
  mcpServersQuery,
} from "../../api/mcpServers";
import { toProblem } from "../../api/problem";
import { PageHeader } from "../../app/PageHeader";
import { useIsAdministrator } from "../../app/user";
import { ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { ActionMenu } from "../../kit/Menu";
import type { Option } from "../../kit/Select";
import { toasts } from "../../kit/toasts";
import { deletions } from "../../lists/deletions";
import { EntryList } from "../../lists/EntryList";
import { Filter, ListTools } from "../../lists/ListTools";
import { useListState } from "../../lists/listState";
import { TRANSPORTS } from "./mcpServerForm";

const SORTS: Option[] = [
  { id: "name:asc", label: "By name" },
  { id: "transport:asc", label: "By transport" },
  { id: "updatedAt:desc", label: "Last changed first" },
];
const LIST = {
  sorts: SORTS.map(({ id }) => id),
  filters: { disabled: ["true", "false"] },
};

export function Component() {
  const list = useListState(LIST);
  const { page, sort, search, filters } = list;
  const mayChange = useIsAdministrator();
  const servers = useQuery(
    mcpServersQuery({
      page,
      sort,
      ...(search && { search }),
      ...(filters.disabled && { disabled: filters.disabled === "true" }),
    }),
  );
  const create = mayChange && (
    <ButtonLink to="/mcp-servers/new" tone="primary">
      New MCP server
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title="MCP servers" actions={create}>
        <p>
          Where agents' tools come from.{!mayChange && " Administrators set them up; you can look at them."}
        </p>
      </PageHeader>
      <ListTools noun="MCP servers" list={list} sorts={SORTS}>
        <Filter
          label="Which MCP servers"
          options={[
            { id: "all", label: "On and off" },
            { id: "false", label: "Switched on" },
            { id: "true", label: "Switched off" },
          ]}
          value={filters.disabled}
          onChange={(disabled) => list.change({ disabled })}
        />
      </ListTools>
      <EntryList
        noun="MCP servers"
        query={servers}
        narrowed={list.narrowed}
        onClear={list.clear}
        empty={
          <EmptyState title="No MCP servers yet" action={create}>
            <p>
              A server that speaks the Model Context Protocol gives agents tools: to search, to read files, to
              ask another system.{" "}
              {mayChange
                ? "Set one up by its address, see here whether it answers, then give it to an agent."
                : "An administrator can set one up."}
            </p>
          </EmptyState>
        }
        row={(server) => <McpServerRow server={server} mayChange={mayChange} />}
      />
    </>
  );
}

function McpServerRow({ server, mayChange }: { server: McpServer; mayChange: boolean }) {
  const { id, name, description, transport, url, command, disabled } = server;
  return (
    <>
      <div className="row-main">
        <p className="row-title">
          <Link to={`/mcp-servers/${id}`}>{name}</Link>
          <span className="tag">{TRANSPORTS[transport]}</span>
          {disabled && <span className="tag tag-warn">off</span>}
        </p>
        <p className="row-text">{description ?? url ?? command}</p>
      </div>
      {mayChange && (
        <div className="row-actions">
          <McpServerMenu server={server} />
        </div>
      )}
    </>
  );
}

function McpServerMenu({ server: { id, name, disabled } }: { server: McpServer }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const refresh = () => void client.invalidateQueries({ queryKey: MCP_SERVERS });
  const turn = useMutation({
    mutationFn: (off: boolean) => changeMcpServer(id, { disabled: off }),
    onSuccess: (_, off) => toasts.show(`“${name}” is switched ${off ? "off" : "on"}`),
    onError: (error) =>
      toasts.show(`“${name}” was not changed. ${toProblem(error).detail ?? ""}`, { tone: "problem" }),
    onSettled: refresh,
  });
  return (
    <ActionMenu
      label={`More for ${name}`}
      actions={[
        { id: "edit", label: "Edit", onAction: () => void navigate(`/mcp-servers/${id}`) },
        { id: "turn", label: disabled ? "Switch on" : "Switch off", onAction: () => turn.mutate(!disabled) },
        {
          id: "delete",
          label: "Delete",
          danger: true,
          onAction: () =>
            deletions.request({ id, name, run: (leaving) => deleteMcpServer(id, leaving), settled: refresh }),
        },
      ]}
    />
  );
}
