import { Spinner } from "../kit/Loading";

/** Before the first page is there. */
export function Loading() {
  return (
    <div className="loading-page">
      <Spinner label="Loading…" />
    </div>
  );
}
