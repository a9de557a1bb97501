// @vitest-environment happy-dom
import { cleanup, configure, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { ComboField, MultiComboField } from "./ComboField";
import { SearchField } from "./SearchField";
import { TagField } from "./TagField";
import { TextField } from "./TextField";

configure({ asyncUtilTimeout: 30_000 });

afterEach(cleanup);

function Model() {
  const [value, setValue] = useState("");
  const options = [
    { id: "haiku", label: "haiku" },
    { id: "opus", label: "opus" },
  ];
  return (
    <ComboField label="Model" options={options} value={value} onChange={setValue} nothing="Taken as it is" />
  );
}

function Tags({ onSubmit }: { onSubmit(): void }) {
  const [values, setValues] = useState(["END"]);
  return (
    <form onSubmit={onSubmit}>
      <TagField label="Stop sequences" value={values} onChange={setValues} />
      <button type="submit">Save</button>
    </form>
  );
}

describe("TextField", () => {
  it("is described by what is wrong with it", () => {
    render(<TextField label="Name" value="" onChange={() => undefined} error="is needed" />);
    const field = screen.getByRole("textbox", { name: "Name" });
    expect(field.getAttribute("aria-invalid")).toBe("true");
    const described = field.getAttribute("aria-describedby")?.split(" ") ?? [];
    expect(described.map((id) => document.getElementById(id)?.textContent)).toContain("is needed");
  });
});

describe("TagField", () => {
  const shown = () => screen.getAllByRole("listitem").map((item) => item.textContent);

  it("adds what is typed with Enter, once, and doesn't send the form", async () => {
    let sent = 0;
    render(
      <Tags
        onSubmit={() => {
          sent += 1;
        }}
      />,
    );
    const user = userEvent.setup();
    await user.type(screen.getByRole("textbox"), "STOP{Enter}END{Enter}");
    expect(shown()).toEqual(["END", "STOP"]);
    expect(sent).toBe(0);
  });

  it("takes what was left in the field, and removes one by its name", async () => {
    render(<Tags onSubmit={() => undefined} />);
    const user = userEvent.setup();
    await user.type(screen.getByRole("textbox"), "left");
    await user.tab();
    await user.click(screen.getByRole("button", { name: "Remove END" }));
    expect(shown()).toEqual(["left"]);
  });
});

describe("ComboField", () => {
  it("offers what fits, takes one and closes", async () => {
    render(<Model />);
    const user = userEvent.setup();
    const field = screen.getByRole<HTMLInputElement>("combobox", { name: "Model" });
    await user.type(field, "op");
    expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["opus"]);
    await user.click(screen.getByRole("option", { name: "opus" }));
    expect(field.value).toBe("opus");
    expect(screen.queryByRole("option")).toBeNull();
  });

  it("keeps what else is typed", async () => {
    render(<Model />);
    const user = userEvent.setup();
    const field = screen.getByRole<HTMLInputElement>("combobox", { name: "Model" });
    await user.type(field, "claude-next");
    await user.tab();
    expect(field.value).toBe("claude-next");
  });
});

describe("MultiComboField", () => {
  it("adds to what is chosen, whatever is offered just now", async () => {
    let chosen = ["elsewhere"];
    const options = [{ id: "a", label: "Plain language" }];
    render(
      <MultiComboField
        label="Skills"
        options={options}
        text=""
        onType={() => undefined}
        chosen={chosen}
        onChange={(ids) => {
          chosen = ids;
        }}
      />,
    );
    const user = userEvent.setup();
    await user.click(screen.getByRole("combobox", { name: "Skills" }));
    await user.click(screen.getByRole("option", { name: "Plain language" }));
    expect(chosen).toEqual(["elsewhere", "a"]);
  });
});

describe("SearchField", () => {
  it("tells what is searched once, when it is entered or cleared", async () => {
    const told: string[] = [];
    render(<SearchField label="Search agents" value="" onSearch={(text) => told.push(text)} />);
    const user = userEvent.setup();
    await user.type(screen.getByRole("searchbox", { name: "Search agents" }), " ada {Enter}");
    expect(told).toEqual(["ada"]);
    await user.click(screen.getByRole("button", { name: "Clear the search" }));
    expect(told).toEqual(["ada", ""]);
  });
});
