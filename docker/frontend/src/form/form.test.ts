import { describe, expect, it } from "vitest";
import { changedMembers, parseNumber, parseObject } from "./parse";
import { byField } from "./useForm";

describe("parseNumber", () => {
  it("takes whole numbers within their bounds, thousands separated or not", () => {
    const bounds = { min: 1, max: 1_000_000 };
    expect(parseNumber(" 8,192 ", bounds)).toEqual({ value: 8192 });
    expect(parseNumber("", bounds)).toEqual({ value: undefined });
    for (const wrong of ["0", "1000001", "1.5", "x", "1e9"]) {
      expect(parseNumber(wrong, bounds)).toEqual({ error: "has to be a whole number from 1 to 1,000,000" });
    }
  });

  it("never takes a decimal comma for something else", () => {
    expect(parseNumber("0.25", { min: 0, max: 1, decimal: true })).toEqual({ value: 0.25 });
    expect(parseNumber("0,25", { min: 0, max: 1, decimal: true })).toEqual({
      error: "has to be a number from 0 to 1",
    });
  });
});

describe("parseObject", () => {
  it("takes objects alone", () => {
    expect(parseObject('{"a": 1}')).toEqual({ value: { a: 1 } });
    expect(parseObject("  ")).toEqual({ value: {} });
    for (const wrong of ["[1]", "null", "1", "{", '"a"']) expect(parseObject(wrong)).toHaveProperty("error");
  });
});

describe("changedMembers", () => {
  it("names what changed, and unsets what is gone", () => {
    const before = { name: "Ada", topP: 0.5, skills: ["a"], model: "haiku" };
    const after = { name: "Ada", skills: ["a", "b"], model: "opus", topP: undefined };
    expect(changedMembers<object>(before, after)).toEqual({ skills: ["a", "b"], model: "opus", topP: null });
    expect(changedMembers(before, { ...before })).toEqual({});
  });
});

describe("byField", () => {
  it("gives each field its errors and keeps the others", () => {
    const problem = {
      title: "Some fields are wrong",
      status: 422,
      errors: [
        { field: "temperature", detail: "is too hot" },
        { field: "stopSequences[0]", detail: "is empty" },
        { field: "stopSequences[1]", detail: "is double" },
        { field: "Idempotency-Key", detail: "was used" },
      ],
    };
    expect(byField(problem, ["temperature", "stopSequences"])).toEqual({
      errors: { temperature: "is too hot", stopSequences: "is empty; is double" },
      rest: {
        title: "Some fields are wrong",
        status: 422,
        errors: [{ field: "Idempotency-Key", detail: "was used" }],
      },
    });
  });
});
