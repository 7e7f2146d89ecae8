const { parentPort } = require('node:worker_threads');
const Database = require('better-sqlite3');

/** A sum made by SQLite, so that the addon was really loaded. */
exports.answer = () => {
  const database = new Database(':memory:');
  const { sum } = database.prepare('SELECT 20 + 22 AS sum').get();
  database.close();
  return sum;
};

const send = process.send?.bind(process);
if (parentPort) parentPort.postMessage(exports.answer());
else if (process.parentPort) process.parentPort.postMessage(exports.answer());
else if (send) send(exports.answer());
