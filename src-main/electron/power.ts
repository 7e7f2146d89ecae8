/** Tells when the machine falls asleep and wakes, so that timers need not guess. */

/** As much of `powerMonitor` as is listened to. */
export interface PowerMonitorLike {
  on(event: 'suspend' | 'resume', listener: () => void): unknown;
  removeListener(event: 'suspend' | 'resume', listener: () => void): unknown;
}

/** Calls back on sleep and on waking; the returned function ends it. */
export function watchPower(
  monitor: PowerMonitorLike,
  { onSleep, onWake }: { readonly onSleep: () => void; readonly onWake: () => void },
): () => void {
  monitor.on('suspend', onSleep);
  monitor.on('resume', onWake);
  return () => {
    monitor.removeListener('suspend', onSleep);
    monitor.removeListener('resume', onWake);
  };
}
