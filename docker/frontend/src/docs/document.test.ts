import { describe, expect, it } from "vitest";
import { type ApiDocument, examplesOf, resolve, routesByTag, told, whole } from "./document";

const DOCUMENT: ApiDocument = {
  info: { title: "Test" },
  paths: {
    "/api/agents/{id}": {
      parameters: [{ $ref: "#/components/parameters/Id", name: "", in: "" }],
      get: { operationId: "find", tags: ["agents"], responses: {} },
      delete: {
        operationId: "remove",
        tags: ["agents"],
        parameters: [{ name: "If-Match", in: "header" }],
        responses: {},
      },
    },
    "/health": { get: { operationId: "health", responses: {} } },
  },
  components: {
    parameters: { Id: { name: "id", in: "path", required: true } },
    schemas: {
      Members: { type: "object", properties: { name: { type: "string", minLength: 1, maxLength: 100 } } },
      Agent: {
        allOf: [
          { $ref: "#/components/schemas/Members" },
          { type: "object", required: ["name"], properties: { id: { type: "string" } } },
        ],
      },
    },
  },
};

describe("the document", () => {
  it("gives each operation its path's parameters, resolved, and its own", () => {
    const routes = routesByTag(DOCUMENT);

    expect([...routes.keys()]).toEqual(["agents", "more"]);
    expect(routes.get("agents")?.map(({ method }) => method)).toEqual(["get", "delete"]);
    expect(routes.get("agents")?.[1]?.parameters.map(({ name }) => name)).toEqual(["id", "If-Match"]);
  });

  it("puts a schema's parts together", () => {
    const agent = whole(DOCUMENT, { $ref: "#/components/schemas/Agent" });

    expect(Object.keys(agent.properties ?? {})).toEqual(["name", "id"]);
    expect(agent.required).toEqual(["name"]);
  });

  it("survives a reference that leads nowhere, and one that leads to itself", () => {
    const itself: ApiDocument = {
      ...DOCUMENT,
      components: { schemas: { Loop: { $ref: "#/components/schemas/Loop" } } },
    };

    expect(resolve(DOCUMENT, { $ref: "#/components/schemas/None" }).$ref).toContain("None");
    expect(resolve(itself, { $ref: "#/components/schemas/Loop" }).$ref).toContain("Loop");
  });

  it("tells kinds and bounds", () => {
    expect(told(DOCUMENT, { type: "string", minLength: 1, maxLength: 100 })).toBe(
      "string, 1 to 100 characters",
    );
    expect(
      told(DOCUMENT, { type: "array", items: { $ref: "#/components/schemas/Agent" }, maxItems: 5 }),
    ).toBe("list of Agent, at most 5 entries");
    expect(told(DOCUMENT, { type: "integer", minimum: 1, default: 25, nullable: true })).toBe(
      "integer, at least 1, default 25, or null",
    );
  });

  it("lists the single example with the named ones", () => {
    expect(examplesOf({ example: 1, examples: { two: { value: 2 } } })).toEqual([
      ["example", 1],
      ["two", 2],
    ]);
  });
});
