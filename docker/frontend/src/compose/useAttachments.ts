import { useCallback, useState } from "react";
import { type Attached, readFile, withAnother } from "./attachments";

export interface Attachments {
  attached: readonly Attached[];
  /** Why files were left out. */
  complaints: readonly string[];
  reading: boolean;
  add(files: Iterable<File>): Promise<void>;
  remove(key: string): void;
  reset(attached?: readonly Attached[]): void;
}

const NOTHING = { attached: [] as readonly Attached[], complaints: [] as readonly string[] };

/** The files of a message that is being written. */
export function useAttachments(initial: readonly Attached[] = []): Attachments {
  const [state, setState] = useState({ ...NOTHING, attached: initial });
  const [reading, setReading] = useState(0);

  const add = useCallback(async (files: Iterable<File>) => {
    setState(({ attached }) => ({ attached, complaints: [] }));
    setReading((count) => count + 1);
    for (const file of files) {
      try {
        const read = await readFile(file);
        setState(({ attached, complaints }) => {
          const next = withAnother(attached, read);
          return {
            attached: next.attached,
            complaints: next.complaint === undefined ? complaints : [...complaints, next.complaint],
          };
        });
      } catch (error) {
        const complaint = error instanceof Error ? error.message : String(error);
        setState(({ attached, complaints }) => ({ attached, complaints: [...complaints, complaint] }));
      }
    }
    setReading((count) => count - 1);
  }, []);

  const remove = useCallback((key: string) => {
    setState(({ attached }) => ({ attached: attached.filter((file) => file.key !== key), complaints: [] }));
  }, []);

  const reset = useCallback((attached: readonly Attached[] = []) => {
    setState({ ...NOTHING, attached });
  }, []);

  return { ...state, reading: reading > 0, add, remove, reset };
}
