import { useQuery } from "@tanstack/react-query";
import { reachability } from "../api/reachability";

/** Which part answers, for whoever has to do something about it. */
export function Reach() {
  const { data } = useQuery({ queryKey: ["reachability"], queryFn: reachability, staleTime: 0 });
  if (data === undefined) return null;
  return (
    <ul className="reach">
      <li data-up={data.service}>The service {data.service ? "answers" : "does not answer"}</li>
      <li data-up={data.strapi}>Strapi {data.strapi ? "answers" : "does not answer"}</li>
    </ul>
  );
}
