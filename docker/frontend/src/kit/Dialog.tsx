import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";

export interface DialogProps {
  title: string;
  open: boolean;
  onClose(): void;
  children: ReactNode;
  /** Asks for a decision: a press beside it doesn't close it. */
  decision?: boolean;
  wide?: boolean;
}

/** Focus stays inside while it is open and goes back to where it was; Escape closes it. */
export function Dialog({ title, open, onClose, children, decision = false, wide = false }: DialogProps) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen={open}
      isDismissable={!decision}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className={wide ? "dialog-frame dialog-wide" : "dialog-frame"}>
        <AriaDialog className="dialog" role={decision ? "alertdialog" : "dialog"}>
          <Heading slot="title" className="dialog-title">
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The row of a dialog's buttons; the one to be taken most often stands last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="dialog-actions">{children}</div>;
}
