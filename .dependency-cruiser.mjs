/** What a chain of imports may reach; direct imports are checked by Biome. */
export default {
  forbidden: [
    {
      name: 'hook-stays-small',
      comment: 'The hook is started for tool calls: no package may come in through src-core.',
      severity: 'error',
      from: { path: '^src-hook' },
      to: {
        path: '^node_modules/(electron|menubar|react|recharts|better-sqlite3|atomically|jsonc-parser|electron-log)',
        reachable: true,
      },
    },
    {
      name: 'page-knows-the-contract-alone',
      comment: 'A page reaches main through the contract, and nothing of Node.',
      severity: 'error',
      from: { path: '^src-renderer', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(src-main|src-hook|src-core/(?!contract|base))', reachable: true },
    },
    {
      name: 'contract-is-pure',
      severity: 'error',
      from: { path: '^src-core/(contract|event|base)', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'engine-without-electron',
      comment: 'Everything but the shell runs under plain Node, in tests and on the command line.',
      severity: 'error',
      from: { path: '^src-main', pathNot: '^src-main/(electron|preload|index)' },
      to: {
        path: '^(node_modules/(electron|menubar|electron-log)/|src-main/electron)',
        reachable: true,
      },
    },
    {
      name: 'nobody-imports-an-entry',
      severity: 'error',
      from: {},
      to: { path: '^(src-main/(index|cli)|src-hook/main|src-main/engine/worker)\\.ts$' },
    },
    {
      name: 'recharts-in-charts-only',
      severity: 'error',
      from: { path: '^src-renderer', pathNot: '^src-renderer/charts' },
      to: { path: '^node_modules/recharts' },
    },
    {
      name: 'features-meet-in-the-dashboard',
      severity: 'error',
      from: { path: '^src-renderer/features/([^/]+)/' },
      to: { path: '^src-renderer/features/', pathNot: '^src-renderer/features/$1/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'] },
  },
};
