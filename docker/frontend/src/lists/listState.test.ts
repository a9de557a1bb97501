import { describe, expect, it } from "vitest";
import { changedAddress, readListState } from "./listState";

const options = { sorts: ["name:asc", "updatedAt:desc"], filters: { enabled: ["true", "false"] } };

function read(address: string) {
  return readListState(new URLSearchParams(address), options);
}

describe("readListState", () => {
  it("takes what the address says", () => {
    expect(read("page=3&search=ada&sort=updatedAt:desc&enabled=false")).toEqual({
      page: 3,
      search: "ada",
      sort: "updatedAt:desc",
      filters: { enabled: "false" },
      narrowed: true,
    });
  });

  it("goes on where the address makes no sense", () => {
    for (const page of ["0", "-1", "1.5", "x", "", "99999999999"]) {
      expect(read(`page=${page}&sort=nonsense&enabled=maybe`)).toEqual({
        page: 1,
        search: "",
        sort: "name:asc",
        filters: {},
        narrowed: false,
      });
    }
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
