import { Button, IconButton } from "./Button";
import { Icon } from "./Icon";
import { type Toast, toasts, useToasts } from "./toasts";

/** Always in the page, so that what appears in it is read out. */
export function ToastRegion() {
  const shown = useToasts();
  return (
    <section className="toasts" aria-label="Notifications">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: being there only stops the clock. */}
      <div
        className="toast-stack"
        aria-live="polite"
        aria-relevant="additions"
        onPointerEnter={() => toasts.hold()}
        onPointerLeave={() => toasts.release()}
        onFocus={() => toasts.hold()}
        onBlur={() => toasts.release()}
      >
        {shown.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </div>
    </section>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const { action } = toast;
  return (
    <div className="toast" data-tone={toast.tone}>
      <p>{toast.message}</p>
      {action && (
        <Button
          tone="quiet"
          onPress={() => {
            toasts.dismiss(toast.id);
            action.onPress();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Dismiss" onPress={() => toasts.close(toast.id)}>
        <Icon name="cross" />
      </IconButton>
    </div>
  );
}
