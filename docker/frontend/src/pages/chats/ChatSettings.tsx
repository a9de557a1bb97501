import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { CHATS, type Chat, type ChatMembers, changeChat, chatQuery } from "../../api/chats";
import { toProblem } from "../../api/problem";
import { byField } from "../../form/useForm";
import { Button } from "../../kit/Button";
import { Dialog, DialogActions } from "../../kit/Dialog";
import { ProblemNotice } from "../../kit/ProblemNotice";
import { TextField } from "../../kit/TextField";
import { ChatAgentField, type ChatChoices, choicesOf, InstructionFields } from "./ChatFields";

const FIELDS = ["title", "agent", "skills", "customSystemPrompt"];

/** What of the settings is another than it was: nothing else is sent, so that another tab's changes stay. */
export function changedSettings(chat: Chat, title: string, choices: ChatChoices): ChatMembers {
  const before = choicesOf(chat);
  return {
    ...(title.trim() !== chat.title && { title: title.trim() }),
    ...(choices.agent && choices.agent !== before.agent && { agent: choices.agent }),
    ...(choices.skills.join() !== before.skills.join() && { skills: choices.skills }),
    ...(choices.customSystemPrompt !== before.customSystemPrompt && {
      customSystemPrompt: choices.customSystemPrompt.trim() || null,
    }),
  };
}

/** Changes a chat's title and what holds from its next turn on. */
export function ChatSettings(props: { chat: Chat; open: boolean; onClose(): void }) {
  return (
    <Dialog title="Settings of this chat" open={props.open} onClose={props.onClose} wide>
      <SettingsForm chat={props.chat} onDone={props.onClose} />
    </Dialog>
  );
}

function SettingsForm({ chat, onDone }: { chat: Chat; onDone(): void }) {
  const { id } = chat;
  // What was there when the form was opened: what others changed since is no change of whoever fills it in.
  const [before] = useState(chat);
  const [title, setTitle] = useState(chat.title);
  const [choices, setChoices] = useState(() => choicesOf(chat));
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (changes: ChatMembers) => changeChat(id, changes),
    onSuccess: (changed) => {
      client.setQueryData(chatQuery(id).queryKey, changed);
      void client.invalidateQueries({ queryKey: [...CHATS, "list"] });
      onDone();
    },
  });
  const refused = save.isError ? byField(toProblem(save.error), FIELDS) : undefined;
  const errors = refused?.errors ?? {};
  const shared = { choices, errors, onChange: setChoices };

  function submit(event: FormEvent) {
    event.preventDefault();
    const changes = changedSettings(before, title, choices);
    if (title.trim() === "") return;
    if (Object.keys(changes).length === 0) onDone();
    else save.mutate(changes);
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
