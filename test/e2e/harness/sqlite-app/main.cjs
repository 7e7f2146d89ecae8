/** Opens better-sqlite3 in each kind of thread an app can have; the test asks for the answers. */
const { join } = require('node:path');
const { Worker } = require('node:worker_threads');
const { fork } = require('node:child_process');
const { app, utilityProcess } = require('electron');
const { answer } = require('./answer.cjs');

const FILE = join(__dirname, 'answer.cjs');
const firstMessage = (sender) =>
  new Promise((resolve, reject) => {
    sender.once('message', resolve);
    sender.once('exit', (code) => reject(new Error(`ended with ${code} before it answered`)));
  });

globalThis.readAnswers = async () => {
  await app.whenReady();
  return {
    main: answer(),
    worker: await firstMessage(new Worker(FILE)),
    utility: await firstMessage(utilityProcess.fork(FILE)),
    child: await firstMessage(fork(FILE)),
  };
};
