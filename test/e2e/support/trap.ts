/** A web server that no page of ours may ever reach. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on the loopback, for this test alone. */
export interface Trap {
  readonly url: string;
  /** Paths that were asked for. */
  readonly visits: readonly string[];
  stop(): Promise<void>;
}

/** Starts a server that answers everything with a page that shouts, and notes who came. */
export async function startTrap(): Promise<Trap> {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.setHeader('Content-Type', 'text/html');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end('<title>trap</title><script>document.title = "ran"</script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    visits,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
