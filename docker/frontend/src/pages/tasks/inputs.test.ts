import { describe, expect, it } from "vitest";
import { inputValuesOf, missingInputs, placeholdersOf, typedInputs } from "./inputs";

describe("placeholdersOf", () => {
  it("finds each once, with blanks or without", () => {
    expect(placeholdersOf("Greet {{name}} in {{ city }}, {{name}}. {{_a.b-1}}")).toEqual([
      "name",
      "city",
      "_a.b-1",
    ]);
  });

  it("passes over what is none", () => {
    expect(placeholdersOf("{name} {{1st}} {{two words}} {{}} {{unclosed")).toEqual([]);
  });
});

describe("inputValuesOf", () => {
  const before = { times: 2, loud: true, name: "Ada" };

  it("keeps the type of a value that was not touched", () => {
    const typed = typedInputs(before);
    expect(inputValuesOf(["times", "loud", "name"], typed, before)).toEqual(before);
    expect(inputValuesOf(["times"], { ...typed, times: "3" }, before)).toEqual({ times: "3" });
  });

  it("leaves out what is empty, and what the prompt no longer asks for", () => {
    expect(inputValuesOf(["name", "city"], { name: "Ada", city: "", gone: "x" }, null)).toEqual({
      name: "Ada",
    });
  });

  it("isn't fooled by names that every object has", () => {
    expect(inputValuesOf(["constructor"], {}, {})).toEqual({});
    expect(missingInputs(["constructor"], {})).toEqual(["constructor"]);
  });
});
