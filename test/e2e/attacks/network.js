// Tries every way by which a page fetches something; `url` is where to.
async (url) => {
  const outcome = (work) =>
    work.then(
      () => 'reached',
      () => 'refused',
    );
  const element = (tag, name) =>
    outcome(
      new Promise((resolve, reject) => {
        const made = document.createElement(tag);
        made.addEventListener('load', resolve);
        made.addEventListener('error', reject);
        if (tag === 'link') made.setAttribute('rel', 'stylesheet');
        made.setAttribute(name, `${url}/${tag}`);
        document.body.append(made);
      }),
    );
  const socket = new Promise((resolve, reject) => {
    const opened = new WebSocket(url.replace('http', 'ws'));
    opened.onopen = resolve;
    opened.onerror = reject;
  });
  navigator.sendBeacon(`${url}/beacon`);
  return {
    fetch: await outcome(fetch(`${url}/fetch`)),
    img: await element('img', 'src'),
    script: await element('script', 'src'),
    link: await element('link', 'href'),
    socket: await outcome(socket),
  };
};
