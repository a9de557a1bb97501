import { describe, expect, it } from "vitest";
import { changedAddress, type ListKind, readListState } from "./listState";

const KIND: ListKind<"enabled"> = {
  noun: "agents",
  searchable: true,
  sorts: [
    { id: "name:asc", label: "By name" },
    { id: "updatedAt:desc", label: "Last changed first" },
  ],
  filters: [
    {
      name: "enabled",
      label: "Which agents",
      options: [
        { id: "all", label: "On and off" },
        { id: "true", label: "Switched on" },
        { id: "false", label: "Switched off" },
      ],
    },
  ],
  ofAgents: true,
};

function read(address: string, kind = KIND) {
  return readListState(new URLSearchParams(address), kind);
}

describe("readListState", () => {
  it("takes what the address says", () => {
    expect(read("page=3&search=ada&sort=updatedAt:desc&enabled=false&agent=a1")).toEqual({
      page: 3,
      search: "ada",
      sort: "updatedAt:desc",
      agent: "a1",
      filters: { enabled: "false" },
      narrowed: true,
    });
  });

  it("goes on where the address makes no sense", () => {
    for (const page of ["0", "-1", "1.5", "x", "", "99999999999"]) {
      expect(read(`page=${page}&sort=nonsense&enabled=maybe&agent=../a1`)).toEqual({
        page: 1,
        search: "",
        sort: "name:asc",
        agent: undefined,
        filters: {},
        narrowed: false,
      });
    }
  });

  it("takes no filter's first choice, and nothing that the list can't be narrowed by, for a narrowing", () => {
    const whole = { ...KIND, searchable: false, ofAgents: false };
    expect(read("enabled=all").narrowed).toBe(false);
    expect(read("search=ada&agent=a1", whole).narrowed).toBe(false);
  });
});

describe("changedAddress", () => {
  it("goes back to the first page with another question", () => {
    expect(changedAddress(new URLSearchParams("page=4&sort=name:asc"), { search: "x" }).toString()).toBe(
      "sort=name%3Aasc&search=x",
    );
  });

  it("leaves out what is no longer said", () => {
    expect(
      changedAddress(new URLSearchParams("search=x&enabled=true"), {
        search: "",
        enabled: undefined,
      }).toString(),
    ).toBe("");
  });
});
