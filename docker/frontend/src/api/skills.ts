import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { paths } from "../../generated/api";
import { api, content, onlyIf, type Schemas, type Stated, stated } from "./client";

export type Skill = Schemas["Skill"];
export type SkillMembers = Schemas["SkillMembers"];
export type NewSkill = NonNullable<
  paths["/api/skills"]["post"]["requestBody"]
>["content"]["application/json"];
export type SkillListQuery = NonNullable<paths["/api/skills"]["get"]["parameters"]["query"]>;

/** The prefix of everything remembered of skills, for invalidation. */
export const SKILLS = ["skills"] as const;

export function skillsQuery(query: SkillListQuery) {
  return queryOptions({
    queryKey: [...SKILLS, "list", query],
    queryFn: ({ signal }) => content(api.GET("/skills", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function skillQuery(id: string) {
  return queryOptions({
    queryKey: [...SKILLS, "one", id],
    queryFn: ({ signal }) => stated(api.GET("/skills/{id}", { params: { path: { id } }, signal })),
  });
}

export function createSkill(body: NewSkill, key: string): Promise<Stated<Skill>> {
  return stated(api.POST("/skills", { params: { header: { "Idempotency-Key": key } }, body }));
}

export function changeSkill(id: string, body: SkillMembers, etag?: string): Promise<Stated<Skill>> {
  return stated(api.PATCH("/skills/{id}", { params: { path: { id }, header: onlyIf(etag) }, body }));
}

export async function deleteSkill(id: string, leaving: boolean): Promise<void> {
  await api.DELETE("/skills/{id}", { params: { path: { id } }, keepalive: leaving });
}
