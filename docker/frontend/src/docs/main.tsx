import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/source-serif-4/opsz.css";
import "../style/index.css";
import "./docs.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiPage } from "./ApiPage";

const root = document.getElementById("root");
if (root === null) throw new Error("docs.html has no #root to render into");

createRoot(root).render(
  <StrictMode>
    <ApiPage />
  </StrictMode>,
);
