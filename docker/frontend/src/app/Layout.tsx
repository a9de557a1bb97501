import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link, Outlet, ScrollRestoration, useLocation, useNavigation } from "react-router";
import { aboutQuery } from "../api/about";
import { IconButton } from "../kit/Button";
import { Icon } from "../kit/Icon";
import { Navigation } from "./Navigation";

/** The frame of every page: navigation beside it, or behind a button where the window is narrow. */
export function Layout() {
  const about = useQuery(aboutQuery).data;
  const moving = useNavigation().state !== "idle";
  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <div className="progress" data-busy={moving} aria-hidden="true" />
      <div className="layout">
        <header className="sidebar">
          <Link className="brand" to="/">
            Claude Agent UI
          </Link>
          <NarrowMenu />
          <div className="wide-menu">
            <Navigation {...(about?.version && { version: about.version })} />
          </div>
        </header>
        <div className="content">
          {about?.demoMode && (
            <aside className="demo" aria-label="Demo mode">
              <strong>Demo mode.</strong> Answers come from a stand-in, not from Claude, and cost nothing.
            </aside>
          )}
          <main id="main" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
      </div>
      <ScrollRestoration />
    </>
  );
}

/** The browser's own modal dialog: it keeps the focus, closes on Escape, and costs no code. */
function NarrowMenu() {
  const [open, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const { pathname } = useLocation();

  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: it closes when another page is gone to
  useEffect(() => setOpen(false), [pathname]);

  return (
    <div className="narrow-menu">
      <IconButton label="Menu" onPress={() => setOpen(true)}>
        <Icon name="menu" />
      </IconButton>
      <dialog ref={dialog} className="drawer" aria-label="Menu" onClose={() => setOpen(false)}>
        {open && (
          <>
            <IconButton label="Close the menu" onPress={() => setOpen(false)}>
              <Icon name="cross" />
            </IconButton>
            <Navigation />
          </>
        )}
      </dialog>
    </div>
  );
}
