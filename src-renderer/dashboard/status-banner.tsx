import type { DashboardPage } from '../../src-core/contract/ipc.ts';
import type { HealthLine } from '../../src-core/contract/views.ts';
import { useNow } from '../data/clock.ts';
import type { Format } from '../data/format.ts';
import { BANNER_AFTER_MS, mainFinding } from '../data/status.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { text } from './text.ts';

/** What a banner may speak of and what its buttons do. */
export interface StatusBannerProps {
  readonly health: HealthLine | undefined;
  readonly failure: { readonly message: string; readonly sinceAt: number } | null;
  /** The last refresh that was asked for could not be carried out. */
  readonly refreshFailure: { readonly message: string; readonly sinceAt: number } | null;
  readonly format: Format;
  readonly page: DashboardPage;
  readonly onOpen: (page: DashboardPage) => void;
  readonly onRefresh: () => void;
  readonly onTryAgain: () => void;
}

/** The one strip above a view: a failed reading, old figures, a failed refresh, or a finding. */
export function StatusBanner(props: StatusBannerProps) {
  const now = useNow();
  const { health, failure, format } = props;
  const tryAgain = <Button onPress={props.onTryAgain}>{text.tryAgain}</Button>;
  const openHealth = props.page !== 'health' && (
    <Button onPress={() => props.onOpen('health')}>{text.openHealth}</Button>
  );
  if (failure !== null) {
    return (
      <Banner
        tone="wrong"
        title={text.errorTitle(format.clock(failure.sinceAt))}
        text={text.errorText(failure.message)}
        actions={tryAgain}
      />
    );
  }
  if (health !== undefined && now - health.dataAt > BANNER_AFTER_MS) {
    const age = format.age(health.dataAt, now);
    const time = format.clock(health.dataAt);
    return (
      <Banner
        tone="yours"
        title={age.isRelative ? text.staleTitle(age.text, time) : text.staleTitleAt(age.text)}
        text={text.staleText}
        actions={
          <>
            {openHealth}
            {tryAgain}
          </>
        }
      />
    );
  }
  if (props.refreshFailure !== null) {
    return (
      <Banner
        tone="wrong"
        title={text.refreshFailed(format.clock(props.refreshFailure.sinceAt))}
        text={props.refreshFailure.message}
        actions={<Button onPress={props.onRefresh}>{text.tryAgain}</Button>}
      />
    );
  }
  // The health page lists its findings itself.
  if (health?.state !== 'attention' || props.page === 'health') return null;
  return <FindingBanner {...props} health={health} />;
}

function FindingBanner(props: StatusBannerProps & { readonly health: HealthLine }) {
  const finding = mainFinding(props.health);
  if (finding === undefined) return null;
  return (
    <Banner
      tone="wrong"
      title={finding.title}
      text={finding.detail}
      actions={
        <>
          {finding.action === 'install' && (
            <Button onPress={() => props.onOpen('install')}>{text.reviewAndInstall}</Button>
          )}
          {finding.action === 'refresh' && (
            <Button onPress={props.onRefresh}>{text.refresh}</Button>
          )}
          <Button onPress={() => props.onOpen('health')}>{text.openHealth}</Button>
        </>
      }
    />
  );
}
