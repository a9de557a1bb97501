// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { checkPasswords } from "./PasswordForm";

const check = (newPassword: string, repeated = newPassword) =>
  Object.keys(checkPasswords({ currentPassword: "present", newPassword, repeated }));

describe("checkPasswords", () => {
  it("takes ten characters up to 72 bytes, said twice", () => {
    expect(check("1234567890")).toEqual([]);
    expect(check("123456789")).toEqual(["newPassword"]);
    expect(check("é".repeat(36))).toEqual([]);
    expect(check("é".repeat(37))).toEqual(["newPassword"]);
    expect(check("1234567890", "1234567891")).toEqual(["repeated"]);
  });
});
