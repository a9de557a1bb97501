import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import type { MenuAction } from "../kit/Menu";
import { deletions } from "./deletions";

interface Deletable {
  id: string;
  name: string;
  delete(id: string, leaving: boolean): Promise<void>;
  /** The prefix of everything remembered of its kind. */
  remembered: QueryKey;
  /** The address to go to before it is deleted, where it is deleted from its own page. */
  leaveFor?: string;
}

/** Deletes an entry, with a way back. */
export function useDeleteAction(entry: Deletable): MenuAction {
  const { id, name, remembered, leaveFor } = entry;
  const client = useQueryClient();
  const navigate = useNavigate();

  async function remove(): Promise<void> {
    if (leaveFor !== undefined) await navigate(leaveFor);
    deletions.request({
      id,
      name,
      run: (leaving) => entry.delete(id, leaving),
      settled: () => void client.invalidateQueries({ queryKey: remembered }),
    });
  }

  return { id: "delete", label: "Delete", danger: true, onAction: () => void remove() };
}
