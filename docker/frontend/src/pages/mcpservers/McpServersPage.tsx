import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import {
  changeMcpServer,
  deleteMcpServer,
  MCP_SERVERS,
  type McpServer,
  mcpServersQuery,
} from "../../api/mcpServers";
import { useIsAdministrator } from "../../app/user";
import { ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { ActionMenu } from "../../kit/Menu";
import { EntryRow } from "../../lists/EntryRow";
import { ListPage } from "../../lists/ListPage";
import { type ListKind, useListState } from "../../lists/listState";
import { useDeleteAction } from "../../lists/useDeleteAction";
import { useSwitchAction } from "../../lists/useSwitchAction";
import { TRANSPORTS } from "./mcpServerForm";

const LIST: ListKind<"disabled"> = {
  noun: "MCP servers",
  searchable: true,
  sorts: [
    { id: "name:asc", label: "By name" },
    { id: "transport:asc", label: "By transport" },
    { id: "updatedAt:desc", label: "Last changed first" },
  ],
  filters: [
    {
      name: "disabled",
      label: "Which MCP servers",
      options: [
        { id: "all", label: "On and off" },
        { id: "false", label: "Switched on" },
        { id: "true", label: "Switched off" },
      ],
    },
  ],
  ofAgents: false,
};

export function Component() {
  const list = useListState(LIST);
  const { disabled } = list.filters;
  const mayChange = useIsAdministrator();
  const servers = useQuery(
    mcpServersQuery({ ...list.asked, ...(disabled && { disabled: disabled === "true" }) }),
  );
  const create = mayChange && (
    <ButtonLink to="/mcp-servers/new" tone="primary">
      New MCP server
    </ButtonLink>
  );
  return (
    <ListPage
      title="MCP servers"
      about={
        <p>
          Where agents' tools come from.{!mayChange && " Administrators set them up; you can look at them."}
        </p>
      }
      actions={create}
      list={list}
      query={servers}
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
  );
}

function McpServerRow({ server, mayChange }: { server: McpServer; mayChange: boolean }) {
  const { id, name, description, transport, url, command, disabled } = server;
  return (
    <EntryRow
      to={`/mcp-servers/${id}`}
      title={name}
      marks={
        <>
          <span className="tag">{TRANSPORTS[transport]}</span>
          {disabled && <span className="tag tag-warn">off</span>}
        </>
      }
      actions={mayChange && <McpServerMenu server={server} />}
    >
      <p className="row-text">{description ?? url ?? command}</p>
    </EntryRow>
  );
}

function McpServerMenu({ server: { id, name, disabled } }: { server: McpServer }) {
  const navigate = useNavigate();
  const turn = useSwitchAction({
    name,
    on: !disabled,
    turn: (on) => changeMcpServer(id, { disabled: !on }),
    remembered: MCP_SERVERS,
  });
  const remove = useDeleteAction({ id, name, delete: deleteMcpServer, remembered: MCP_SERVERS });
  return (
    <ActionMenu
      label={`More for ${name}`}
      actions={[
        { id: "edit", label: "Edit", onAction: () => void navigate(`/mcp-servers/${id}`) },
        turn,
        remove,
      ]}
    />
  );
}
