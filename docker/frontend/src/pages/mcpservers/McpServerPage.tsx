import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import type { Stated } from "../../api/client";
import { deleteMcpServer, MCP_SERVERS, type McpServer, mcpServerQuery } from "../../api/mcpServers";
import { PageHeader } from "../../app/PageHeader";
import { PageProblem } from "../../app/PageProblem";
import { useIsAdministrator } from "../../app/user";
import { EntryForm } from "../../form/EntryForm";
import { useEditor } from "../../form/useEditor";
import { formatTime } from "../../kit/format";
import { Skeleton } from "../../kit/Loading";
import { ActionMenu } from "../../kit/Menu";
import { useDeleteAction } from "../../lists/useDeleteAction";
import { ConnectionCheck } from "./ConnectionCheck";
import { McpServerFields } from "./McpServerFields";
import { mcpServerKind, NEW_MCP_SERVER } from "./mcpServerForm";

const pathOf = (id: string) => `/mcp-servers/${id}`;

/** An MCP server that there is: to be looked at, and by administrators checked and changed. */
export function Component() {
  const { id = "" } = useParams();
  const server = useQuery(mcpServerQuery(id));
  if (server.data) return <EditMcpServer key={id} server={server.data} />;
  if (server.isError) {
    return <PageProblem error={server.error} noun="MCP server" retry={() => void server.refetch()} />;
  }
  return <Skeleton label="Loading the MCP server…" rows={6} />;
}

function EditMcpServer({ server }: { server: Stated<McpServer> }) {
  const mayChange = useIsAdministrator();
  const editor = useEditor(mcpServerKind, server, NEW_MCP_SERVER);
  const { name, disabled, updatedAt } = server.value;
  const fields = <McpServerFields form={editor.form} stored={server.value} disabled={!mayChange} />;
  return (
    <>
      <PageHeader
        title={name}
        aside={disabled && <span className="tag tag-warn">off</span>}
        actions={mayChange && <McpServerMenu server={server.value} />}
      >
        <p className="hint">
          Last changed {formatTime(updatedAt)}
          {!mayChange && ". Only administrators can change it."}
        </p>
      </PageHeader>
      {mayChange ? (
        <>
          <ConnectionCheck id={server.value.id} unsaved={editor.form.dirty} />
          <EntryForm noun="MCP server" editor={editor} isNew={false} pathOf={pathOf}>
            {fields}
          </EntryForm>
        </>
      ) : (
        <div className="entry-form">{fields}</div>
      )}
    </>
  );
}

function McpServerMenu({ server: { id, name } }: { server: McpServer }) {
  const remove = useDeleteAction({
    id,
    name,
    delete: deleteMcpServer,
    remembered: MCP_SERVERS,
    leaveFor: "/mcp-servers",
  });
  return <ActionMenu label={`More for ${name}`} actions={[remove]} />;
}

export function NewMcpServerPage() {
  const mayChange = useIsAdministrator();
  const editor = useEditor(mcpServerKind, undefined, NEW_MCP_SERVER);
  if (!mayChange) {
    return (
      <PageHeader title="New MCP server">
        <p>Only administrators set up MCP servers. Ask yours for the one that you need.</p>
      </PageHeader>
    );
  }
  return (
    <>
      <PageHeader title="New MCP server" />
      <EntryForm noun="MCP server" editor={editor} isNew pathOf={pathOf}>
        <McpServerFields form={editor.form} disabled={false} />
      </EntryForm>
    </>
  );
}
