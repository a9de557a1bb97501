import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "../kit/Button";
import { ProblemNotice } from "../kit/ProblemNotice";
import { ConflictDialog } from "./ConflictDialog";
import { UnsavedChanges } from "./UnsavedChanges";
import type { Editor } from "./useEditor";

interface Props {
  noun: string;
  editor: Editor<{ id: string }, object>;
  /** There is none yet: the form makes one. */
  isNew: boolean;
  /** Where a new one is looked at, by its id. */
  pathOf(id: string): string;
  children: ReactNode;
}

/** The frame of a form that edits an entry: its problems, what to do with it, and nothing lost on the way. */
export function EntryForm({ noun, editor, isNew, pathOf, children }: Props) {
  const { form, busy, problem, conflict } = editor;
  const [createdId, setCreatedId] = useState<string>();
  const element = useRef<HTMLFormElement>(null);
  const navigate = useNavigate();

  // Once nothing is unsaved any longer, which is only seen after a render.
  useEffect(() => {
    if (createdId !== undefined) void navigate(pathOf(createdId), { replace: true });
  }, [createdId, navigate, pathOf]);

  useEffect(() => {
    if (Object.keys(form.errors).length === 0) return;
    element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form.errors]);

  async function save(event: FormEvent) {
    event.preventDefault();
    const saved = await editor.save();
    if (isNew && saved) setCreatedId(saved.id);
  }

  return (
    <>
      <form className="entry-form" ref={element} onSubmit={(event) => void save(event)} noValidate>
        {children}
        <div className="form-foot">
          {problem && <ProblemNotice problem={problem} />}
          <div className="form-actions">
            <p className="hint" role="status">
              {!isNew && form.dirty && "Not saved yet"}
            </p>
            <Button type="submit" tone="primary" busy={busy} disabled={!isNew && !form.dirty}>
              {isNew ? `Create the ${noun}` : "Save"}
            </Button>
          </div>
        </div>
      </form>
      <UnsavedChanges dirty={form.dirty && createdId === undefined} />
      <ConflictDialog
        noun={noun}
        conflict={conflict}
        busy={busy}
        onKeepMine={() => void editor.keepMine()}
        onTakeTheirs={editor.takeTheirs}
        onClose={editor.decideLater}
      />
    </>
  );
}

/** A group of fields that belong together. */
export function FormSection({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  return (
    <fieldset className="form-section">
      <legend className="form-section-title">{title}</legend>
      {description && <p className="form-section-text">{description}</p>}
      <div className="form-section-fields">{children}</div>
    </fieldset>
  );
}
