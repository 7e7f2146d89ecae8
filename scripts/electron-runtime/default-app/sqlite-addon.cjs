/**
 * better-sqlite3's prebuilt addon is made for Node-API 10; loading it into a runtime with 9 is a
 * crash of the process, which no `try` catches. Here each load of it is turned to the addon that
 * HOOKLINE_SQLITE_ADDON names, in this process, its worker threads, its utility processes and
 * its children made by fork().
 */
const { syncBuiltinESMExports } = require('node:module');
const workerThreads = require('node:worker_threads');

const PREBUILT = /[\\/]better-sqlite3[\\/]prebuilds[\\/][^\\/]+\.node$/;
const preload = ['--require', __filename];

if (Number(process.versions.napi) < 10) {
  turnLoads();
  reachWorkers();
  reachUtilityProcesses();
  reachChildren();
}

function turnLoads() {
  const { dlopen } = process;
  process.dlopen = (module, file, ...flags) => {
    if (!PREBUILT.test(file)) return dlopen.call(process, module, file, ...flags);
    const rebuilt = process.env.HOOKLINE_SQLITE_ADDON;
    if (!rebuilt) {
      throw new Error('This runtime needs HOOKLINE_SQLITE_ADDON to name its better-sqlite3 addon.');
    }
    return dlopen.call(process, module, rebuilt, ...flags);
  };
}

function reachWorkers() {
  workerThreads.Worker = class Worker extends workerThreads.Worker {
    constructor(file, options = {}) {
      super(file, {
        ...options,
        execArgv: [...preload, ...(options.execArgv ?? [])],
      });
    }
  };
  syncBuiltinESMExports();
}

/** A utility process takes no `--require` among its arguments, only from its environment. */
function reachUtilityProcesses() {
  if (process.type !== 'browser') return;
  const { utilityProcess } = require('electron');
  const { fork } = utilityProcess;
  utilityProcess.fork = (file, args = [], options = {}) => {
    const env = options.env ?? process.env;
    const nodeOptions = `${env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(__filename)}`;
    return fork.call(utilityProcess, file, args, {
      ...options,
      env: { ...env, NODE_OPTIONS: nodeOptions },
    });
  };
}

/** child_process.fork starts this binary as Node with the arguments in process.execArgv. */
function reachChildren() {
  if (process.type === 'browser') process.execArgv.push(...preload);
}
