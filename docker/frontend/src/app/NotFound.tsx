import { ButtonLink } from "../kit/Button";
import { PageHeader } from "./PageHeader";

export function NotFound() {
  return (
    <>
      <PageHeader title="Nothing here">
        <p>No page has this address. It may be mistyped, or what it showed was deleted.</p>
      </PageHeader>
      <ButtonLink to="/agents">Go to the agents</ButtonLink>
    </>
  );
}
