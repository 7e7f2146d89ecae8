// Calls main with what does not fit; resolves with the kinds of the replies.
async () => {
  const deep = [];
  for (let inner = deep, i = 0; i < 900; i++) {
    const next = [];
    inner.push(next);
    inner = next;
  }
  const calls = [
    ['overview.read', { days: 'all; DROP TABLE' }],
    ['overview.read', null],
    ['overview.read', { days: 7, more: 1 }],
    ['overview.read', { days: 'x'.repeat(20_000_000) }],
    ['overview.read', deep],
    ['shell.run', {}],
    ['__proto__', {}],
  ];
  const kinds = [];
  for (const [name, argument] of calls) {
    const { ok, error } = await window.hookline.call(name, argument);
    kinds.push(ok ? 'done' : error.kind);
  }
  return kinds;
};
