import { createContext, useContext } from 'react';
import { createFormat, type Format } from './format.ts';

const cache = new Map<string, Format>();

/** The formats for main's chosen time zone in the user's locale; the same object for the same zone. */
export function formatFor(timeZone: string): Format {
  let format = cache.get(timeZone);
  if (format === undefined) {
    format = createFormat(navigator.language, timeZone);
    cache.set(timeZone, format);
  }
  return format;
}

/** Carries the formats of the shown payload; until the first one, those of the machine's zone. */
export const FormatContext = createContext<Format | null>(null);

/** The formats in force for a component. */
export function useFormat(): Format {
  return useContext(FormatContext) ?? formatFor(Intl.DateTimeFormat().resolvedOptions().timeZone);
}
