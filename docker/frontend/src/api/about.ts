import { queryOptions } from "@tanstack/react-query";
import { api, content } from "./client";

export const aboutQuery = queryOptions({
  queryKey: ["about"],
  queryFn: ({ signal }) => content(api.GET("/about", { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});
