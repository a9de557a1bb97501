import { useEffect } from "react";
import { useBlocker } from "react-router";
import { Button } from "../kit/Button";
import { Dialog, DialogActions } from "../kit/Dialog";

/** Asks before a page with changes that are not saved is left, whichever way. */
export function UnsavedChanges({ dirty }: { dirty: boolean }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname,
  );

  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [dirty]);

  const stay = () => blocker.reset?.();
  return (
    <Dialog title="Leave without saving?" open={blocker.state === "blocked"} onClose={stay} decision>
      <p>What you changed on this page is not saved yet, and would be lost.</p>
      <DialogActions>
        <Button tone="danger" onPress={() => blocker.proceed?.()}>
          Leave and lose it
        </Button>
        <Button tone="primary" onPress={stay} autoFocus>
          Stay here
        </Button>
      </DialogActions>
    </Dialog>
  );
}
