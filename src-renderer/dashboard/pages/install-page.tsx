import { useInstall, useInstallPlan, useMove, usePlace, useTestEvent } from '../../data/queries.ts';
import { InstallView } from '../../features/install/install-view.tsx';
import { opener, type PageProps, useReading } from '../page-props.ts';

/** The install page: the plan, consent, and a test event afterwards. */
export function InstallPage(props: PageProps) {
  const shown = useInstallPlan();
  const test = useTestEvent();
  const install = useInstall({
    // Whether it works is seen at once, not with the next session.
    onInstalled: () => test.mutate(),
  });
  const place = usePlace();
  const move = useMove();
  const reading = useReading(props, shown);
  return (
    <InstallView
      reading={{ ...reading, actions: null }}
      place={{
        canMove: place.data?.canMove === true,
        isBusy: move.isPending,
        problem: move.error?.message ?? (move.data?.isMoved === false ? move.data.message : null),
        move: () => move.mutate(),
      }}
      install={{
        isBusy: install.isPending,
        result:
          install.error === null
            ? (install.data ?? null)
            : { installed: false, message: install.error.message },
        run: () => install.mutate(),
      }}
      test={{
        isBusy: test.isPending,
        result:
          test.error === null
            ? (test.data ?? null)
            : { isStored: false, message: test.error.message, event: null },
        run: () => test.mutate(),
      }}
      onCheckAgain={() => {
        install.reset();
        test.reset();
        shown.retry();
      }}
      onOpen={opener(props)}
    />
  );
}
