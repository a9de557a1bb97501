const PATHS = {
  agents:
    "M12 3v3M8 6h8a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3V9a3 3 0 0 1 3-3ZM9.5 11v1.5M14.5 11v1.5M9 21h6",
  chats: "M4 6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4a2 2 0 0 1-2-2V6Z",
  tasks: "M4 6.5 5.5 8 8.5 5M4 15.5 5.5 17l3-3M12 6.5h8M12 15.5h8",
  runs: "M7 5v14l11-7L7 5Z",
  skills: "M12 4 3 8.5 12 13l9-4.5L12 4ZM6 11v5c2.5 2.5 9.5 2.5 12 0v-5",
  servers: "M5 4h14v6H5zM5 14h14v6H5zM8.5 7h.01M8.5 17h.01",
  usage: "M5 20v-6M12 20V5M19 20v-9",
  settings: "M4 8h9M17 8h3M4 16h3M11 16h9M15 5.5v5M9 13.5v5",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  chevron: "m7 10 5 5 5-5",
  search: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM20 20l-4-4",
  cross: "m6 6 12 12M18 6 6 18",
  plus: "M12 5v14M5 12h14",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
} as const;

export type IconName = keyof typeof PATHS;

/** A sign beside or in place of words; never read out. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" data-icon={name} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
