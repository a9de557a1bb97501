import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { tell } from "../app/tell";
import type { MenuAction } from "../kit/Menu";
import { toasts } from "../kit/toasts";

interface Switched {
  name: string;
  on: boolean;
  turn(on: boolean): Promise<unknown>;
  /** The prefix of everything remembered of its kind. */
  remembered: QueryKey;
}

/** Switches an entry on or off. */
export function useSwitchAction({ name, on, turn, remembered }: Switched): MenuAction {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: turn,
    onSuccess: (_, to) => toasts.show(`“${name}” is switched ${to ? "on" : "off"}`),
    onError: (error) => tell(`“${name}” was not changed.`, error),
    onSettled: () => void client.invalidateQueries({ queryKey: remembered }),
  });
  return { id: "turn", label: on ? "Switch off" : "Switch on", onAction: () => mutate(!on) };
}
