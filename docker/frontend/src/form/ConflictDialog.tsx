import { Button } from "../kit/Button";
import { Dialog, DialogActions } from "../kit/Dialog";

export interface Conflict {
  /** Labels of what the other one changed. */
  theirs: readonly string[];
  /** Labels of what both changed. */
  both: readonly string[];
}

interface Props {
  noun: string;
  conflict: Conflict | undefined;
  busy: boolean;
  /** Both changes stay; where both changed the same, this form's. */
  onKeepMine(): void;
  /** The form begins again with what the other one saved. */
  onTakeTheirs(): void;
  onClose(): void;
}

const list = new Intl.ListFormat("en-US");

/** Somebody else saved meanwhile. Says what, and lets the reader decide whose changes stay. */
export function ConflictDialog({ noun, conflict, busy, onKeepMine, onTakeTheirs, onClose }: Props) {
  return (
    <Dialog
      title={`This ${noun} was changed by somebody else`}
      open={conflict !== undefined}
      onClose={onClose}
      decision
    >
      {conflict && <Explanation noun={noun} conflict={conflict} />}
      <DialogActions>
        <Button tone="quiet" onPress={onClose}>
          Go on editing
        </Button>
        <Button tone="danger" onPress={onTakeTheirs}>
          Drop my changes
        </Button>
        <Button tone="primary" busy={busy} onPress={onKeepMine}>
          {conflict && conflict.both.length > 0 ? "Save mine over theirs" : "Save mine as well"}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Explanation({ noun, conflict }: { noun: string; conflict: Conflict }) {
  const { theirs, both } = conflict;
  return (
    <>
      <p>
        While you were editing, it was saved from elsewhere, so your changes were not saved yet.
        {theirs.length > 0 && <> Changed there: {list.format(theirs)}.</>}
      </p>
      {both.length > 0 ? (
        <p>
          You changed the same: <strong>{list.format(both)}</strong>. If you save yours, theirs is lost.
        </p>
      ) : (
        <p>You changed nothing that they changed, so both can stay in the {noun}.</p>
      )}
    </>
  );
}
