import type { McpServer } from "../../api/mcpServers";
import { FormSection } from "../../form/EntryForm";
import { bind, type Form } from "../../form/useForm";
import { PairsField } from "../../kit/PairsField";
import { RadioField } from "../../kit/RadioField";
import type { Option } from "../../kit/Select";
import { Switch } from "../../kit/Switch";
import { TagField } from "../../kit/TagField";
import { NumberField, TextArea, TextField } from "../../kit/TextField";
import { type McpServerValues, TRANSPORTS, type Transport } from "./mcpServerForm";

interface Props {
  form: Form<McpServerValues>;
  stored?: McpServer;
  disabled: boolean;
}

const OPTIONS: Option<Transport>[] = [
  { id: "http", label: TRANSPORTS.http },
  { id: "sse", label: TRANSPORTS.sse },
  { id: "stdio", label: TRANSPORTS.stdio },
];

function bindTo<Name extends keyof McpServerValues & string>({ form, disabled }: Props, name: Name) {
  return { ...bind(form, name), disabled };
}

/** Everything that can be said of an MCP server. */
export function McpServerFields(props: Props) {
  const { transport } = props.form.values;
  return (
    <>
      <FormSection title="What it is">
        <TextField
          label="Name"
          description="Its tools' names begin with it: files__read."
          required
          maxLength={100}
          {...bindTo(props, "name")}
        />
        <TextArea label="Description" rows={2} maxLength={2000} {...bindTo(props, "description")} />
        <Switch
          label="Switched on"
          description="Runs go without the tools of a server that is off."
          {...bindTo(props, "enabled")}
        />
      </FormSection>
      <FormSection title="How it is reached">
        <RadioField label="Transport" options={OPTIONS} {...bindTo(props, "transport")} />
        {transport === "stdio" ? <Program {...props} /> : <Address {...props} />}
        <NumberField
          label="Time to start, in seconds"
          description="From 0.5 to 120, until its tools are known. Left empty: 10."
          placeholder="10"
          decimal
          {...bindTo(props, "startupTimeoutMs")}
        />
      </FormSection>
    </>
  );
}

function Address(props: Props) {
  return (
    <>
      <TextField
        label="Address"
        description="As the service's container reaches it. Redirects are not followed."
        placeholder="https://example.com/mcp"
        type="url"
        code
        required
        maxLength={2000}
        {...bindTo(props, "url")}
      />
      <PairsField
        label="Headers"
        description="What each request carries, such as Authorization. They are stored encrypted and shown to nobody."
        noun="header"
        stored={props.stored?.headerNames ?? []}
        {...bindTo(props, "headers")}
      />
    </>
  );
}

function Program(props: Props) {
  return (
    <>
      <TextField
        label="Program"
        description="An absolute path inside the service's container, one of those in the operator's MCP_STDIO_COMMANDS."
        placeholder="/usr/bin/example-mcp"
        code
        required
        {...bindTo(props, "command")}
      />
      <TagField
        label="Arguments"
        description="Each on its own, in this order. They are no secret."
        maxLength={2000}
        {...bindTo(props, "args")}
      />
      <PairsField
        label="Environment"
        description="All of the program's environment but PATH. It is stored encrypted and shown to nobody."
        noun="variable"
        stored={props.stored?.envNames ?? []}
        {...bindTo(props, "env")}
      />
    </>
  );
}
