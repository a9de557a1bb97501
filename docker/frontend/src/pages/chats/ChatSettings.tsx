import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { CHATS, type Chat, changeChat, chatQuery } from "../../api/chats";
import type { Stated } from "../../api/client";
import { ProblemError, toProblem } from "../../api/problem";
import { byField } from "../../form/useForm";
import { Button } from "../../kit/Button";
import { Dialog, DialogActions } from "../../kit/Dialog";
import { ProblemNotice } from "../../kit/ProblemNotice";
import { TextField } from "../../kit/TextField";
import { ChatAgentField, choicesOf, InstructionFields } from "./ChatFields";

const FIELDS = ["title", "agent", "skills", "customSystemPrompt"];

/** Changes a chat's title and what holds from its next turn on. */
export function ChatSettings(props: { chat: Stated<Chat>; open: boolean; onClose(): void }) {
  return (
    <Dialog title="Settings of this chat" open={props.open} onClose={props.onClose} wide>
      <SettingsForm chat={props.chat} onDone={props.onClose} />
    </Dialog>
  );
}

function SettingsForm({ chat, onDone }: { chat: Stated<Chat>; onDone(): void }) {
  const { id } = chat.value;
  const [title, setTitle] = useState(chat.value.title);
  const [choices, setChoices] = useState(() => choicesOf(chat.value));
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      changeChat(
        id,
        {
          title: title.trim(),
          ...(choices.agent && { agent: choices.agent }),
          skills: choices.skills,
          customSystemPrompt: choices.customSystemPrompt.trim() || null,
        },
        chat.etag,
      ),
    onSuccess: (changed) => {
      client.setQueryData(chatQuery(id).queryKey, changed);
      void client.invalidateQueries({ queryKey: [...CHATS, "list"] });
      onDone();
    },
    onError: (error) => {
      if (error instanceof ProblemError && error.problem.status === 412) {
        void client.invalidateQueries({ queryKey: chatQuery(id).queryKey });
      }
    },
  });
  const refused = save.isError ? byField(toProblem(save.error), FIELDS) : undefined;
  const errors = refused?.errors ?? {};
  const shared = { choices, errors, onChange: setChoices };

  function submit(event: FormEvent) {
    event.preventDefault();
    if (title.trim() !== "") save.mutate();
  }

  return (
    <form className="dialog-form" onSubmit={submit} noValidate>
      <TextField
        label="Title"
        required
        maxLength={200}
        value={title}
        onChange={setTitle}
        error={title.trim() === "" ? "A chat needs a title" : errors["title"]}
      />
      <ChatAgentField {...shared} />
      <InstructionFields {...shared} />
      {refused && <ProblemNotice problem={refused.rest} />}
      <DialogActions>
        <Button onPress={onDone}>Cancel</Button>
        <Button type="submit" tone="primary" busy={save.isPending}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}
