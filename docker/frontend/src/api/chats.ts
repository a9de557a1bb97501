import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { paths } from "../../generated/api";
import { api, content, type Schemas, type Stated, stated } from "./client";

export type Chat = Schemas["Chat"];
export type ChatMembers = Schemas["ChatMembers"];
export type ChatMessage = Schemas["ChatMessage"];
export type NewChat = NonNullable<paths["/api/chats"]["post"]["requestBody"]>["content"]["application/json"];
export type ChatListQuery = NonNullable<paths["/api/chats"]["get"]["parameters"]["query"]>;

/** The prefix of everything remembered of chats, for invalidation. */
export const CHATS = ["chats"] as const;

const MESSAGES_A_PAGE = 30;
const MOST_PAGES = 200;

export function chatsQuery(query: ChatListQuery) {
  return queryOptions({
    queryKey: [...CHATS, "list", query],
    queryFn: ({ signal }) => content(api.GET("/chats", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function chatQuery(id: string) {
  return queryOptions({
    queryKey: [...CHATS, "one", id],
    queryFn: ({ signal }) => stated(api.GET("/chats/{id}", { params: { path: { id } }, signal })),
  });
}

function messagesPage(
  id: string,
  query: { page: number; pageSize: number; sort: string },
  signal?: AbortSignal,
) {
  return content(
    api.GET("/chats/{id}/messages", { params: { path: { id }, query }, ...(signal && { signal }) }),
  );
}

/** What was said, the latest first, a page at a time. */
export function messagesQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...CHATS, "messages", id],
    queryFn: ({ pageParam, signal }) =>
      messagesPage(id, { page: pageParam, pageSize: MESSAGES_A_PAGE, sort: "createdAt:desc" }, signal),
    initialPageParam: 1,
    getNextPageParam: ({ meta }) => (meta.page * meta.pageSize < meta.total ? meta.page + 1 : undefined),
  });
}

/** All that was said, from the beginning. */
export async function allMessages(id: string): Promise<ChatMessage[]> {
  const messages: ChatMessage[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data, meta } = await messagesPage(id, { page, pageSize: 100, sort: "createdAt:asc" });
    messages.push(...data);
    if (messages.length >= meta.total || data.length === 0) break;
  }
  return messages;
}

export function createChat(body: NewChat, key: string): Promise<Stated<Chat>> {
  return stated(api.POST("/chats", { params: { header: { "Idempotency-Key": key } }, body }));
}

/** Changes what is named, whatever was said meanwhile: a chat has one owner, and each message gives it another state. */
export function changeChat(id: string, body: ChatMembers): Promise<Stated<Chat>> {
  return stated(api.PATCH("/chats/{id}", { params: { path: { id } }, body }));
}

export async function deleteChat(id: string, leaving: boolean): Promise<void> {
  await api.DELETE("/chats/{id}", { params: { path: { id } }, keepalive: leaving });
}

/** Deletes a message and all that came after it. */
export async function deleteMessagesFrom(id: string, messageId: string): Promise<void> {
  await api.DELETE("/chats/{id}/messages/{messageId}", { params: { path: { id, messageId } } });
}
